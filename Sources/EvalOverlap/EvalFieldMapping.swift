import Corpus

/// Which fields of an eval record hold question, choices, answer, passage and rubric.
///
/// Detected by name, the first that a record has; a set part overrides the detection of that part. `turns` and
/// `messages` hold the question's turns; assistant messages are the answer.
package struct EvalFieldMapping: Sendable, Equatable {
    /// The parts that can be set, by the words of `--eval-field`.
    package enum Part: String, Sendable, CaseIterable {
        case question, prompt, answer, solution, choices, passage, rubric, grader, reference, turns, id
    }

    /// Fields by part, as set by the user.
    package var fields: [Part: [FieldPath]] = [:]

    package init() {}

    static let questionNames = [
        "question", "prompt", "query", "problem", "instruction", "goal", "task", "question_text", "ctx",
        "stem",
        "sentence", "userInput", "utterance", "user_input", "input", "context_options", "text", "content",
    ]
    static let answerNames = [
        "answer", "solution", "canonical_solution", "best_answer", "best answer", "output", "response",
        "completion", "continuation", "expected", "expected_output", "ideal", "code", "target",
        "correct_answer",
        "answers",
    ]
    static let choiceNames = ["choices", "options", "endings", "candidates"]
    static let passageNames = [
        "passage", "context", "article", "document", "story", "paragraph", "background",
    ]
    static let rubricNames = [
        "rubric", "rubrics", "grader", "grading", "grading_notes", "criteria", "reference", "references",
        "reference_answer", "judge_prompt",
    ]
    static let turnNames = ["turns", "messages", "conversations", "conversation", "dialogue", "chat"]
    static let idNames = ["id", "item_id", "question_id", "task_id", "uid", "qid", "doc_id", "item", "key"]
    static let goldNames = ["gold", "label", "answer", "answer_index", "correct"]

    /// Reads one record; `nil` where it holds no text of any part.
    ///
    /// - Complexity: O(fields * names + bytes).
    package func item(_ record: JSONNode, ordinal: Int) -> EvalItem? {
        var item = EvalItem()
        item.ordinal = ordinal
        item.name = name(of: record) ?? "\(ordinal)"
        guard record.isObject else {
            item.question = Self.text(record)
            return item.question.isEmpty ? nil : item
        }
        let choices = nodes(record, .choices, Self.choiceNames).first
        readTurns(record, to: &item)
        for node in nodes(record, .question, Self.questionNames, also: .prompt) where item.question.isEmpty {
            item.question = Self.question(node)
        }
        if fields[.question] == nil, let input = Self.field(record, "input"),
            Self.field(record, "instruction") != nil
        {
            Self.append(Self.text(input), to: &item.question)
        }
        let answers = nodes(record, .answer, Self.answerNames, also: .solution)
        if item.answer.isEmpty {
            item.answer = answers.lazy.map { Self.answer($0, choices: choices) }.first { !$0.isEmpty } ?? []
        }
        if item.answer.isEmpty, let choices {
            item.answer =
                Self.goldNames.lazy.compactMap { Self.field(record, $0) }
                .map { Self.answer($0, choices: choices) }.first { !$0.isEmpty } ?? []
        }
        item.passage = nodes(record, .passage, Self.passageNames).first.map(Self.text) ?? []
        for part in [Part.grader, .reference] {
            for path in fields[part] ?? [] {
                if let node = record.value(at: path) { Self.append(Self.text(node), to: &item.rubric) }
            }
        }
        for node in nodes(record, .rubric, Self.rubricNames) {
            Self.append(Self.text(node), to: &item.rubric)
        }
        let isEmpty = EvalComponent.allCases.allSatisfy { item[$0].isEmpty }
        return isEmpty ? nil : item
    }

    // MARK: Parts

    /// The values of a part: those of the set fields, else of the first detected name.
    private func nodes(_ record: JSONNode, _ part: Part, _ names: [String], also other: Part? = nil)
        -> [JSONNode]
    {
        let set = (fields[part] ?? []) + (other.flatMap { fields[$0] } ?? [])
        if !set.isEmpty { return set.compactMap { record.value(at: $0) } }
        for name in names {
            if let node = Self.field(record, name), !node.isNull { return [node] }
        }
        return []
    }

    private func name(of record: JSONNode) -> String? {
        guard record.isObject else { return nil }
        let set = fields[.id] ?? []
        let node =
            set.isEmpty
            ? Self.idNames.lazy.compactMap { Self.field(record, $0) }.first
            : set.lazy.compactMap { record.value(at: $0) }.first
        guard let node, !node.isNull, !node.isObject, !node.isArray else { return nil }
        let bytes = Self.text(node)
        let name = String(decoding: bytes.prefix(200), as: UTF8.self)
        let isText = bytes.count > Self.longestName || name.contains(where: \.isWhitespace)
        if bytes.isEmpty || (set.isEmpty && isText) { return nil }
        return String(
            name.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
    }

    /// Bytes of a detected name beyond which, or with white space in it, a field holds text and no name.
    private static let longestName = 64

    /// The fields of a record that parts are read from, as `question=prompt`.
    package func fields(of record: JSONNode) -> [String] {
        guard record.isObject else { return [] }
        let parts: [(Part, [String], Part?)] = [
            (.turns, Self.turnNames, nil), (.question, Self.questionNames, .prompt),
            (.answer, Self.answerNames, .solution), (.choices, Self.choiceNames, nil),
            (.passage, Self.passageNames, nil), (.rubric, Self.rubricNames, nil), (.id, Self.idNames, nil),
        ]
        var found: [String] = []
        for (part, names, other) in parts {
            let set = (fields[part] ?? []) + (other.flatMap { fields[$0] } ?? [])
            let present =
                set.isEmpty
                ? names.first { name in
                    let node = Self.field(record, name)
                    return node.map { part == .turns ? $0.isArray : !$0.isNull } ?? false
                }.map { [$0] } ?? [] : set.filter { record.value(at: $0) != nil }.map(\.description)
            if part == .turns, fields[.question] != nil || fields[.prompt] != nil { continue }
            if part == .question, set.isEmpty, !found.isEmpty { continue }
            if part == .id, name(of: record) == nil { continue }
            found += present.map { "\(part.rawValue)=\($0)" }
        }
        for part in [Part.grader, .reference] {
            for path in fields[part] ?? [] where record.value(at: path) != nil {
                found.append("\(part.rawValue)=\(path.description)")
            }
        }
        return found
    }

    private func readTurns(_ record: JSONNode, to item: inout EvalItem) {
        guard fields[.question] == nil, fields[.prompt] == nil else { return }
        let detected = Self.turnNames.lazy.compactMap { Self.field(record, $0) }.first { $0.isArray }
        let lists = fields[.turns] == nil ? detected.map { [$0] } ?? [] : nodes(record, .turns, [])
        for turns in lists where turns.isArray {
            turns.forEachElement { turn in
                guard turn.isObject else {
                    item.turns.append(Self.text(turn))
                    Self.append(turn: Self.text(turn), to: &item.question, &item.questionTurns)
                    return
                }
                let content =
                    turn.field("content") ?? turn.field("value") ?? turn.field("utterance")
                    ?? turn.field("text")
                guard let content else { return }
                let text = Self.text(content)
                let role = Self.role(of: turn)
                if role != .system, role != .developer { item.turns.append(text) }
                if role == .assistant {
                    Self.append(turn: text, to: &item.answer, &item.answerTurns)
                } else {
                    Self.append(turn: text, to: &item.question, &item.questionTurns)
                }
            }
        }
    }

    /// Who speaks, by the names of the published chat formats; the user where none is known.
    private static func role(of turn: JSONNode) -> Role {
        if let name = turn.field("role") ?? turn.field("from") {
            return RowMapper.knownRole(named: name, speaker: false) ?? .user
        }
        return turn.field("speaker").flatMap { RowMapper.knownRole(named: $0, speaker: true) } ?? .user
    }

    /// A field by its name in any case.
    private static func field(_ record: JSONNode, _ name: String) -> JSONNode? {
        let wanted = Array(name.utf8)
        if let exact = record.field(wanted) { return exact }
        var found: JSONNode?
        record.forEachField { key, value in
            guard found == nil, key.count == wanted.count else { return }
            let isEqual = zip(key, wanted).allSatisfy { byte, letter in
                byte == letter || (byte >= 0x41 && byte <= 0x5A && byte | 0x20 == letter)
            }
            if isEqual { found = value }
        }
        return found
    }

    /// Turns of a list are joined; of a list of ready-made alternatives (`context_options`) the first counts.
    private static func question(_ node: JSONNode) -> [UInt8] {
        if node.isArray, let first = node.firstElement, first.isString { return text(first) }
        return text(node)
    }

    /// An answer as text; a number or a letter names one of the choices.
    private static func answer(_ node: JSONNode, choices: JSONNode?) -> [UInt8] {
        let plain = text(node)
        guard let choices, choices.isArray, plain.count <= 2 else { return plain }
        var place = Int(String(decoding: plain, as: UTF8.self))
        if place == nil, plain.count == 1 {
            let letter = Int(plain[0] | 0x20) - 0x61
            if letter >= 0, letter < 26 { place = letter }
        }
        var at = 0
        var found: JSONNode?
        choices.forEachElement {
            if at == place { found = $0 }
            at += 1
        }
        return found.map(text) ?? plain
    }

    /// A value as text; the elements of a list, and the text parts of a message's content, a line each.
    package static func text(_ node: JSONNode) -> [UInt8] {
        if let string = node.string { return Array(string) }
        var bytes: [UInt8] = []
        if node.isArray {
            node.forEachElement { append(text($0), to: &bytes) }
        } else if node.isObject {
            if let inner = node.field("text") ?? node.field("content") { return text(inner) }
            node.forEachField { _, value in append(text(value), to: &bytes) }
        } else if !node.isNull {
            node.appendText(to: &bytes)
        }
        return bytes
    }

    private static func append(turn: [UInt8], to text: inout [UInt8], _ lengths: inout [Int]) {
        if turn.isEmpty { return }
        append(turn, to: &text)
        lengths.append(turn.count)
    }

    private static func append(_ more: [UInt8], to text: inout [UInt8]) {
        if more.isEmpty { return }
        if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
        text += more
    }
}
