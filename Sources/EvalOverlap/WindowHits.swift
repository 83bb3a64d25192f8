/// The windows of letters that a row shares with texts of an index, in order of texts and diagonals; one per thread.
final class WindowHits {
    /// Windows of one text near one diagonal; chosen: at 20 % of mistyped letters a text of 200 has three.
    static let least = 3
    /// Windows of more places say nothing of a text.
    static let mostPostings = 12
    /// Letters of a text that are compared; of a longer one its beginning.
    static let mostLetters = 4096
    /// The least share of a text that the windows must reach over: a phrase that two texts share is no text.
    static let leastReach = 0.3

    private struct Hit {
        var text: UInt32
        var diagonal: Int32
        /// A byte of the text.
        var place: UInt32
    }

    /// The windows of one text that lie nearest each other, by their diagonals.
    struct Cluster {
        var low: Int32
        var high: Int32
        /// Bytes of the text that the diagonals may be apart.
        var band: Int32
    }

    private let index: EvalIndex
    private let tally: TextTally
    private var hits: [Hit] = []
    /// Hits of the window of diagonals whose places rise, and whose places fall.
    private var rising: [Int] = []
    private var falling: [Int] = []

    init(_ index: EvalIndex) {
        self.index = index
        tally = TextTally(textCount: index.texts.count)
    }

    /// Collects the windows of the texts that have enough of them.
    ///
    /// - Parameter found: texts that are left out.
    /// - Complexity: O(hits log hits).
    func collect(_ keys: [KeyHits.Hit], besides found: Set<Int> = []) {
        hits.removeAll(keepingCapacity: true)
        let table = index.windows
        var isFound = false
        for key in keys {
            guard let range = table.range(of: Int(key.key), most: Self.mostPostings) else { continue }
            for at in range where tally.add(table.postings[at].text) >= Self.least { isFound = true }
        }
        defer { tally.clear() }
        guard isFound else { return }
        for key in keys {
            guard let range = table.range(of: Int(key.key), most: Self.mostPostings) else { continue }
            for at in range {
                let posting = table.postings[at]
                guard tally[posting.text] >= Self.least else { continue }
                if !found.isEmpty, found.contains(Int(posting.text)) { continue }
                hits.append(
                    Hit(
                        text: posting.text, diagonal: Int32(key.place) - Int32(posting.place),
                        place: posting.place))
            }
        }
        hits.sort { ($0.text, $0.diagonal, $0.place) < ($1.text, $1.diagonal, $1.place) }
    }

    /// Calls `body` with each text that has a cluster, until it returns true.
    ///
    /// - Returns: whether it did.
    @discardableResult
    func first(where body: (_ text: Int, Cluster) -> Bool) -> Bool {
        var start = 0
        while start < hits.count {
            let text = hits[start].text
            var end = start
            while end < hits.count, hits[end].text == text { end += 1 }
            if let cluster = cluster(start..<end, letters: index.texts[Int(text)].byteCount),
                body(Int(text), cluster)
            {
                return true
            }
            start = end
        }
        return false
    }

    /// The best cluster of one text's hits; `nil` where they are too few or too near each other.
    ///
    /// - Complexity: O(hits): the least and the greatest place of a window are the heads of two queues.
    private func cluster(_ range: Range<Int>, letters: Int) -> Cluster? {
        guard range.count >= Self.least else { return nil }
        let length = min(letters, Self.mostLetters)
        let band = Int32(max(8, length / 8))
        var best: Cluster?
        var most = Self.least - 1
        var low = range.lowerBound
        var (least, greatest) = (0, 0)
        rising.removeAll(keepingCapacity: true)
        falling.removeAll(keepingCapacity: true)
        for high in range {
            let place = hits[high].place
            while rising.count > least, hits[rising[rising.count - 1]].place >= place { rising.removeLast() }
            while falling.count > greatest, hits[falling[falling.count - 1]].place <= place {
                falling.removeLast()
            }
            rising.append(high)
            falling.append(high)
            while hits[high].diagonal - hits[low].diagonal > band { low += 1 }
            while rising[least] < low { least += 1 }
            while falling[greatest] < low { greatest += 1 }
            guard high - low + 1 > most else { continue }
            let (first, last) = (hits[rising[least]].place, hits[falling[greatest]].place)
            guard Double(last - first) >= Self.leastReach * Double(length) else { continue }
            most = high - low + 1
            best = Cluster(low: hits[low].diagonal, high: hits[high].diagonal, band: band)
        }
        return best
    }
}
