import CText
import TestSupport
import Testing
import TextForms

@testable import NearDuplicates

/// The kernel that finds the first row of each bucket, against a dictionary.
@Suite struct BucketKernelTests {
    @Test(arguments: [(0, 6), (19, 6), (15, 8), (127, 1), (20, 5)])
    func `the first row of each bucket is that of a dictionary`(band: Int, size: Int) {
        print("seed 860")
        var generator = SplitMix(seed: 860 &+ UInt64(band))
        let stride = MinHash.slotCount
        let firstRow = 1_000
        let count = 700
        // Few values, so that buckets repeat.
        let signatures = (0..<count * stride).map { _ in UInt8(generator.below(size > 4 ? 2 : 3)) }
        let rows = (0..<count).filter { _ in generator.below(4) > 0 }.map { UInt32(firstRow + $0) }
        var slots = [UInt64](repeating: .max, count: 2_048)
        var first = [UInt32](repeating: 0, count: rows.count)
        let offset = band * size
        slots.withUnsafeMutableBufferPointer { slots in
            var table = ctext_buckets(slots: slots.baseAddress, mask: slots.count - 1)
            ctext_first_in_buckets(
                &table, signatures, stride, offset, size, rows, rows.count, UInt32(firstRow), &first)
        }
        var known: [[UInt8]: UInt32] = [:]
        let expected = rows.map { row in
            let start = (Int(row) - firstRow) * stride + offset
            let key = Array(signatures[start..<start + size])
            let found = known[key] ?? row
            known[key] = found
            return found
        }
        #expect(first == expected)
        #expect(known.count < rows.count)
    }

    @Test func `matches are in the order of their rows after sealing, and say the same`() {
        let verdicts = Verdicts(rowCount: 6)
        for row in [4, 1, 3] as [UInt32] {
            verdicts.remove(
                Match(row: row, keeper: 0, kind: .near, difference: .wording, textLost: Float(row)))
        }
        verdicts.remove(Match(row: 1, keeper: 2, kind: .exact, difference: .form, textLost: 9))
        verdicts.restore(3)
        verdicts.restore(4)
        verdicts.remove(Match(row: 4, keeper: 5, kind: .near, difference: .wording))
        let before = (0..<6).map { verdicts.casualty($0) }
        verdicts.seal()
        #expect((0..<6).map { verdicts.casualty($0) } == before)
        #expect((0..<6).map { verdicts.isRemoved($0) } == [false, true, false, false, true, false])
        #expect(verdicts.casualty(1)?.keeper == 2)
    }

    @Test func `memory for shingles is shared in steps and given back`() {
        let budget = ShingleBudget(bytes: 3 << 20)
        let first = ShingleCache(bytes: 3 << 20, budget: budget)
        let second = ShingleCache(bytes: 3 << 20, budget: budget)
        let half = 100_000
        #expect(first.reserve(half) != nil)
        #expect(first.commit(half) == 0)
        #expect(first.reserve(2 * half) != nil)
        #expect(first.commit(2 * half) == half)
        #expect(second.reserve(half) == nil)
        first.removeAll()
        #expect(second.reserve(half) != nil)
        #expect(second.commit(half) == 0 && second.count == half)
    }
}
