import Findings

/// A form that seems wrong and the right one, before rows are counted.
package struct SpellingPair: Sendable {
    package var wrong: String
    /// One word, or two with a space.
    package var right: String
    package var kind: MisspellingKind
    /// Tokens of the wrong form.
    package var tokens: Int

    package init(wrong: String, right: String, kind: MisspellingKind, tokens: Int) {
        self.wrong = wrong
        self.right = right
        self.kind = kind
        self.tokens = tokens
    }
}
