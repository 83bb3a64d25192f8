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
        var rows: Int32 = 0
        var draws: Int32 = 0
        /// By the rows' weights.
        var leftRows: Float = 0
        var rightRows: Float = 0
        var leftDraws: Float = 0
        var rightDraws: Float = 0
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
                isRight: isRight[row], weight: Float(rows[row].weight), &inRow)
        }
        let draws = Self.draws(order, rows, isRight, components)
        let found = keyness.ranked(draws).map { place, z in
            keyness.term(place, z, rows, normalizer, form)
        }
        return (Self.withoutRepeats(found, limit: limit), keyness.testedCount, keyness.isFull)
    }

    /// The sums of the draws' weights, of each component the first row's, and what they are worth.
    private static func draws(
        _ order: [Int], _ rows: [SampledRow], _ isRight: [Bool], _ components: SampleComponents
    ) -> Draws {
        var weights: [[Double]] = [[], []]
        var last = [-1, -1]
        for row in order {
            let side = isRight[row] ? 1 : 0
            guard last[side] != components.ofRow[row] else { continue }
            last[side] = components.ofRow[row]
            weights[side].append(rows[row].weight)
        }
        func of(_ side: Int) -> (sum: Double, effective: Double) {
            (weights[side].reduce(0, +), RowSample.effective(weights[side]))
        }
        return Draws(left: of(0), right: of(1))
    }

    private struct Draws {
        var left: (sum: Double, effective: Double)
        var right: (sum: Double, effective: Double)
    }

    private mutating func add(
        _ words: UnsafeBufferPointer<ctext_word_range>, _ text: UnsafeRawBufferPointer, row: Int,
        component: Int, isRight: Bool, weight: Float, _ inRow: inout Set<Int>
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
                count(number, Int32(component), isRight, weight)
            }
        }
    }

    private mutating func count(_ number: Int, _ component: Int32, _ isRight: Bool, _ weight: Float) {
        counts[number].rows += 1
        if isRight {
            counts[number].rightRows += weight
            if counts[number].lastRight != component {
                counts[number].rightDraws += weight
                counts[number].draws += 1
            }
            counts[number].lastRight = component
        } else {
            counts[number].leftRows += weight
            if counts[number].lastLeft != component {
                counts[number].leftDraws += weight
                counts[number].draws += 1
            }
            counts[number].lastLeft = component
        }
    }

    private static func isBorder(_ text: UnsafeRawBufferPointer, _ gap: Range<Int>) -> Bool {
        gap.contains {
            text[$0] == UInt8(ascii: ".") || text[$0] == UInt8(ascii: "?") || text[$0] == UInt8(ascii: "!")
        }
    }

    private mutating func ranked(_ draws: Draws) -> [(place: Int, z: Double)] {
        let all = (left: Int(draws.left.effective.rounded()), right: Int(draws.right.effective.rounded()))
        let scale = (
            left: draws.left.effective / max(draws.left.sum, .leastNormalMagnitude),
            right: draws.right.effective / max(draws.right.sum, .leastNormalMagnitude)
        )
        var found: [(place: Int, z: Double)] = []
        for (place, count) in counts.enumerated() {
            guard count.draws >= Self.leastComponents, count.rows >= Self.leastRows else { continue }
            testedCount += 1
            let (ratio, z) = Self.logOdds(
                left: Double(count.leftDraws) * scale.left, right: Double(count.rightDraws) * scale.right,
                of: all)
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
        term.leftRows = Int(count.leftRows.rounded())
        term.rightRows = Int(count.rightRows.rounded())
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
