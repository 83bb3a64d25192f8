import CText

/// Finds mistyped and hard-wrapped texts by their letters; one per thread.
///
/// Windows of ``CTEXT_WINDOW_BYTES`` letters, spaces and punctuation left out, one in four by its hash. Three that lie near one diagonal
/// are a candidate; it is a match if the text fits into the row with at most ``mostEdits`` edits a letter. Of a text of
/// more than ``WindowHits/mostLetters`` letters its beginning is compared, and what lies behind counts as missing.
package final class WindowSearch {
    /// Edits a letter. Chosen: 20 % mistyped letters are 0.2, two unrelated English texts 0.6 and more.
    static let mostEdits = 0.3
    /// Edits a letter of an answer or a text of under ``shortLetters``: short programs are much alike.
    static let mostEditsOfShort = 0.15
    static let shortLetters = 80

    private let index: EvalIndex
    private let decision: OverlapDecision
    private let probes = ProbeBuffer()
    private var keys = KeyHits()
    private let hits: WindowHits
    private var room: [UInt64] = []

    package init(_ decision: OverlapDecision) {
        self.decision = decision
        index = decision.index
        hits = WindowHits(decision.index)
    }

    /// Texts that stand in the row by letters, other than those of `found`.
    ///
    /// - Complexity: O(hits log hits + letters * band of the candidates).
    package func matches(in row: OverlapText, besides found: Set<Int>) -> [TextMatch] {
        row.windows(index.windows.filter, into: probes)
        guard probes.count >= WindowHits.least else { return [] }
        keys.look(up: probes.probes, in: index.windows)
        hits.collect(keys.hits, besides: found)
        var matches: [TextMatch] = []
        hits.first { text, cluster in
            if let match = match(text, cluster, in: row) { matches.append(match) }
            return false
        }
        return matches
    }

    private func match(_ number: Int, _ best: WindowHits.Cluster, in row: OverlapText) -> TextMatch? {
        let text = index.texts[number]
        guard Int(decision.specificWords[number]) * 2 >= text.wordCount else { return nil }
        if let match = match(number, part: 0..<text.wordCount, best, in: row) { return match }
        for turn in text.turns where turn.count >= IndexedText.leastTurn(text.component) {
            if let match = match(number, part: turn, best, in: row) { return match }
        }
        return nil
    }

    /// Some of a text's words around a cluster of hits.
    private func match(
        _ number: Int, part: Range<Int>, _ best: WindowHits.Cluster, in row: OverlapText
    ) -> TextMatch? {
        let text = index.texts[number]
        let places = index.places[text.words]
        let first = Int(places[text.firstWord + part.lowerBound])
        let end =
            part.upperBound == text.wordCount ? text.byteCount : Int(places[text.firstWord + part.upperBound])
        let bytes = end - first
        let length = min(bytes, WindowHits.mostLetters)
        let isShort = text.component == .answer || bytes < Self.shortLetters
        let limit = Int(Double(length) * (isShort ? Self.mostEditsOfShort : Self.mostEdits))
        let reach = Int(best.band)
        let needed = ctext_fitting_room(length, reach)
        if room.count < needed { room = Array(repeating: 0, count: needed) }
        let middle = (Int(best.low) + Int(best.high)) / 2 + first
        let stream = row.stream
        let distance = index.letters.withUnsafeBufferPointer { letters -> Int in
            guard let base = letters.baseAddress, let target = stream.baseAddress else { return limit + 1 }
            return ctext_fitting_distance(
                base + text.firstByte + first, length, target, stream.count, middle, reach, limit, &room)
        }
        guard distance <= limit else { return nil }
        let from = max(0, min(stream.count - 1, middle))
        let to = max(from, min(stream.count - 1, middle + length - 1))
        let words = row.word(atPlace: from)..<row.word(atPlace: to) + 1
        let compared = places[text.firstWord + part.lowerBound..<text.firstWord + part.upperBound]
            .prefix { Int($0) - first < length }.count
        let covered = part.lowerBound..<part.lowerBound + compared
        return TextMatch(
            text: number, means: .letters, part: part,
            coverage: Double(length - distance) / Double(max(1, bytes)),
            coveredWords: compared, longestRun: 0, spans: [TextMatch.Span(row: words, text: covered)])
    }
}
