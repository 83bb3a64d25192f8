import Findings

/// A form that seems wrong and the right one, before rows are counted.
package struct SpellingPair: Sendable {
    package var wrong: String
    /// One word, or two with a space.
    package var right: String
    package var kind: MisspellingKind
    /// Tokens of the wrong form.
    package var tokens: Int
}
