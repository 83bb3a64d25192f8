/// Why a form counts as misspelt: the closed list of `misspellings.jsonl.zst`.
package enum MisspellingKind: UInt8, Sendable, CaseIterable, Codable {
    /// In a list of misspellings.
    case listed
    /// Unknown, and one or two errors from a form that is far commoner in the corpus.
    case neighbour
    /// Two words written as one.
    case runTogether
    /// Unknown, and one error from exactly one known word, however often it stands in the corpus.
    case entrenched
    /// No misspelling: one of two accepted forms that the corpus mixes.
    case variant
    /// No misspelling: the same word in two Unicode normal forms, of which the corpus mixes both.
    case normalForm

    /// Whether one of the forms is wrong.
    package var isError: Bool { self != .variant && self != .normalForm }

    /// - Returns: `nil` for a name of no kind.
    package init?(name: String) {
        guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    package var name: String {
        switch self {
        case .listed: "listed"
        case .neighbour: "neighbour"
        case .runTogether: "run-together"
        case .entrenched: "entrenched"
        case .variant: "variant"
        case .normalForm: "normal-form"
        }
    }
}
