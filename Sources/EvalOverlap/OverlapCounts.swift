/// In how many training rows each hash of an index stands: what one worker counted, or all.
package struct OverlapCounts: Sendable {
    /// By the keys of `EvalIndex.grams` and `EvalIndex.segments`.
    package var grams: [UInt32]
    package var segments: [UInt32]
    /// Rows read.
    package var rows = 0
    /// Rows longer than `OverlapText` reads: what lies behind its bound was not searched.
    package var cutRows = 0

    package init(_ index: EvalIndex) {
        grams = Array(repeating: 0, count: index.grams.count)
        segments = Array(repeating: 0, count: index.segments.count)
    }

    /// What was not searched, for the screen.
    package var notes: [String] {
        guard cutRows > 0 else { return [] }
        return [
            "\(cutRows) rows are longer than \(OverlapText.mostWords) words or \(OverlapText.mostFolded >> 20) MiB: "
                + "what lies behind was not searched for eval items"
        ]
    }

    /// Adds the counts of other rows; the order does not matter.
    package mutating func merge(_ other: OverlapCounts) {
        for number in grams.indices { grams[number] &+= other.grams[number] }
        for number in segments.indices { segments[number] &+= other.segments[number] }
        rows += other.rows
        cutRows += other.cutRows
    }
}
