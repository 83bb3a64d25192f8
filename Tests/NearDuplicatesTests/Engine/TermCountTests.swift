import TestSupport
import Testing

@testable import NearDuplicates

/// The tables that terms are counted in.
@Suite struct TermCountTests {
    /// What is known of each term, by hash.
    private static func lines(_ counts: TermCounts) -> [String] {
        var lines: [String] = []
        counts.forEach {
            lines.append("\($0.hash) \($0.removed) \($0.kept) \($0.textLost.bitPattern) \($0.conversations)")
        }
        return lines.sorted()
    }

    @Test func `counts merge to the same bits in any order`() {
        for seed in UInt64(800)..<810 {
            var generator = SplitMix(seed: seed)
            let all = TermFilter(expecting: 0)
            var whole = TermCounts()
            var parts = (0..<5).map { _ in TermCounts() }
            for row in UInt32(0)..<400 {
                let part = generator.below(parts.count)
                let lost = Float.random(in: 0...1, using: &generator)
                let conversation = UInt32(1 + generator.below(4))
                var hashes: [UInt64] = []
                for _ in 0..<8 {
                    let hash = UInt64(1 + generator.below(60)) &* 0x9e37_79b9_7f4a_7c15
                    hashes.append(hash)
                }
                func add(to counts: inout TermCounts) {
                    hashes.withUnsafeBufferPointer {
                        counts.addCasualty(
                            $0, occurring: 0, in: all, limit: 1_000, row: row, conversation: conversation,
                            textLost: lost)
                    }
                }
                add(to: &whole)
                add(to: &parts[part])
            }
            for _ in 0..<5 {
                parts.shuffle(using: &generator)
                var merged = TermCounts()
                for part in parts { merged.merge(part) }
                #expect(Self.lines(merged) == Self.lines(whole), "seed \(seed)")
            }
        }
    }

    @Test func `a filter counts never too low and never past its top`() {
        var generator = SplitMix(seed: 811)
        var filters = [TermFilter(expecting: 20_000), TermFilter(expecting: 20_000)]
        var plain: [UInt64: Int] = [:]
        for _ in 0..<20_000 {
            let hash = UInt64(1 + generator.below(50)) &* 0x9e37_79b9_7f4a_7c15
            filters[generator.below(2)].add(hash)
            plain[hash, default: 0] += 1
        }
        let frequent = UInt64(99) &* 0x9e37_79b9_7f4a_7c15
        for step in 0..<70_000 { filters[step % 2].add(frequent) }
        plain[frequent] = 70_000
        var merged = filters[0]
        merged.merge(filters[1])
        for (hash, count) in plain {
            #expect(merged.count(hash) >= min(65_535, count) && merged.count(hash) <= 65_535)
        }
        #expect(merged.count(12_345) == 0)
    }
}
