extension FieldMapping {
    static let chatFields: [StaticString] = [
        "messages", "conversations", "conversation", "dialogue", "dialog", "chat", "turns",
    ]
    private static let otherChatFields: [StaticString] = ["thread", "transcript"]
    /// Messages of a row that are looked at for a known speaker.
    private static let spokenMessages = 8
    /// Keys of a message's speaker and text in chats of no published format.
    private static let speakerKeys: [StaticString] = [
        "author", "sender", "participant", "speaker", "name", "type",
    ]
    private static let saidKeys: [StaticString] = [
        "content", "text", "body", "message", "value", "utterance",
    ]
    static let promptFields = ["instruction", "context", "passage", "prompt", "question", "query", "input"]
    /// Fields whose number or truth is a label (`"answer": 2`).
    private static let answerFields = ["output", "response", "completion", "answer", "solution", "target"]
    static let responseFields = [
        "reasoning", "rationale", "chain_of_thought", "reasoning_content", "thought", "thoughts",
        "scratchpad", "cot",
        "thinking", "output", "response", "completion", "answer", "solution", "target", "canonical_solution",
        "code",
        "summary", "explanation",
    ]
    /// Responses where no other is there but a summary; a name (`"assistant": "gpt-4"`) is none.
    private static let replyFields = ["reply", "assistant"]
    /// Fields that may hold who asks instead of what is asked.
    private static let speakers: Set = ["user", "human", "customer"]
    /// What a response answers where no field of a prompt is known.
    private static let answeredFields = [
        "subject", "user", "human", "customer", "request", "message", "body", "comment", "utterance",
        "document",
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
            if verdictFields.contains(name.lowercased()), isVerdict(value), uses[name] == nil {
                uses[name] = .label
            }
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
    /// Whether a value is a truth, a number of one or two digits or a short word: no name of a file, time or address.
    private static func isVerdict(_ value: JSONNode) -> Bool {
        guard let word = value.string else {
            if value.isArray || value.isObject || value.isNull { return false }
            var text: [UInt8] = []
            value.appendText(to: &text)
            return value.kind == .boolean || text.count <= 2 && text.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
        return !word.isEmpty && word.count <= 12 && word.allSatisfy(isLetter)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    /// Labels where `isVerdict`: what somebody said of the answer, or of two.
    private static let verdictFields = [
        "preference", "preferred", "better_response_id", "better", "best", "chosen", "choice", "feedback",
        "thumbs",
        "thumbs_up", "helpful", "accepted", "approved", "vote", "overall_score",
    ]
    static let conversationFields = [
        "conversation_id", "conversationId", "dialogue_id", "session_id", "thread_id", "ticket_id", "chat_id",
    ]

    /// The mapping that one row's fields suggest; shape `none` where no field is known to hold text.
    package static func detect(_ row: JSONNode) -> FieldMapping {
        let besideTurns = usesBesideTurns(of: row)
        var uses = besideTurns
        let pair = answerPairs.first { names in
            [names.chosen, names.rejected].allSatisfy { name in
                guard let value = row.field(Array(name.utf8)) else { return false }
                return name == "chosen" || name == "rejected" || isAnswer(value)
            }
        }
        if let pair {
            uses[pair.chosen] = .chosen
            uses[pair.rejected] = .rejected
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
        var responses = addTurnFields(of: row, to: &uses, names: responseFields, role: .assistant, from: 100)
        let hasAnswer = responseFields.contains { name in
            guard name != "summary", name != "explanation", case .turn(.assistant, _)? = uses[name] else {
                return false
            }
            return true
        }
        let replies = hasAnswer ? [] : replyFields.filter { isSaid(row.field(Array($0.utf8))) }
        responses += addTurnFields(of: row, to: &uses, names: replies, role: .assistant, from: 200)
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
        if addTurnFields(of: row, to: &uses, names: answers + replies, role: .assistant, from: 100) > 0,
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
                prompts > 0
                ? promptFields
                : answeredFields.filter { name in
                    let value = row.field(Array(name.utf8))
                    return speakers.contains(name) ? isRequest(value) : holdsWords(value)
                }
            addTurnFields(of: row, to: &uses, names: asked, role: .user, from: 0)
            addTurnFields(of: row, to: &uses, names: responseFields + replies, role: .assistant, from: 100)
            if prompts > 0 { addChoices(of: row, to: &uses) }
            return FieldMapping(shape: .pair, uses: uses)
        }
        if let (name, tags) = otherChat(of: row) {
            uses = besideTurns
            uses[name] = .chat
            return FieldMapping(shape: .conversations, uses: uses, tags: tags)
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

    /// Whether a value is a string of several words, or in a script without spaces: no name, code or number.
    private static func holdsWords(_ value: JSONNode?) -> Bool {
        value?.string?.contains { $0 <= 0x20 || $0 >= 0xE3 } ?? false
    }

    /// Names of the two answers of a preference pair.
    private static let answerPairs: [(chosen: String, rejected: String)] = [
        ("chosen", "rejected"), ("preferred_output", "non_preferred_output"),
        ("preferred", "dispreferred"), ("chosen_response", "rejected_response"), ("preferred", "rejected"),
        ("chosen_output", "rejected_output"),
    ]

    /// Not the name of one (`"preferred": "response_a"`).
    private static func isAnswer(_ value: JSONNode) -> Bool {
        isSaid(value) || value.isArray || value.isObject
    }

    /// Whether a value is a string that somebody may have said: several words, a script without spaces, or one word.
    private static func isSaid(_ value: JSONNode?) -> Bool {
        guard let text = value?.string, !text.isEmpty else { return false }
        return holdsWords(value) || text.allSatisfy(isLetter)
    }

    /// Whether it is more than a name: a word behind the first is in lower case, or the script has no spaces.
    private static func isRequest(_ value: JSONNode?) -> Bool {
        guard let text = value?.string else { return false }
        return text.contains { $0 >= 0xE3 }
            || zip(text, text.dropFirst()).contains { $0 <= 0x20 && (0x61...0x7A).contains($1) }
    }

    /// Whether a value is an array of messages, as prompt and completion may be.
    private static func isChat(_ value: JSONNode) -> Bool {
        guard let first = ((value.isObject ? value.field("messages") : nil) ?? value).firstElement else {
            return false
        }
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

    /// A chat of no published format: a list of messages, of whose first ones some are of a known speaker.
    private static func otherChat(of row: JSONNode) -> (name: String, tags: ChatTags)? {
        for name in chatFields + otherChatFields {
            guard let list = row.field(name), let first = list.firstElement, first.isObject else { continue }
            var messages: [JSONNode] = []
            list.forEachElement { if messages.count < spokenMessages, $0.isObject { messages.append($0) } }
            let speaker = speakerKeys.first { key in
                messages.contains { message in
                    message.field(key).map { RowMapper.knownRole(named: $0, speaker: false) != nil } ?? false
                }
            }
            let said = saidKeys.first { key in messages.contains { $0.field(key)?.isString == true } }
            guard let speaker, let said else { continue }
            let tags = ChatTags(roleKey: speaker.description, contentKey: said.description, roles: [:])
            return (name.description, tags)
        }
        return nil
    }
}
