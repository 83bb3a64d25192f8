extension FieldMapping {
    static let chatFields: [StaticString] = [
        "messages", "conversations", "conversation", "dialogue", "dialog", "chat", "turns",
    ]
    static let promptFields = ["instruction", "context", "passage", "prompt", "question", "query", "input"]
    /// Fields whose number or truth is a label (`"answer": 2`).
    private static let answerFields = ["output", "response", "completion", "answer", "solution", "target"]
    static let responseFields = [
        "reasoning", "rationale", "chain_of_thought", "reasoning_content", "thought", "thoughts",
        "scratchpad", "cot",
        "thinking", "output", "response", "completion", "answer", "solution", "target", "canonical_solution",
        "code",
        "summary", "explanation", "reply", "assistant",
    ]
    /// What a response answers where no field of a prompt is known.
    private static let answeredFields = [
        "user", "human", "customer", "request", "message", "body", "comment", "utterance", "document",
        "article",
    ]
    /// What a question is asked with, the answers that it offers or documents: one turn behind it.
    static let choiceFields = ["choices", "options", "documents", "passages", "contexts", "context"]
    static let textFields = ["text", "content"]

    /// Fields with a fixed meaning beside those that hold the turns.
    static let commonUses: [String: Use] = {
        var uses: [String: Use] = ["history": .history]
        for name in ["system", "system_prompt"] { uses[name] = .system }
        for name in ["tools", "functions", "tool_schemas"] { uses[name] = .tools }
        for name in labelFields { uses[name] = .label }
        for name in conversationFields { uses[name] = .conversation }
        for name in mediaFields { uses[name] = .media }
        return uses
    }()

    /// The common uses, and the labels of a row that are written in capitals (`Label`), are a flag (`is_safe`), or the
    /// number or truth of an answer (`"answer": 2`).
    private static func usesBesideTurns(of row: JSONNode) -> [String: Use] {
        var uses = commonUses
        row.forEachField { key, value in
            guard key.count <= 20 else { return }
            let name = String(decoding: key, as: UTF8.self)
            let isLabel = labelFields.contains(name.lowercased())
            let isScalar = !value.isString && !value.isArray && !value.isObject && !value.isNull
            let isFlag = name.hasPrefix("is_") && isScalar
            if (isLabel || isFlag) && uses[name] == nil || isScalar && answerFields.contains(name) {
                uses[name] = .label
            }
        }
        return uses
    }

    private static func addChoices(of row: JSONNode, to uses: inout [String: Use]) {
        for name in choiceFields {
            guard uses[name] == nil, let value = row.field(Array(name.utf8)), holdsChoices(value) else {
                continue
            }
            uses[name] = .choices
        }
    }

    static let mediaFields = ["image", "images", "audio", "audios", "video", "videos"]

    static let labelFields = [
        "label", "labels", "score", "scores", "rating", "ratings", "reward", "category", "intent", "intents",
        "class", "gold", "kto_tag", "sentiment", "emotion", "stance", "toxicity", "toxic", "spam", "is_spam",
        "winner", "helpfulness", "correctness", "correct", "polarity", "hate", "ground_truth", "answer_index",
        "answer_idx", "answerKey", "answer_key", "correct_answer", "stars", "quality", "grade", "verdict",
        "entities", "ner_tags",
    ]
    static let conversationFields = [
        "conversation_id", "conversationId", "dialogue_id", "session_id", "thread_id", "ticket_id", "chat_id",
    ]

    /// The mapping that one row's fields suggest; shape `none` where no field is known to hold text.
    package static func detect(_ row: JSONNode) -> FieldMapping {
        let besideTurns = usesBesideTurns(of: row)
        var uses = besideTurns
        if row.field("chosen") != nil, row.field("rejected") != nil {
            uses = besideTurns.merging(["chosen": .chosen, "rejected": .rejected]) { first, _ in first }
            addTurnFields(of: row, to: &uses, names: promptFields, role: .user, from: 0)
            if let chat = chatField(of: row) { uses[chat.name] = .chat }
            return FieldMapping(shape: .preference, uses: uses)
        }
        if let chat = chatField(of: row) {
            uses[chat.name] = .chat
            addChoices(of: row, to: &uses)
            return FieldMapping(shape: chat.shape, uses: uses)
        }
        let prompts = addTurnFields(of: row, to: &uses, names: promptFields, role: .user, from: 0)
        let responses = addTurnFields(of: row, to: &uses, names: responseFields, role: .assistant, from: 100)
        if prompts > 0 && responses > 0 {
            addChoices(of: row, to: &uses)
            return FieldMapping(shape: .pair, uses: uses)
        }
        uses = besideTurns
        // What is to be written about a text: its class, its summary, its program; a code of one word is none.
        let answers = responseFields.filter { name in
            name != "code" || holdsWords(row.field(Array(name.utf8)))
                || row.field(Array(name.utf8))?.string == nil
        }
        if addTurnFields(of: row, to: &uses, names: answers, role: .assistant, from: 100) > 0,
            addTurnFields(of: row, to: &uses, names: textFields, role: .user, from: 0) > 0
        {
            return FieldMapping(shape: .pair, uses: uses)
        }
        uses = besideTurns
        if addTurnFields(of: row, to: &uses, names: textFields, role: .text, from: 0) > 0 {
            return FieldMapping(shape: .text, uses: uses)
        }
        if prompts > 0 || responses > 0 {
            let asked =
                prompts > 0 ? promptFields : answeredFields.filter { holdsWords(row.field(Array($0.utf8))) }
            addTurnFields(of: row, to: &uses, names: asked, role: .user, from: 0)
            addTurnFields(of: row, to: &uses, names: responseFields, role: .assistant, from: 100)
            if prompts > 0 { addChoices(of: row, to: &uses) }
            return FieldMapping(shape: .pair, uses: uses)
        }
        return FieldMapping(shape: .none, uses: besideTurns)
    }

    /// The mapping that most of the rows suggest; of equally frequent ones the first met. Optional turn fields
    /// (an `input` that only some rows have) are those of all rows of that shape.
    package static func detect(among mappings: [FieldMapping]) -> FieldMapping {
        var counts: [Shape: Int] = [:]
        for mapping in mappings { counts[mapping.shape, default: 0] += 1 }
        guard let best = mappings.max(by: { (counts[$0.shape] ?? 0) < (counts[$1.shape] ?? 0) }) else {
            return FieldMapping(shape: .none, uses: commonUses)
        }
        let top = mappings.first { (counts[$0.shape] ?? 0) == (counts[best.shape] ?? 0) } ?? best
        var merged = top
        for mapping in mappings where mapping.shape == top.shape {
            // Text in some rows and a number in others is text.
            merged.uses.merge(mapping.uses) { first, second in first == .label ? second : first }
        }
        return merged
    }

    /// A mapping that the user set: plain text fields.
    package static func text(_ fields: [String]) -> FieldMapping {
        explicit(prompt: fields, response: [], promptRole: .text, shape: .text)
    }

    /// A mapping that the user set: prompt and response fields.
    package static func pair(prompt: [String], response: [String]) -> FieldMapping {
        explicit(prompt: prompt, response: response, promptRole: .user, shape: .pair)
    }

    private static func explicit(prompt: [String], response: [String], promptRole: Role, shape: Shape)
        -> FieldMapping
    {
        var uses = commonUses
        var nested: [NestedField] = []
        let named = prompt.map { ($0, promptRole) } + response.map { ($0, Role.assistant) }
        for (order, (name, role)) in named.enumerated() {
            if name.contains(".") {
                nested.append(NestedField(path: FieldPath(name), role: role, order: order))
            } else {
                uses[name] = .turn(role, order: order)
            }
        }
        return FieldMapping(shape: shape, uses: uses, nested: nested, isExplicit: true)
    }

    /// Whether a value is a list of texts or numbers, a list under `text` beside that of their letters, or texts by
    /// their letters; settings (`"options": {"temperature": 0}`) are none.
    private static func holdsChoices(_ value: JSONNode) -> Bool {
        if value.isObject {
            if let list = value.field("text") { return list.firstElement?.isString ?? false }
            var areLettered = true
            value.forEachField { key, choice in
                areLettered = areLettered && key.count == 1 && choice.isString
            }
            return areLettered
        }
        guard value.isArray, let first = value.firstElement else { return false }
        return !first.isArray
            && (!first.isObject || first.field("text") != nil || first.field("content") != nil
                || first.field("page_content") != nil)
    }

    @discardableResult
    private static func addTurnFields(
        of row: JSONNode, to uses: inout [String: Use], names: [String], role: Role, from first: Int
    ) -> Int {
        var found = 0
        for (order, name) in names.enumerated() {
            guard let value = row.field(Array(name.utf8)), value.isString || isChat(value) else { continue }
            uses[name] = .turn(role, order: first + order)
            found += 1
        }
        return found
    }

    /// Whether a value is a string of several words: no name, code or number.
    private static func holdsWords(_ value: JSONNode?) -> Bool {
        value?.string?.contains { $0 <= 0x20 } ?? false
    }

    /// Whether a value is an array of messages, as prompt and completion may be.
    private static func isChat(_ value: JSONNode) -> Bool {
        guard let first = value.firstElement else { return false }
        return first.field("role") != nil || first.field("from") != nil
    }

    /// The field that holds an array of messages, with its shape by the keys of its first element.
    private static func chatField(of row: JSONNode) -> (name: String, shape: Shape)? {
        for name in chatFields {
            guard let array = row.field(name), let first = array.firstElement else { continue }
            if first.field("role") != nil { return (name.description, .messages) }
            if first.field("from") != nil { return (name.description, .conversations) }
            if first.field("speaker") != nil || first.isString { return (name.description, .turns) }
        }
        return nil
    }
}
