import CText

/// Finds the texts of an index in one row; one per thread.
///
/// Seeds are the n-grams that row and text share and that are not boilerplate. Around the diagonals of a text's
/// seeds every pair of neighbouring words that both sides have is taken, so that single words that were dropped,
/// swapped or mistyped cost themselves alone. Coverage is the share of the text's specific words in such pairs.
package final class OverlapSearch {
    static let gramWords = Int(CTEXT_GRAM_WORDS)
    /// Coverage from which it is asked whether numbers and names are all that differs.
    private static let mateCoverage = 0.4
    /// The share of numbers and names among the words that differ, and how many of them make another problem.
    private static let mateShare = 0.5
    private static let mateWords = 2

    let decision: OverlapDecision
    private let index: EvalIndex
    private let probes = ProbeBuffer()
    private var keys = KeyHits()
    private let seeds: GramSeeds
    private var pairs = WordPairs()
    /// The text whose capitals were asked for last.
    private let original: OverlapText
    private var originalText = -1

    /// - Throws: `TextFormsError` if ICU has no normalisation data.
    package init(_ decision: OverlapDecision) throws {
        self.decision = decision
        index = decision.index
        seeds = GramSeeds(decision.index)
        original = try OverlapText()
    }

    /// The texts that stand in the row by words, in order of their numbers; also those with too little of them to
    /// be a finding.
    ///
    /// - Complexity: O(hits log hits + words of the texts met and of the windows around their seeds).
    package func matches(in row: OverlapText) -> [TextMatch] {
        var found: [TextMatch] = []
        row.grams(index.grams.filter, into: probes)
        keys.look(up: probes.probes, in: index.grams)
        seeds.collect(keys.hits, without: decision.boilerplate)
        seeds.first { ofText in
            if let match = match(ofText, in: row) { found.append(match) }
            return false
        }
        found += segmentMatches(in: row)
        return found.sorted {
            ($0.text, $0.spans.first?.row.lowerBound ?? 0) < ($1.text, $1.spans.first?.row.lowerBound ?? 0)
        }
    }

    /// One text around its seeds.
    private func match(_ seeds: ArraySlice<GramSeeds.Seed>, in row: OverlapText) -> TextMatch? {
        guard let first = seeds.first else { return nil }
        let text = index.texts[Int(first.text)]
        guard Int(decision.specificWords[Int(first.text)]) >= OverlapDecision.leastSpecificWords else {
            return nil
        }
        let band = GramSeeds.band(words: text.wordCount)
        pairs.begin(text, words: index.words, keepsFirst: first.text)
        var diagonals: [Int] = []
        for seed in seeds {
            if diagonals.last != Int(seed.diagonal) { diagonals.append(Int(seed.diagonal)) }
        }
        var at = 0
        while at < diagonals.count {
            // Diagonals near each other are one window of the row.
            let low = diagonals[at]
            var high = low
            while at + 1 < diagonals.count, diagonals[at + 1] - high <= 2 * band {
                at += 1
                high = diagonals[at]
            }
            at += 1
            let from = Swift.max(0, low - band)
            let to = Swift.min(row.count, high + text.wordCount + band)
            if from < to {
                pairs.take(row.words, from: from, to: to, diagonals: (low - band)...(high + band))
            }
        }
        guard var match = match(Int(first.text), part: 0..<text.wordCount, in: row) else { return nil }
        if match.longestRun < text.wordCount { match.turns = turnMatches(Int(first.text), in: row) }
        return match
    }

    /// The pairs taken as a match of some of a text's words.
    private func match(_ number: Int, part: Range<Int>, in row: OverlapText) -> TextMatch? {
        let text = index.texts[number]
        guard var match = pairs.match(number, text, part: part, decision: decision) else { return nil }
        if match.coverage >= Self.mateCoverage, match.longestRun < part.count {
            match.isMate = isMate(pairs.replaced(in: part), number, part, row)
        }
        return match
    }

    /// Matches of a text's single turns, the best first; short turns say nothing by themselves.
    private func turnMatches(_ number: Int, in row: OverlapText) -> [TextMatch] {
        let text = index.texts[number]
        let least = IndexedText.leastTurn(text.component)
        return text.turns.filter { $0.count >= least }
            .compactMap { match(number, part: $0, in: row) }
            .sorted {
                ($1.coveredWords, $1.coverage, $0.part.lowerBound)
                    < ($0.coveredWords, $0.coverage, $1.part.lowerBound)
            }
    }

    /// Whether what differs is numbers or names in the places of others: at least half of the text's numbers and
    /// half of the words that differ, or two names where no number stands.
    private func isMate(
        _ replaced: [(word: Int, place: Int?)], _ number: Int, _ part: Range<Int>, _ row: OverlapText
    ) -> Bool {
        let text = index.texts[number]
        var numbers = 0
        var names = 0
        for (word, place) in replaced {
            guard let place, place >= 0, place < row.count,
                row.words[place] != index.words[text.firstWord + word]
            else { continue }
            if index.numbers[text.firstWord + word], row.isNumber(place) {
                numbers += 1
            } else if row.isName(place), isName(word, number) {
                names += 1
            }
        }
        let all = part.count { index.numbers[text.firstWord + $0] }
        // Two numbers replaced are another problem, whatever else differs.
        if numbers >= Self.mateWords, numbers * 2 >= all { return true }
        guard Double(numbers + names) >= Self.mateShare * Double(replaced.count) else { return false }
        return (numbers > 0 && numbers * 2 >= all) || names >= Self.mateWords
    }

    private func isName(_ word: Int, _ number: Int) -> Bool {
        let text = index.texts[number]
        if originalText != number, let item = text.items.first {
            originalText = number
            original.begin()
            index.item(Int(item))[text.component].withUnsafeBytes { original.append($0) }
        }
        return word < original.count && original.isName(word)
    }

    private func segmentMatches(in row: OverlapText) -> [TextMatch] {
        row.segments(index.segments.filter, into: probes)
        var found: [TextMatch] = []
        var seen = Set<UInt32>()
        for probe in probes.probes {
            guard let number = index.segments.number(of: probe.hash) else { continue }
            for place in index.segments.range(of: number) {
                let posting = index.segments.postings[place]
                let words = index.texts[Int(posting.text)].segmentWords
                guard words >= EvalIndex.leastWords, !decision.isCommon[Int(posting.text)],
                    words == Int(probe.end - probe.start), seen.insert(posting.text).inserted
                else { continue }
                let span = TextMatch.Span(row: Int(probe.start)..<Int(probe.end), text: 0..<words)
                found.append(
                    TextMatch(
                        text: Int(posting.text), means: .segment, part: span.text, coverage: 1,
                        coveredWords: words, longestRun: words, spans: [span]))
            }
        }
        return found
    }

    /// Whether the words of a text stand in a row in one run, somewhere in `range`.
    func stands(_ text: IndexedText, in row: OverlapText, within range: Range<Int>) -> Range<Int>? {
        let words = row.words
        let last = range.upperBound - text.wordCount
        guard range.lowerBound <= last else { return nil }
        for start in range.lowerBound...last where words[start] == index.words[text.firstWord] {
            var at = 1
            while at < text.wordCount, words[start + at] == index.words[text.firstWord + at] { at += 1 }
            if at == text.wordCount { return start..<start + at }
        }
        return nil
    }
}
