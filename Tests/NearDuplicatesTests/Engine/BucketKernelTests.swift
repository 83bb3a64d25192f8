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

    @Test func `random bits are those of one comparison after another`() {
        print("seed 866")
        var generator = SplitMix(seed: 866)
        for _ in 0..<200 {
            let chances = (0..<MinHash.slotCount).map { _ in
                UInt8([0, 255, 1, generator.below(256)][generator.below(4)])
            }
            let seed = generator.next()
            var state = seed
            let bits = KeeperBuckets.bits(chances, &state)
            var plain = seed
            for word in 0..<MinHash.slotCount / 8 {
                plain &+= 0x9e37_79b9_7f4a_7c15
                let random = ctext_mix64(plain)
                for place in 0..<8 {
                    let drawn = UInt8(truncatingIfNeeded: random >> UInt64(8 * place))
                    let slot = word * 8 + place
                    #expect((bits >> slot & 1 == 1) == (drawn < chances[slot]))
                }
            }
            #expect(state == plain)
        }
    }

    @Test func `buckets used again for component after component give what fresh ones give`() {
        print("seed 865")
        var generator = SplitMix(seed: 865)
        let banding = Banding(threshold: 0.8)
        let used = KeeperBuckets(banding: banding, threshold: 0.8)
        for rows in [3_000, 5, 60, 4_000, 40] {
            let fresh = KeeperBuckets(banding: banding, threshold: 0.8)
            used.begin(expecting: rows / 7)
            fresh.begin(expecting: rows)
            // Few values a slot, so that buckets fill and split.
            let all = (0..<rows * MinHash.slotCount).map { _ in UInt8(generator.below(2)) }
            all.withUnsafeBufferPointer { all in
                guard let base = all.baseAddress else { return }
                for keeper in 0..<rows {
                    used.insert(keeper, signatures: base)
                    fresh.insert(keeper, signatures: base)
                }
                for keeper in stride(from: 0, to: rows, by: 37) {
                    let signature = base + keeper * MinHash.slotCount
                    var found: [[Int]] = [[], []]
                    let recall = [
                        used.forEachCandidate(of: signature) { found[0].append($0) },
                        fresh.forEachCandidate(of: signature) { found[1].append($0) },
                    ]
                    #expect(found[0] == found[1] && recall[0] == recall[1])
                    #expect(found[0].contains(keeper))
                }
            }
        }
    }
}
