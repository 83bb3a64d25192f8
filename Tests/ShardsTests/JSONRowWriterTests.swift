import Testing

@testable import Shards

@Suite struct JSONRowWriterTests {
    /// What a damaged cell behind it comes to, depends on this.
    @Test func `whether a row is over the cap does not depend on the buffer's room`() {
        for count in 95...110 {
            let text = [UInt8](repeating: UInt8(ascii: "a"), count: count)
            let verdicts = [64, 100, 1000, 1 << 20].map { capacity in
                let writer = JSONRowWriter(capacity: capacity, rowLimit: 100)
                writer.beginRow()
                text.withUnsafeBytes { writer.string($0, of: .empty) }
                return writer.isOver
            }
            #expect(verdicts == Array(repeating: count + 2 > 100, count: 4), "\(count)")
        }
    }
}
