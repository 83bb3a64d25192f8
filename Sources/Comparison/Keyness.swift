import CText
import Findings
import Glibc
import TextForms

/// Words and phrases of up to three words that one side has far more often.
///
/// By log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008) over the components of duplicate
/// rows that have a term, once each: a word that one row repeats 200 times, or that one template brings into 200 rows,
/// counts once. A term stands with |z| > 4 and at least one and a half times the odds.
struct Keyness {
    static let longestTerm = 3
    static let leastZ = 4.0
    /// The ratio of the odds; chosen: at |z| > 4 alone, one split of a corpus in five has a term of hundreds of rows.
    static let leastOddsRatio = 1.5
    /// Components that a term must stand in to be shown: three, in five rows.
    static let leastComponents = 3
    static let leastRows = 5
    /// The prior is worth so many draws for each draw of the sample.
    static let priorShare = 0.1
    /// Different terms that are counted; later ones are left out, and that is said.
    static let mostTerms = 4_000_000

    private struct Count {
        var leftRows: Int32 = 0
        var rightRows: Int32 = 0
        var leftDraws: Int32 = 0
        var rightDraws: Int32 = 0
        var lastLeft: Int32 = -1
        var lastRight: Int32 = -1
        var row: Int32
        var start: Int32
        var end: Int32
    }

    private var table = HashTable(capacity: 1 << 16)
    private var counts: [Count] = []
    private(set) var isFull = false
    /// Terms that stood in enough rows.
    private(set) var testedCount = 0

