import TestSupport
import Testing

@testable import NearDuplicates

/// Components of duplicate pairs against all pairs.
@Suite struct PairComponentsTests {
    @Test func `components are those of all pairs at the threshold`() throws {
        var random = SplitMix(seed: 31)
        let words = (0..<60).map { _ in
            String((0..<5).map { _ in Character(Unicode.Scalar(UInt8(97 + random.below(26)))) })
        }
        var texts = (0..<150).map { _ in (0..<12).map { _ in words[random.below(60)] }.joined(separator: " ")
        }
        for _ in 0..<150 {
            var parts = texts[random.below(texts.count)].split(separator: " ").map(String.init)
            for _ in 0...random.below(3) { parts[random.below(parts.count)] = words[random.below(60)] }
            texts.append(parts.joined(separator: " "))
        }
        texts.append("")
        func shingles(_ text: String) -> Set<String> {
            let letters = Array(text)
            guard letters.count >= 5 else { return text.isEmpty ? [] : [text] }
            return Set((0...letters.count - 5).map { String(letters[$0..<$0 + 5]) })
        }
        let sets = texts.map(shingles)
        var forest = UnionFind(count: texts.count)
        for first in texts.indices {
            for second in 0..<first where !sets[first].isEmpty && !sets[second].isEmpty {
                let shared = sets[first].intersection(sets[second]).count
                let union = sets[first].union(sets[second]).count
                if shared * 10 >= 6 * union { forest.unite(first, second) }
            }
        }
        let expected = texts.indices.map { forest.find($0) }
        for threads in [1, 3] {
            let found = try PairComponents(of: texts.map { Array($0.utf8) }, threshold: 0.6, threads: threads)
            // Buckets may miss a pair in a thousand; what is joined is joined rightly.
            for (text, root) in found.roots.enumerated() { #expect(expected[text] == expected[root]) }
            #expect(Set(found.roots).count - Set(expected).count <= 1)
            #expect(found.pairsLeftOut == 0)
        }
    }
}
