/// Why no route can check an item.
///
/// | reason | meaning |
/// |---|---|
/// | `unreadable` | the record could not be read |
/// | `no-text` | no component has a word |
/// | `too-short` | a question of one or two words and no long text beside it |
/// | `common-text` | a phrase of under six words in more than 20 training rows, or of under five in more than 5 |
/// | `shared-text` | fewer than eight words that are not boilerplate |
package enum UncheckableReason: String, Sendable, CaseIterable {
    case unreadable
    case noText = "no-text"
    case tooShort = "too-short"
    case commonText = "common-text"
    case sharedText = "shared-text"
}
