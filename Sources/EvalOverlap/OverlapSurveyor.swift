import CText
import Corpus

/// The first pass over training rows: counts in how many rows each hash of the index stands, and tells which rows
/// are worth a second look; one per thread.
///
/// A row is a candidate if two n-grams, one n-gram of a text of under 20 words, three windows of letters near one
/// diagonal or one segment of the same text stand in it. That does not depend on frequencies, which are known only at the end.
package final class OverlapSurveyor {
    private let index: EvalIndex
    /// The words of the row at hand.
    package let text: OverlapText
    private let probes = ProbeBuffer()
    private var numbers: [Int] = []
    private var met: [UInt32] = []
    private var windows: [WindowSearch.Hit] = []
    package private(set) var counts: OverlapCounts

    /// Keys of more places are boilerplate of the set itself and name no text.
    static let mostPostings = 256

    /// - Throws: `TextFormsError`.
    package init(_ index: EvalIndex) throws {
        self.index = index
        text = try OverlapText()
        counts = OverlapCounts(index)
    }

    /// Counts a row.
    ///
    /// - Returns: whether the row is a candidate.
    /// - Complexity: O(bytes + hits log hits).
    package func add(_ row: RowText) -> Bool {
        text.read(row)
        counts.rows += 1
        guard text.count > 0 else { return false }
        text.grams(index.grams.filter, into: probes)
        let byRuns = count(index.grams, into: &counts.grams) && hasRun { index.wordCounts[$0] < 20 ? 1 : 2 }
        text.segments(index.segments.filter, into: probes)
        let bySegments = count(index.segments, into: &counts.segments) && !met.isEmpty
        if byRuns || bySegments { return true }
        return hasWindows()
    }

    /// N-grams of a text that make a row a candidate.
    static func leastGrams(_ text: IndexedText) -> Int { text.wordCount < 20 ? 1 : 2 }

    /// Counts the probes of a row, each hash once, and collects the texts that they stand in.
    ///
    /// - Returns: whether there are any.
    private func count(_ table: PostingTable, into counts: inout [UInt32]) -> Bool {
        numbers.removeAll(keepingCapacity: true)
        met.removeAll(keepingCapacity: true)
        for probe in probes.probes {
            if let number = table.number(of: probe.hash) { numbers.append(number) }
        }
        guard !numbers.isEmpty else { return false }
        if numbers.count > 1 { numbers.sort() }
        var last = -1
        for number in numbers where number != last {
            last = number
            counts[number] &+= 1
            let range = table.range(of: number)
            guard range.count <= Self.mostPostings else { continue }
            for place in range { met.append(table.postings[place].text) }
        }
        return !met.isEmpty
    }

    /// Whether a text was met often enough.
    private func hasRun(of least: (Int) -> Int) -> Bool {
        met.sort()
        var run = 0
        for (place, text) in met.enumerated() {
            run = place > 0 && met[place - 1] == text ? run + 1 : 1
            if run >= least(Int(text)) { return true }
        }
        return false
    }

    private func hasWindows() -> Bool {
        WindowSearch.collect(text, index, probes, besides: [], into: &windows)
        guard windows.count >= WindowSearch.leastWindows else { return false }
        var isFound = false
        WindowSearch.forEachText(windows) { hits in
            guard !isFound, let first = hits.first else { return }
            isFound = WindowSearch.cluster(hits, index.texts[Int(first.text)]) != nil
        }
        return isFound
    }
}
