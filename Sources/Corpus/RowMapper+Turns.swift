import CText

/// How fields become turns.
extension RowMapper {
    /// One field: a string is a turn, an object a message, an array a list of them; a system prompt and tool
    /// schemas are one turn whatever they are.
    ///
    /// - Parameter transcripts: as `answerTranscripts`.
    func appendField(_ field: PendingTurn, _ transcripts: (chosen: Transcript, rejected: Transcript)?) {
        let isChat = field.role?.side != nil || field.role == nil
        if field.mark != .none, let transcripts, let string = field.node.string {
            append(
                field.mark == .chosen ? transcripts.chosen : transcripts.rejected, string, mark: field.mark)
        } else if field.isChoices {
            appendTurn(role: .user, isField: true) { appendChoices(field.node, to: &$0) }
        } else if isChat, field.node.isArray {
            field.node.forEachElement { appendMessage($0, role: field.role, mark: field.mark) }
        } else if isChat, field.node.isObject, let messages = field.node.field("messages"), messages.isArray {
            messages.forEachElement { appendMessage($0, role: field.role, mark: field.mark) }
        } else if isChat, field.node.isObject, field.role != .text {
            appendMessage(field.node, role: field.role, mark: field.mark)
        } else if let string = field.node.string, string.isEmpty {
            // The empty `input` of an instruction row says nothing.
        } else {
            appendTurn(role: field.role ?? .user, mark: field.mark, isField: true) {
                self.append(&$0, field.node)
            }
        }
    }

    /// The answers of a pair, where both are transcripts of one conversation that end in an answer each.
    var answerTranscripts: (chosen: Transcript, rejected: Transcript)? {
        guard let first = pending.first(where: { $0.mark == .chosen })?.node.string,
            let second = pending.first(where: { $0.mark == .rejected })?.node.string,
            let own = Transcript(first), let other = Transcript(second), own.parts.count == other.parts.count,
            own.parts.last?.role == .assistant, other.parts.last?.role == .assistant
        else { return nil }
        let isOne = zip(own.parts, other.parts).dropLast().allSatisfy { part, same in
            part.role == same.role && first[part.range].elementsEqual(second[same.range])
        }
        return isOne ? (own, other) : nil
    }

    /// An answer of a pair with the conversation before it, which both answers repeat: it is taken once, unmarked.
    private func append(_ transcript: Transcript, _ string: UnsafeRawBufferPointer, mark: TurnMark) {
        for (place, part) in transcript.parts.enumerated() {
            let isAnswer = place == transcript.parts.count - 1 && part.role == .assistant
            if mark == .rejected, !isAnswer { continue }
            appendTurn(role: part.role, mark: isAnswer ? mark : .none) {
                $0.append(contentsOf: string[part.range])
            }
        }
    }

    /// The answers that a question offers, a line each.
    private func appendChoices(_ node: JSONNode, to bytes: inout [UInt8]) {
        var isFirst = true
        let one: (JSONNode, inout [UInt8]) -> Void = { choice, bytes in
            if !isFirst { bytes.append(UInt8(ascii: "\n")) }
            isFirst = false
            let text =
                choice.isObject
                ? choice.field("text") ?? choice.field("content") ?? choice.field("page_content") : nil
            self.append(&bytes, text ?? choice)
        }
        if node.isObject, node.field("text") == nil {
            node.forEachField { _, choice in one(choice, &bytes) }
        } else {
            (node.field("text") ?? node).forEachElement { one($0, &bytes) }
        }
    }

    private func append(_ bytes: inout [UInt8], _ node: JSONNode) {
        if let string = node.string { bytes.append(contentsOf: string) } else { node.appendText(to: &bytes) }
    }

    private func appendTurn(
        role: Role, mark: TurnMark = .none, isField: Bool = false, _ body: (inout [UInt8]) -> Void
    ) {
        let start = text.count
        body(&text)
        turns.append(
            Turn(role: role, mark: mark, isField: isField, offset: start, length: text.count - start))
    }

