/// What of an eval item a text is.
package enum EvalComponent: UInt8, Sendable, CaseIterable {
    case question, answer, passage, rubric

    package var name: String {
        switch self {
        case .question: "question"
        case .answer: "answer"
        case .passage: "passage"
        case .rubric: "rubric"
        }
    }
}
