/// Rows by what their turns say to one another; sums of whole numbers.
package struct RowSignals: Sendable, Equatable {
    package var rows = 0
    /// Rows with tool calls or tool turns.
    package var rowsWithCalls = 0
    /// Rows in which an assistant promises or claims an action, and those of them without a tool call.
    package var promiseRows = 0
    package var promiseRowsWithoutCall = 0
    /// Rows with a user turn of the feature `safety-prompt`, and those of them without a refusal.
    package var safetyRows = 0
    package var safetyRowsAnswered = 0
    package var refusalRows = 0
    /// Rows in which an assistant turn talks about an answer instead of giving one.
    package var mixedRows = 0
    package var rowsWithoutSource = 0
    package var rowsWithoutLicence = 0

    package init() {}

    package mutating func merge(_ other: RowSignals) {
        rows += other.rows
        rowsWithCalls += other.rowsWithCalls
        promiseRows += other.promiseRows
        promiseRowsWithoutCall += other.promiseRowsWithoutCall
        safetyRows += other.safetyRows
        safetyRowsAnswered += other.safetyRowsAnswered
        refusalRows += other.refusalRows
        mixedRows += other.mixedRows
        rowsWithoutSource += other.rowsWithoutSource
        rowsWithoutLicence += other.rowsWithoutLicence
    }
}