    /// One element of a list of messages: an object with a speaker and content, or a bare string.
    private func appendMessage(_ node: JSONNode, role ownRole: Role?, mark: TurnMark) {
        if node.isArray {
            node.forEachElement { appendMessage($0, role: ownRole, mark: mark) }
            return
        }
        guard node.isObject, ownRole != .text else {
            let previous = turns.last { $0.role != .system }?.role
            appendTurn(role: ownRole ?? (previous == .user ? .assistant : .user), mark: mark) {
                append(&$0, node)
            }
            return
        }
        var role = ownRole ?? .user
        var content: JSONNode?
        var reasoning: JSONNode?
        var calls: [JSONNode] = []
        var isCall = false
        var message: (key: UnsafeRawBufferPointer, value: JSONNode)?
        node.forEachField { key, value in
            if let tags, key.equals(tags.roleKey) {
                role = Self.role(named: value, tags)
                isCall = value.string?.equals("function_call") ?? false
            } else if let tags, key.equals(tags.contentKey) {
                content = value
            } else if key.equals("role") || key.equals("from") || key.equals("speaker") {
                role = Self.role(named: value, speaker: key.count == 7)
                isCall = value.string?.equals("function_call") ?? false
            } else if key.equals("content") || key.equals("value") || key.equals("utterance")
                || key.equals("text")
            {
                content = value
            } else if key.equals("message"), value.isString {
                message = (key, value)
            } else if key.equals("tool_calls") || key.equals("function_call") {
                if !value.isNull { calls.append(value) }
            } else if key.equals("reasoning_content") || key.equals("reasoning") || key.equals("thinking") {
                reasoning = value
            } else if key.equals("weight") || key.equals("loss_weight") {
                mappedHash = ctext_mix64(mappedHash &+ value.contentHash &+ 1)
                if readsOutside { addExtra(key, value) }
            } else if readsOutside, !value.isNull {
                addExtra(key, value)
            }
        }
        if let message {
            if content == nil {
                content = message.value
            } else if readsOutside {
                addExtra(message.key, message.value)
            }
        }
        // The answers of a preference pair may each repeat the prompt: it is taken once, unmarked.
        if mark == .rejected, role != .assistant { return }
        appendTurn(role: role, mark: role == .assistant ? mark : .none) { bytes in
            if let reasoning, !reasoning.isNull {
                self.append(&bytes, reasoning)
                if content?.isNull == false { bytes.append(UInt8(ascii: "\n")) }
            }
            if let content, !content.isNull {
                // What is no call as JSON has it is text like any other.
                if isCall, let call = content.hashOfQuotedValue {
                    self.partHash = ctext_mix64(self.partHash &* 31 &+ call)
                    bytes.append(contentsOf: "<tool_call> ".utf8)
                }
                self.appendContent(content, to: &bytes)
            }
            for call in calls { self.appendCalls(call, to: &bytes) }
        }
    }

    /// Text, or an array of parts: text parts as they are, any other as `<type>` and its hash, each a paragraph.
    private func appendContent(_ content: JSONNode, to bytes: inout [UInt8]) {
        if let string = content.string {
            bytes.append(contentsOf: string)
            return
        }
        guard content.isArray else {
            content.appendText(to: &bytes)
            return
        }
        var first = true
        content.forEachElement { part in
            if !first { bytes.append(contentsOf: "\n\n".utf8) }
            first = false
            if let string = part.string ?? Self.text(ofPart: part) {
                bytes.append(contentsOf: string)
            } else {
                partHash = ctext_mix64(partHash &* 31 &+ part.contentHash)
                bytes.append(UInt8(ascii: "<"))
                if let type = part.field("type")?.string { bytes.append(contentsOf: type) }
                bytes.append(contentsOf: "> ".utf8)
                bytes.append(contentsOf: String(part.contentHash, radix: 16).utf8)
            }
        }
    }