    /// - Parameters:
    ///   - texts: of the rows.
    ///   - components: of the rows.
    /// - Returns: terms that stand, the largest |z| first, at most `limit`; phrases that only extend or repeat part of a
    ///   stronger one are left out.
    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes + terms x log terms).
    static func terms(
        of rows: [SampledRow], isRight: [Bool], components: SampleComponents, limit: Int
    ) throws -> (terms: [ComparisonFigures.Term], tested: Int, isFull: Bool) {
        var keyness = Keyness()
        let tokenizer = try TermTokenizer()
        let normalizer = try TextNormalizer()
        let form = ByteBuffer()
        // One component after another, so that the last one that a term was met in is enough to know.
        let order = rows.indices.sorted { (components.ofRow[$0], $0) < (components.ofRow[$1], $1) }
        var inRow: Set<Int> = []
        for row in order {
            form.removeAll()
            rows[row].text.withUnsafeBytes { normalizer.appendNormalForm(of: $0, to: form) }
            inRow.removeAll(keepingCapacity: true)
            keyness.add(
                tokenizer.words(of: form.bytes), form.bytes, row: row, component: components.ofRow[row],
                isRight: isRight[row], &inRow)
        }
        let draws = components.counts(isRight: isRight)
        let found = keyness.ranked(draws).map { place, z in
            keyness.term(place, z, rows, normalizer, form)
        }
        return (Self.withoutRepeats(found, limit: limit), keyness.testedCount, keyness.isFull)
    }

    private mutating func add(
        _ words: UnsafeBufferPointer<ctext_word_range>, _ text: UnsafeRawBufferPointer, row: Int,
        component: Int, isRight: Bool, _ inRow: inout Set<Int>
    ) {
        guard let base = text.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
        for first in words.indices {
            var hash: UInt64 = 0x6b
            for length in 1...Self.longestTerm where first + length <= words.count {
                let word = words[first + length - 1]
                // A phrase does not run over a sentence's end.
                if length > 1, Self.isBorder(text, Int(words[first + length - 2].end)..<Int(word.start)) {
                    break
                }
                hash = ctext_mix64(
                    hash &* 31 &+ ctext_xxh3_64(base + Int(word.start), Int(word.end - word.start), 3))
                if counts.count >= Self.mostTerms, table.number(of: hash) == nil {
                    isFull = true
                    continue
                }
                let number = table.insert(hash)
                if number == counts.count {
                    counts.append(Count(row: Int32(row), start: words[first].start, end: word.end))
                }
                guard inRow.insert(number).inserted else { continue }
                count(number, Int32(component), isRight)
            }
        }
    }

    private mutating func count(_ number: Int, _ component: Int32, _ isRight: Bool) {
        if isRight {
            counts[number].rightRows += 1
            if counts[number].lastRight != component { counts[number].rightDraws += 1 }
            counts[number].lastRight = component
        } else {
            counts[number].leftRows += 1
            if counts[number].lastLeft != component { counts[number].leftDraws += 1 }
            counts[number].lastLeft = component
        }
    }

    private static func isBorder(_ text: UnsafeRawBufferPointer, _ gap: Range<Int>) -> Bool {
        gap.contains {
            text[$0] == UInt8(ascii: ".") || text[$0] == UInt8(ascii: "?") || text[$0] == UInt8(ascii: "!")
        }
    }

    private mutating func ranked(_ draws: (left: Int, right: Int)) -> [(place: Int, z: Double)] {
        var found: [(place: Int, z: Double)] = []
        for (place, count) in counts.enumerated() {
            let components = count.leftDraws + count.rightDraws
            guard components >= Self.leastComponents, count.leftRows + count.rightRows >= Self.leastRows
            else {
                continue
            }
            testedCount += 1
            let (ratio, z) = Self.logOdds(
                left: Double(count.leftDraws), right: Double(count.rightDraws), of: draws)
            if abs(z) > Self.leastZ, abs(ratio) >= log(Self.leastOddsRatio) { found.append((place, z)) }
        }
        return found.sorted { abs($0.z) != abs($1.z) ? abs($0.z) > abs($1.z) : $0.place < $1.place }
    }

    /// The log of the ratio of the odds, and its z.
    static func logOdds(
        left: Double, right: Double, of draws: (left: Int, right: Int)
    ) -> (ratio: Double, z: Double) {
        let all = Double(draws.left + draws.right)
        let prior = Self.priorShare * all
        let own = prior * (left + right) / all
        // In every row of either side: no odds.
        let leftRest = max(Double(draws.left) + prior - left - own, 0.5)
        let rightRest = max(Double(draws.right) + prior - right - own, 0.5)
        let ratio = log((left + own) / leftRest) - log((right + own) / rightRest)
        return (ratio, ratio / (1 / (left + own) + 1 / (right + own)).squareRoot())
    }

    private func term(
        _ place: Int, _ z: Double, _ rows: [SampledRow], _ normalizer: TextNormalizer, _ form: ByteBuffer
    ) -> ComparisonFigures.Term {
        let count = counts[place]
        form.removeAll()
        rows[Int(count.row)].text.withUnsafeBytes { normalizer.appendNormalForm(of: $0, to: form) }
        var term = ComparisonFigures.Term()
        term.term = String(
            decoding: UnsafeRawBufferPointer(rebasing: form.bytes[Int(count.start)..<Int(count.end)]),
            as: UTF8.self)
        term.leftRows = Int(count.leftRows)
        term.rightRows = Int(count.rightRows)
        term.z = z
        return term
    }

    /// Terms with digits or signs of an address are never shown.
    static func isShown(_ term: String) -> Bool {
        !term.utf8.contains {
            (0x30...0x39).contains($0) || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "/")
        }
    }

    private static func withoutRepeats(
        _ terms: [ComparisonFigures.Term], limit: Int
    ) -> [ComparisonFigures.Term] {
        var kept: [ComparisonFigures.Term] = []
        for term in terms where isShown(term.term) {
            let padded = " \(term.term) "
            let repeats = kept.contains { other in
                let known = " \(other.term) "
                guard known.contains(padded) || padded.contains(known), (other.z > 0) == (term.z > 0) else {
                    return false
                }
                let counts = (
                    Double(max(term.leftRows, term.rightRows)), Double(max(other.leftRows, other.rightRows))
                )
                return counts.0 > 0.5 * counts.1 || padded.contains(known)
            }
            // Either side has its half of the list.
            guard !repeats, kept.count(where: { ($0.z > 0) == (term.z > 0) }) < limit / 2 else { continue }
            kept.append(term)
            if kept.count == limit { break }
        }
        return kept
    }
}
