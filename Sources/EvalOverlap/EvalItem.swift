/// One record of an eval set: its texts as UTF-8, empty where the record has none.
package struct EvalItem: Sendable, Equatable {
    /// Its own id where it has one, else its ordinal.
    package var name = ""
    /// The 0-based place in its set.
    package var ordinal = 0
    package var question: [UInt8] = []
    package var answer: [UInt8] = []
    package var passage: [UInt8] = []
    package var rubric: [UInt8] = []

    /// Values of `--identity` fields.
    package var identities: [DoorKey] = []
    /// Of a conversation of two turns or more, system turns left out.
    package var turns: [[UInt8]] = []
    /// Bytes of each turn that the question and the answer of a conversation were joined from.
    package var questionTurns: [Int] = []
    package var answerTurns: [Int] = []
    /// Whether the record could not be read: an item without text that is never counted as clean.
    package var isUnreadable = false

    package init() {}

    package subscript(component: EvalComponent) -> [UInt8] {
        switch component {
        case .question: question
        case .answer: answer
        case .passage: passage
        case .rubric: rubric
        }
    }

    /// The turns of a text that was joined from two or more, as ranges of its bytes; none for another text.
    func turns(of component: EvalComponent) -> [Range<Int>] {
        let lengths =
            switch component {
            case .question: questionTurns
            case .answer: answerTurns
            case .passage, .rubric: [Int]()
            }
        guard lengths.count > 1, lengths.reduce(lengths.count - 1, +) == self[component].count else {
            return []
        }
        var end = -1
        return lengths.map { length in
            let start = end + 1
            end = start + length
            return start..<end
        }
    }
}
