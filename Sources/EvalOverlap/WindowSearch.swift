import CText

/// Finds mistyped and hard-wrapped texts by their letters; one per thread.
///
/// Windows of ``CTEXT_WINDOW_BYTES`` letters, spaces and punctuation left out, one in four by its hash. Three that lie near one diagonal
/// are a candidate; it is a match if the text fits into the row with at most ``mostEdits`` edits a letter.
package final class WindowSearch {
    /// Windows of one text near one diagonal; chosen: at 20 % of mistyped letters a text of 200 has three.
    static let leastWindows = 3
    /// Windows of more places say nothing of a text.
    static let mostPostings = 32
    /// Edits a letter. Chosen: 20 % mistyped letters are 0.2, two unrelated English texts 0.6 and more.
    static let mostEdits = 0.3
    /// Edits a letter of an answer or a text of under ``shortLetters``: short programs are much alike.
    static let mostEditsOfShort = 0.15
    static let shortLetters = 80
    /// Letters of a text that are compared; of a longer one its beginning.
    static let mostLetters = 4096

    /// A window that stands in both.
    struct Hit {
        var text: UInt32
        var diagonal: Int32
        var place: UInt32
    }

    /// The windows of one text that lie nearest each other, by their diagonals.
    struct Cluster {
        var low: Int32
        var high: Int32
        /// Bytes of the text that the diagonals may be apart.
        var band: Int32
    }

    /// The least share of a text that the windows must reach over: a phrase that two texts share is no text.
    static let leastReach = 0.3

    /// Collects the windows of a row, in order of texts and diagonals.
    ///
    /// - Complexity: O(letters + hits log hits).
    static func collect(
        _ row: OverlapText, _ index: EvalIndex, _ probes: ProbeBuffer, besides found: Set<Int>,
        into hits: inout [Hit]
    ) {
        hits.removeAll(keepingCapacity: true)
        row.windows(index.windows.filter, into: probes)
        guard probes.count >= leastWindows else { return }
        let table = index.windows
        for probe in probes.probes {
            guard let number = table.number(of: probe.hash) else { continue }
            let range = table.range(of: number)
            guard range.count <= mostPostings else { continue }
            for at in range {
                let posting = table.postings[at]
                if !found.isEmpty, found.contains(Int(posting.text)) { continue }
                hits.append(
                    Hit(
                        text: posting.text, diagonal: Int32(probe.start) - Int32(posting.place),
                        place: posting.place))
            }
        }
        guard hits.count >= leastWindows else { return }
        hits.sort { ($0.text, $0.diagonal, $0.place) < ($1.text, $1.diagonal, $1.place) }
    }

    /// The best cluster of one text's hits; `nil` where they are too few or too near each other.
    static func cluster(_ hits: ArraySlice<Hit>, _ text: IndexedText) -> Cluster? {
        guard hits.count >= leastWindows else { return nil }
        let length = min(text.byteCount, mostLetters)
        let band = Int32(max(8, length / 8))
        var best: Cluster?
        var most = leastWindows - 1
        var low = hits.startIndex
        for high in hits.indices {
            while hits[high].diagonal - hits[low].diagonal > band { low += 1 }
            guard high - low + 1 > most else { continue }
            let places = hits[low...high].map(\.place)
            let reach = Int(places.max() ?? 0) - Int(places.min() ?? 0)
            guard Double(reach) >= leastReach * Double(length) else { continue }
            most = high - low + 1
            best = Cluster(low: hits[low].diagonal, high: hits[high].diagonal, band: band)
        }
        return best
    }

    /// Calls `body` with the hits of each text.
    static func forEachText(_ hits: [Hit], _ body: (ArraySlice<Hit>) -> Void) {
        var start = 0
        while start < hits.count {
            var end = start
            while end < hits.count, hits[end].text == hits[start].text { end += 1 }
            body(hits[start..<end])
            start = end
        }
    }

    private let index: EvalIndex
    private let decision: OverlapDecision
    private let probes = ProbeBuffer()
    private var hits: [Hit] = []
    private var cells: [UInt32] = []

    package init(_ decision: OverlapDecision) {
        self.decision = decision
        index = decision.index
    }

    /// Texts that stand in the row by letters, other than those of `found`.
    ///
    /// - Complexity: O(hits log hits + letters * band of the candidates).
    package func matches(in row: OverlapText, besides found: Set<Int>) -> [TextMatch] {
        Self.collect(row, index, probes, besides: found, into: &hits)
        var matches: [TextMatch] = []
        Self.forEachText(hits) { ofText in
            if let match = match(ofText, in: row) { matches.append(match) }
        }
        return matches
    }

    private func match(_ hits: ArraySlice<Hit>, in row: OverlapText) -> TextMatch? {
        guard let first = hits.first else { return nil }
        let number = Int(first.text)
        let text = index.texts[number]
        guard Int(decision.specificWords[number]) * 2 >= text.wordCount else { return nil }
        guard let best = Self.cluster(hits, text) else { return nil }
        let length = min(text.byteCount, Self.mostLetters)
        let isShort = text.component == .answer || text.byteCount < Self.shortLetters
        let limit = Int(Double(length) * (isShort ? Self.mostEditsOfShort : Self.mostEdits))
        let reach = Int(best.band)
        if cells.count < 2 * reach + 3 { cells = Array(repeating: 0, count: 2 * reach + 3) }
        let middle = (Int(best.low) + Int(best.high)) / 2
        let stream = row.stream
        let distance = index.letters.withUnsafeBufferPointer { letters -> Int in
            guard let base = letters.baseAddress, let target = stream.baseAddress else { return limit + 1 }
            return ctext_fitting_distance(
                base + text.firstByte, length, target, stream.count, middle, reach, limit, &cells)
        }
        guard distance <= limit else { return nil }
        let from = max(0, min(stream.count - 1, middle))
        let to = max(from, min(stream.count - 1, middle + text.byteCount - 1))
        let words = row.word(atPlace: from)..<row.word(atPlace: to) + 1
        return TextMatch(
            text: number, means: .letters, coverage: 1 - Double(distance) / Double(max(1, length)),
            coveredWords: text.wordCount, longestRun: 0,
            spans: [TextMatch.Span(row: words, text: 0..<text.wordCount)])
    }
}
