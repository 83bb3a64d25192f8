import CText

/// Draws the rows of one side with the smallest hashes of (seed, side, shard, ordinal), never of content; one per
/// thread, merged at the end.
///
/// Which rows are drawn depends on nothing else: not on threads, batches or the order of the command line.
package struct RowSampler: Sendable {
    /// Rows to draw.
    package let limit: Int
    private var rows: [SampledRow] = []
    /// Rows with larger keys are not among the smallest.
    private var bound = UInt64.max

    package init(limit: Int) { self.limit = limit }

    /// The hash of a row.
    ///
    /// - Parameter shard: a hash of the shard's name.
    package static func key(seed: UInt64, side: ComparisonSide, shard: UInt64, ordinal: Int) -> UInt64 {
        ctext_mix64(
            UInt64(ordinal) &+ ctext_mix64(shard &+ ctext_mix64(seed &* 2 &+ UInt64(side.rawValue) &+ 1)))
    }

    /// The hash of a shard's name.
    package static func hash(ofShard name: String) -> UInt64 {
        Array(name.utf8).withUnsafeBytes { ctext_xxh3_64($0.baseAddress, $0.count, 0) }
    }

    /// Whether a row of this key may belong to the sample.
    @inline(__always)
    package func wants(_ key: UInt64) -> Bool { key <= bound }

    /// - Complexity: amortised O(log limit).
    package mutating func add(_ row: SampledRow) {
        rows.append(row)
        if rows.count >= 2 * limit { cut() }
    }

    private mutating func cut() {
        rows.sort(by: SampledRow.precedes)
        if rows.count > limit { rows.removeLast(rows.count - limit) }
        if rows.count == limit, let last = rows.last { bound = last.key }
    }

    /// The rows that were drawn, in order of their keys.
    package static func merged(_ samplers: [RowSampler]) -> [SampledRow] {
        guard let limit = samplers.map(\.limit).max() else { return [] }
        return Array(samplers.flatMap(\.rows).sorted(by: SampledRow.precedes).prefix(limit))
    }
}
