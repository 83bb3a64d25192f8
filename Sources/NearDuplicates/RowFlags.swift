import TextForms

/// Facts about a row in one byte.
package struct RowFlags: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    static let hasText = RowFlags(rawValue: 1)
    static let hasPrompt = RowFlags(rawValue: 2)
    static let hasResponse = RowFlags(rawValue: 4)
    /// Belongs to a corpus of `--against`: compared with, never removed.
    static let against = RowFlags(rawValue: 8)
    static let protected = RowFlags(rawValue: 16)
    /// Of more than `SurveyWorker.maximumComparedBytes`: compared by its whole alone.
    static let long = RowFlags(rawValue: 32)
    /// Has a label or score.
    static let labelled = RowFlags(rawValue: 64)
}
