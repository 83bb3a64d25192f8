/// The closed list of verdicts on a row and an eval item. A line of `overlaps` has the first that holds; an item
/// has the first among its lines.
///
/// | verdict | holds when |
/// |---|---|
/// | `verbatim` | one unbroken run has the whole question, and the answer where the item has one |
/// | `edited` | the question is covered with words dropped, swapped or mistyped, and the answer is there; or one turn of 13 words or more of a conversation is |
/// | `short-exact` | a question of under 13 words, or such a first turn, equals a turn, a line or up to four sentences |
/// | `question-only` | the question is covered, the item's answer is not in the row |
/// | `answer-only` | an answer of 20 words or more is covered, the question is not |
/// | `passage` | the passage is covered, neither question nor answer is |
/// | `rubric` | the rubric, grader or reference is covered, nothing before it is |
/// | `mistyped` | no run of words, but the letters agree up to typing errors or broken lines |
/// | `few-shot` | found by one of the rules above, but in a system or developer turn |
/// | `template-mate` | the same skeleton with other numbers or names: a label |
/// | `common-source` | a long quotation that both sides share, the item itself is not covered: a label |
package enum OverlapVerdict: UInt8, Sendable, CaseIterable {
    case verbatim, edited, shortExact, questionOnly, answerOnly, passage, rubric, mistyped, fewShot
    case templateMate, commonSource

    package var name: String {
        switch self {
        case .verbatim: "verbatim"
        case .edited: "edited"
        case .shortExact: "short-exact"
        case .questionOnly: "question-only"
        case .answerOnly: "answer-only"
        case .passage: "passage"
        case .rubric: "rubric"
        case .mistyped: "mistyped"
        case .fewShot: "few-shot"
        case .templateMate: "template-mate"
        case .commonSource: "common-source"
        }
    }

    package init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    /// Reported, never flagged, in a gate only when named.
    package var isLabel: Bool { self == .templateMate || self == .commonSource }
}
