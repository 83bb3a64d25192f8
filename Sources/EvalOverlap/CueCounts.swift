import Findings
import Glibc

/// In how many rows each phrase of a rubric stands in an assistant turn.
package struct CueCounts: Sendable {
    /// Rows with an assistant turn.
    package var rows = 0
    package var ofPhrase: [Int]

    package init(_ phrases: CuePhrases) { ofPhrase = Array(repeating: 0, count: phrases.phrases.count) }

    package mutating func merge(_ other: CueCounts) {
        rows += other.rows
        for number in ofPhrase.indices { ofPhrase[number] += other.ofPhrase[number] }
    }

    /// Phrases that are listed.
    static let listed = 50
    /// Words of an n-gram that says something without a baseline, and rows that it needs.
    static let leastWordsAlone = 4
    static let leastRows = 3
    /// The log-likelihood ratio that a phrase must reach against a baseline: p = 0.001 at one degree of freedom
    /// (Dunning 1993, "Accurate Methods for the Statistics of Surprise and Coincidence").
    static let leastRatio = 10.83

    /// The figures: with a baseline the phrases that are more frequent than there, the surest first; without one the
    /// quoted strings, then the longest n-grams. A phrase inside a longer one of as many rows is left out.
    ///
    /// - Complexity: O(phrases log phrases).
    package func figures(_ phrases: CuePhrases, baseline: CueCounts?) -> (
        rubric: EvalOverlapFigures.Rubric, cues: [EvalOverlapFigures.Cue]
    ) {
        var rubric = EvalOverlapFigures.Rubric()
        rubric.quoted = phrases.phrases.count { $0.isQuoted }
        rubric.phrases = phrases.phrases.count
        rubric.found = ofPhrase.count { $0 > 0 }
        rubric.rows = rows
        rubric.baselineRows = baseline?.rows
        let scores = phrases.phrases.indices.map { number in
            baseline.map { Self.ratio(ofPhrase[number], rows, $0.ofPhrase[number], $0.rows) } ?? 0
        }
        let chosen = phrases.phrases.indices.filter { number in
            guard ofPhrase[number] > 0 else { return false }
            if baseline != nil { return scores[number] >= Self.leastRatio }
            let phrase = phrases.phrases[number]
            return phrase.isQuoted
                || (phrase.words.count >= Self.leastWordsAlone && ofPhrase[number] >= Self.leastRows)
        }
        let order = chosen.sorted { first, second in
            let (a, b) = (phrases.phrases[first], phrases.phrases[second])
            if scores[first] != scores[second] { return scores[first] > scores[second] }
            if a.isQuoted != b.isQuoted { return a.isQuoted }
            return (-a.words.count, -ofPhrase[first], first) < (-b.words.count, -ofPhrase[second], second)
        }
        var kept: [Int] = []
        for number in order where kept.count < Self.listed {
            let isInside = kept.contains {
                phrases.isPart(number, of: $0) && ofPhrase[$0] * 10 >= ofPhrase[number] * 8
            }
            if phrases.phrases[number].isQuoted || !isInside {
                kept.removeAll {
                    !phrases.phrases[$0].isQuoted && phrases.isPart($0, of: number)
                        && ofPhrase[number] * 10 >= ofPhrase[$0] * 8
                }
                kept.append(number)
            }
        }
        let cues = kept.map { number in
            var cue = EvalOverlapFigures.Cue()
            cue.phrase = phrases.phrases[number].text
            cue.isQuoted = phrases.phrases[number].isQuoted
            cue.rows = ofPhrase[number]
            cue.of = rows
            cue.baselineRows = baseline?.ofPhrase[number]
            cue.baselineOf = baseline?.rows
            return cue
        }
        return (rubric, cues)
    }

    /// The log-likelihood ratio of two shares; 0 where the first is not the greater.
    static func ratio(_ a: Int, _ n: Int, _ b: Int, _ m: Int) -> Double {
        guard n > 0, m > 0, Double(a) * Double(m) > Double(b) * Double(n) else { return 0 }
        let all = Double(a + b) / Double(n + m)
        func term(_ count: Int, _ expected: Double) -> Double {
            count == 0 ? 0 : Double(count) * log(Double(count) / expected)
        }
        return 2
            * (term(a, all * Double(n)) + term(b, all * Double(m)) + term(n - a, (1 - all) * Double(n))
                + term(m - b, (1 - all) * Double(m)))
    }
}
