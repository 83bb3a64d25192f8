import Testing

@testable import TextForms

struct BufferTests {
    @Test func `bytes stay when a buffer grows and shrinks`() {
        let buffer = ByteBuffer(capacity: 1)
        var model: [UInt8] = []
        for round in 0..<300 {
            let more = (0..<round % 41).map { UInt8(truncatingIfNeeded: $0 * round) }
            more.withUnsafeBytes { buffer.append($0) }
            buffer.append(UInt8(truncatingIfNeeded: round))
            model += more + [UInt8(truncatingIfNeeded: round)]
        }
        #expect(buffer.bytes.elementsEqual(model))
        buffer.truncate(to: 1000)
        buffer.shrink(toCapacity: 10)
        #expect(buffer.capacity == 1000 && buffer.bytes.elementsEqual(model.prefix(1000)))
        buffer.removeAll()
        buffer.shrink(toCapacity: 0)
        #expect(buffer.count == 0 && buffer.capacity == 64)
    }

    @Test func `hashes are sorted without repeats`() {
        var random = SplitMix(seed: 3)
        for count in [0, 1, 2, 10, 500] {
            let buffer = HashBuffer(capacity: 1)
            let hashes = (0..<count).map { _ in UInt64.random(in: 0...UInt64(count / 2), using: &random) }
            hashes.withUnsafeBufferPointer { buffer.append($0) }
            #expect(Array(buffer.hashes) == hashes)
            buffer.sortAndDropRepeats()
            #expect(Array(buffer.hashes) == Set(hashes).sorted())
            buffer.shrink(toCapacity: 0)
            #expect(buffer.capacity == max(16, buffer.count))
        }
    }
}
