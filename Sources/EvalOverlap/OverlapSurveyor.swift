import CText
import Corpus

/// The first pass over training rows: counts in how many rows each hash of the index stands, and tells which rows
/// are worth a second look; one per thread.
///
/// A row is a candidate if it has, of the same text, enough n-grams of words near one diagonal (``GramSeeds``), three
/// windows of letters near one diagonal, or one segment. That does not depend on frequencies, which are known only at
/// the end.
package final class OverlapSurveyor {
    private let index: EvalIndex
    /// The words of the row at hand.
    package let text: OverlapText
    private let probes = ProbeBuffer()
    private var hits = KeyHits()
    private var keys: [UInt32] = []
    private let seeds: GramSeeds
    private let windows: WindowHits
    package private(set) var counts: OverlapCounts

    /// - Throws: `TextFormsError`.
    package init(_ index: EvalIndex) throws {
        self.index = index
        text = try OverlapText()
        counts = OverlapCounts(index)
        seeds = GramSeeds(index)
        windows = WindowHits(index)
    }

    /// Counts a row.
    ///
    /// - Returns: whether the row is a candidate.
    /// - Complexity: O(bytes + hits log hits).
    package func add(_ row: RowText) -> Bool {
        text.read(row)
        counts.rows += 1
        if text.isCut { counts.cutRows += 1 }
        guard text.count > 0 else { return false }
        text.grams(index.grams.filter, into: probes)
        count(index.grams, into: &counts.grams)
        seeds.collect(hits.hits)
        let byRuns = seeds.first { _ in true }
        text.segments(index.segments.filter, into: probes)
        count(index.segments, into: &counts.segments)
        if byRuns || !hits.hits.isEmpty { return true }
        text.windows(index.windows.filter, into: probes)
        guard probes.count >= WindowHits.least else { return false }
        hits.look(up: probes.probes, in: index.windows)
        windows.collect(hits.hits)
        return windows.first { _, _ in true }
    }

    /// Counts the probes of a row, each key once.
    private func count(_ table: PostingTable, into counts: inout [UInt32]) {
        hits.look(up: probes.probes, in: table)
        if hits.hits.isEmpty { return }
        keys.removeAll(keepingCapacity: true)
        for hit in hits.hits { keys.append(hit.key) }
        if keys.count > 1 { keys.sort() }
        var last: UInt32?
        for key in keys where key != last {
            last = key
            counts[Int(key)] &+= 1
        }
    }
}
