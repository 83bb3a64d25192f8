import CText
import Pipeline
import TextForms

/// The connected components of verified duplicate pairs among some texts: which of them are no independent draws.
///
/// Not clusters: here a chain is what is asked for, since two rows with one between them belong together when rows are
/// drawn or split. Candidates are pairs that share a bucket; each is verified by exact Jaccard, unless its rows are
/// joined already.
package struct PairComponents: Sendable {
    /// For each text the first text of its component.
    package private(set) var roots: [Int]
    /// Pairs that were not looked at, since a bucket held too many texts.
    package private(set) var pairsLeftOut = 0

    /// Texts of one bucket that a text is compared with, the nearest before it: more would be quadratic on rows of one
    /// template that are no duplicates.
    static let mostCompared = 256
    /// A text is compared by so many bytes of its normal form.
    static let comparedBytes = 4096

    /// - Parameters:
    ///   - texts: any UTF-8; empty ones stay alone.
    ///   - threshold: of the Jaccard similarity of character shingles, 0.5 to 1.
    ///   - threads: never changes a result.
    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes + bands x texts x `mostCompared`).
    package init(
        of texts: [[UInt8]], threshold: Double, shingle: ShingleForm = .characters(5), threads: Int
    ) throws {
        let sketches = try Self.sketches(texts, shingle, threads)
        let banding = Banding(threshold: threshold)
        let least = SignatureEstimate.minimumMatches(threshold: threshold)
        let millionths = Int((threshold * 1e6).rounded())
        var forest = UnionFind(count: texts.count)
        let present = texts.indices.filter { !sketches[$0].shingles.isEmpty }
        for band in 0..<banding.bands {
            let keyed = present.map { text in
                (
                    key: sketches[text].signature.withUnsafeBufferPointer { signature in
                        signature.baseAddress.map { banding.bucket($0, band: band) } ?? 0
                    }, text: text
                )
            }.sorted { ($0.key, $0.text) < ($1.key, $1.text) }
            var start = 0
            while start < keyed.count {
                var end = start + 1
                while end < keyed.count, keyed[end].key == keyed[start].key { end += 1 }
                for place in start..<end {
                    let first = max(start, place - Self.mostCompared)
                    pairsLeftOut += first - start
                    for other in first..<place {
                        let (a, b) = (keyed[other].text, keyed[place].text)
                        if forest.find(a) == forest.find(b) { continue }
                        if sketches[a].reaches(millionths, least, sketches[b]) { forest.unite(a, b) }
                    }
                }
                start = end
            }
        }
        roots = texts.indices.map { forest.find($0) }
    }

    /// A text's distinct shingles, ascending, and their signature.
    private struct Sketch: Sendable {
        var shingles: [UInt64] = []
        var signature: [UInt8] = []

        func reaches(_ millionths: Int, _ leastMatches: Int, _ other: Sketch) -> Bool {
            let (few, many) = shingles.count < other.shingles.count ? (self, other) : (other, self)
            guard few.shingles.count * 1_000_000 >= millionths * many.shingles.count else { return false }
            let matches = signature.withUnsafeBufferPointer { first in
                other.signature.withUnsafeBufferPointer { second in
                    guard let first = first.baseAddress, let second = second.baseAddress else { return 0 }
                    return MinHash.matches(first, second)
                }
            }
            guard matches >= leastMatches else { return false }
            var shared = 0
            var at = 0
            for hash in few.shingles {
                while at < many.shingles.count, many.shingles[at] < hash { at += 1 }
                if at < many.shingles.count, many.shingles[at] == hash { shared += 1 }
            }
            let union = few.shingles.count + many.shingles.count - shared
            return shared * 1_000_000 >= millionths * union
        }
    }

    private static func sketches(
        _ texts: [[UInt8]], _ shingle: ShingleForm, _ threads: Int
    ) throws -> [Sketch] {
        let workers = try (0..<max(1, threads)).map { _ in try Sketcher(shingle) }
        let tools = Tools(workers: workers)
        let block = 256
        let blocks = (texts.count + block - 1) / block
        var parts = [[Sketch]](repeating: [], count: blocks)
        try parts.withUnsafeMutableBufferPointer { parts in
            let slots = Slots(base: parts.baseAddress)
            try parallelFor(blocks, threads: threads) { worker, number in
                let range = number * block..<min(texts.count, (number + 1) * block)
                slots.base?[number] = range.map { tools.workers[worker].sketch(texts[$0]) }
            }
        }
        return parts.flatMap { $0 }
    }

    private struct Slots: @unchecked Sendable {  // each block is written by one thread
        let base: UnsafeMutablePointer<[Sketch]>?
    }

    private struct Tools: @unchecked Sendable {  // each worker uses its own element
        let workers: [Sketcher]
    }

    private final class Sketcher {
        private let normalizer: TextNormalizer
        private let shingler: Shingler
        private let minHash = MinHash(seed: 0x5eed)
        private let form = ByteBuffer()
        private let hashes = HashBuffer()

        init(_ shingle: ShingleForm) throws {
            normalizer = try TextNormalizer()
            shingler = Shingler(form: shingle)
        }

        func sketch(_ text: [UInt8]) -> Sketch {
            form.removeAll()
            hashes.removeAll()
            text.withUnsafeBytes { text in
                normalizer.appendNormalForm(
                    of: UnsafeRawBufferPointer(rebasing: text.prefix(PairComponents.comparedBytes)), to: form)
            }
            shingler.appendShingles(of: form.bytes, seed: 0, to: hashes)
            guard !hashes.hashes.isEmpty else { return Sketch() }
            hashes.sortAndDropRepeats()
            var signature = [UInt8](repeating: 0, count: MinHash.slotCount)
            signature.withUnsafeMutableBufferPointer { signature in
                if let base = signature.baseAddress { minHash.signature(of: hashes.hashes, into: base) }
            }
            return Sketch(shingles: Array(hashes.hashes), signature: signature)
        }
    }
}