    /// The text of a part: `{"type": "text", "text": …}`, or `value` or `content` for `text` where the type says
    /// that it is text.
    private static func text(ofPart part: JSONNode) -> UnsafeRawBufferPointer? {
        if let string = part.field("text")?.string { return string }
        guard let type = part.field("type")?.string, type.equals("text") || type.equals("reasoning") else {
            return nil
        }
        return (part.field("value") ?? part.field("content"))?.string
    }

    /// Tool calls as name and argument bytes.
    private func appendCalls(_ calls: JSONNode, to bytes: inout [UInt8]) {
        let one: (JSONNode, inout [UInt8]) -> Void = { call, bytes in
            let function = call.field("function") ?? call
            let content =
                (function.field("name")?.contentHash ?? 0)
                &+ (function.field("arguments").map { $0.hashOfQuotedValue ?? $0.contentHash } ?? 0)
            self.partHash = ctext_mix64(self.partHash &* 31 &+ content)
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
            bytes.append(contentsOf: "<tool_call> ".utf8)
            if let name = function.field("name") { name.appendText(to: &bytes) }
            bytes.append(UInt8(ascii: " "))
            if let arguments = function.field("arguments") { arguments.appendText(to: &bytes) }
        }
        if calls.isArray { calls.forEachElement { one($0, &bytes) } } else { one(calls, &bytes) }
    }

    /// Role names of the known chat formats; `system` as a *speaker* is the answering side of a dialogue set.
    static func role(named node: JSONNode, speaker: Bool) -> Role {
        knownRole(named: node, speaker: speaker) ?? .user
    }

    /// `nil` for a name of no known format; such a speaker counts as user.
    package static func knownRole(named node: JSONNode, speaker: Bool) -> Role? {
        guard let name = node.string, name.count <= 20 else { return nil }
        if name.equals("user") || name.equals("human") || name.equals("USER") { return .user }
        if name.equals("assistant") || name.equals("gpt") { return .assistant }
        switch String(decoding: name, as: UTF8.self).lowercased() {
        case "system": return speaker ? .assistant : .system
        case "developer": return .developer
        case "assistant", "gpt", "ai", "bot", "chatbot", "chatgpt", "bing", "bard", "model", "agent",
            "function_call", "support", "operator", "representative", "rep", "advisor", "adviser", "helpdesk",
            "csr", "consultant", "doctor", "tutor", "claude", "gemini", "llm":
            return .assistant
        case "tool", "function", "observation", "ipython", "tool_response", "function_response": return .tool
        case "user", "human", "prompter", "customer", "client", "visitor", "caller", "consumer", "guest",
            "patient", "student":
            return .user
        default: return nil
        }
    }

    /// A role by the set's own names, else by the published ones.
    static func role(named node: JSONNode, _ tags: FieldPlan.Tags) -> Role {
        if let name = node.string, let known = tags.roles.first(where: { name.equals($0.name) }) {
            return known.role
        }
        return role(named: node, speaker: false)
    }
}

extension FieldMapping {
    /// Calls `body` with the speaker of each message of the chat who is of no published format.
    package func forEachUnknownSpeaker(of row: JSONNode, _ body: (String) -> Void) {
        guard let chat = fields(of: .chat).first, let messages = row.field(Array(chat.utf8))
        else {
            return
        }
        messages.forEachElement { message in
            let name =
                tags.map { message.field(Array($0.roleKey.utf8)) }
                ?? message.field("role") ?? message.field("from") ?? message.field("speaker")
            guard let name, let bytes = name.string,
                tags?.roles[String(decoding: bytes, as: UTF8.self)] == nil,
                RowMapper.knownRole(named: name, speaker: message.field("speaker") != nil) == nil
            else { return }
            body(String(decoding: bytes.prefix(40), as: UTF8.self))
        }
    }
}
