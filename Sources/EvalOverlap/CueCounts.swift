import Findings
import Glibc

/// In how many rows each phrase of a rubric stands in an assistant turn.
package struct CueCounts: Sendable {
    /// Rows with an assistant turn.
    package var rows = 0
    /// Words of their assistant turns.
    package var words = 0
    /// Rows with each phrase.
    package var ofPhrase: [Int]
    /// How often each phrase stands in them.
    package var occurrences: [Int]

    package init(_ phrases: CuePhrases) {
        ofPhrase = Array(repeating: 0, count: phrases.phrases.count)
        occurrences = ofPhrase
    }

    package mutating func merge(_ other: CueCounts) {
        rows += other.rows
        words += other.words
        for number in ofPhrase.indices {
            ofPhrase[number] += other.ofPhrase[number]
            occurrences[number] += other.occurrences[number]
        }
    }

    /// Phrases that are listed.
    static let listed = 50
    /// Words of an n-gram that says something without a baseline, and rows that it needs.
    static let leastWordsAlone = 4
    static let leastRows = 3
    /// The log-likelihood ratio that a phrase must reach against a baseline: p = 0.001 at one degree of freedom
    /// (Dunning 1993, "Accurate Methods for the Statistics of Surprise and Coincidence").
    static let leastRatio = 10.83
    /// How many times as frequent it must be; chosen: what is less is style, no tell.
    static let leastTimes = 2.0

    /// The figures: with a baseline the phrases that are at least twice as frequent as there, by words, so that longer
    /// answers are no tell, the surest first; without one the quoted strings, then the longest n-grams. A phrase
    /// inside a longer one of at least half its rows is left out.
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
            baseline.map { Self.ratio(occurrences[number], words, $0.occurrences[number], $0.words) } ?? 0
        }
        let chosen = phrases.phrases.indices.filter { number in
            guard ofPhrase[number] > 0 else { return false }
            if let baseline {
                let times =
                    Double(occurrences[number]) * Double(baseline.words)
                    / (Double(baseline.occurrences[number]) * Double(words))
                return scores[number] >= Self.leastRatio && times >= Self.leastTimes
            }
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
                phrases.isPart(number, of: $0) && ofPhrase[$0] * 2 >= ofPhrase[number]
            }
            if phrases.phrases[number].isQuoted || !isInside {
                kept.removeAll {
                    !phrases.phrases[$0].isQuoted && phrases.isPart($0, of: number)
                        && ofPhrase[number] * 2 >= ofPhrase[$0]
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
            cue.occurrences = occurrences[number]
            cue.words = words
            cue.baselineRows = baseline?.ofPhrase[number]
            cue.baselineOf = baseline?.rows
            cue.baselineOccurrences = baseline?.occurrences[number]
            cue.baselineWords = baseline?.words
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
