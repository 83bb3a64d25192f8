/// An eval record that could not be read.
package struct QuarantinedItemRecord: Sendable, Equatable {
    /// The item's number in the store.
    package var item: Int
    package var record: EvalOverlapFigures.BadRecord

    package init(item: Int, record: EvalOverlapFigures.BadRecord) {
        self.item = item
        self.record = record
    }
}
