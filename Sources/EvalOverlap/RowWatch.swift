import Corpus

/// What of the doors and of a rubric's phrases stands in the rows of the first pass; one per thread.
package final class RowWatch {
    /// A row that shares something with an item.
    package struct Hit: Sendable {
        package var key: UInt64
        /// The row's place among the readable rows of its batch.
        package var row: Int32
    }

    /// What one batch gives.
    package struct Output: Sendable {
        package var hits: [Hit] = []
        /// Rows later than the eval set, and rows whose time could be read.
        package var later = 0
        package var timed = 0
        /// Identity fields that some row has, by number.
        package var fields = Set<Int>()

        package init() {}
    }

    private let doors: RowDoors
    private let miner = IdentityMiner()
    /// Counts the phrases of a rubric; `nil` where there is none.
    package let cues: CueCounter?

    package init(_ doors: RowDoors, cues: CuePhrases?) {
        self.doors = doors
        self.cues = cues.map { CueCounter($0) }
    }

    /// Looks at a row.
    ///
    /// - Parameters:
    ///   - text: the row's words.
    ///   - number: its place among the readable rows of its batch.
    package func add(
        _ node: JSONNode, _ row: RowText, _ text: OverlapText, number: Int, to output: inout Output
    ) {
        if let cues { cues.add(text, row) }
        for (number, field) in doors.identities.enumerated() where !output.fields.contains(number) {
            node.forEachValue(at: field) { if !$0.isNull { output.fields.insert(number) } }
        }
        if doors.isIdle { return }
        for key in doors.shared(node, row, text, miner) {
            output.hits.append(Hit(key: key, row: Int32(number)))
        }
        if let isLater = doors.isLater(node) {
            output.timed += 1
            output.later += isLater ? 1 : 0
        }
    }
}
