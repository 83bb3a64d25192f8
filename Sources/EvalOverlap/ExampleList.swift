/// Tells the examples of a prompt: lines labelled as questions and answers (`Q:`, `Answer 2:`, `### Input:`).
package enum ExampleList {
    private static let questions: Set<String> = [
        "q", "question", "problem", "input", "prompt", "query", "task", "instruction", "sentence", "text",
        "example",
    ]
    private static let answers: Set<String> = [
        "a", "answer", "ans", "output", "solution", "response", "completion", "label", "target",
    ]

    /// The bytes of a turn that are its examples: all before the last line that is labelled as a question, where at
    /// least one labelled question and one labelled answer stand before it; 0 for a turn that lists no examples.
    ///
    /// - Complexity: O(bytes).
    package static func examples(in turn: UnsafeRawBufferPointer) -> Int {
        var questionCount = 0
        var answerCount = 0
        var end = 0
        var start = 0
        while start < turn.count {
            let rest = turn[start...]
            let stop = rest.firstIndex(of: 0x0A) ?? turn.count
            switch label(turn[start..<stop]) {
            case .some(let word) where questions.contains(word):
                if questionCount > 0, answerCount > 0 { end = start }
                questionCount += 1
            case .some(let word) where answers.contains(word): answerCount += 1
            default: break
            }
            start = stop + 1
        }
        return end
    }

    /// The word before the colon at a line's beginning, in lower case, its number and marks left out.
    private static func label(_ line: Slice<UnsafeRawBufferPointer>) -> String? {
        var word: [UInt8] = []
        for byte in line.prefix(40) {
            let lower = byte | 0x20
            if lower >= 0x61 && lower <= 0x7A && byte >= 0x41 {
                word.append(lower)
            } else if byte == UInt8(ascii: ":") {
                return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
            } else if !" \t#*->.)(0123456789_".utf8.contains(byte) {
                return nil
            }
        }
        return nil
    }
}
