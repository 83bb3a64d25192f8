import CText

/// Turns one parsed row into turns, label, outside fields and slice values; one per thread.
///
/// The properties hold the row mapped last and are reused for the next.
package final class RowMapper {
    /// The text of all turns, one after another.
    package private(set) var text: [UInt8] = []
    package private(set) var turns: [Turn] = []
    /// Sorted by name.
    package private(set) var outside: [OutsideField] = []
    /// 0 where the row has no label or score, or where nothing outside the turns is read.
    package private(set) var labelHash: UInt64 = 0
    /// Of the mapped fields that are neither turn nor label: tool schemas, message weights.
    package private(set) var mappedHash: UInt64 = 0
    /// Of the parts that are no text (images) and of the tool calls; 0 where there are none. Rows whose part
    /// hashes differ are different texts, whatever their similarity.
    package private(set) var partHash: UInt64 = 0
    /// 0 where the row has no conversation field.
    package private(set) var conversationHash: UInt64 = 0
    /// The row's values of the slices, in the encoding of `SliceSet`.
    package private(set) var sliceValues: [UInt8] = []
    /// Names of the outside fields, ignored ones and labels met so far, by hash; at most `maximumFieldNames`.
    package private(set) var fieldNames: [UInt32: String] = [:]

    private let ignoredFields: Set<[UInt8]>
    private var slices: SliceReader
    private let toolsAreCompared: Bool
    private let readsOutside: Bool
    private var plan: FieldPlan
    private var lastPlan: FieldPlan
    private var otherPlans: [FieldMapping: FieldPlan] = [:]
    private var pending: [PendingTurn] = []
    /// What messages hold beside speaker and content, by the name of the field.
    private var chatExtras: [OutsideField] = []
    package private(set) var mediaHash: UInt64 = 0
    private var tags: FieldPlan.Tags?

    /// Fields beyond this number count as one.
    static let maximumOutsideFields = 1024
    /// Fields of messages that are told apart in one row.
    static let maximumExtras = 64
    /// Names of fields that a mapper remembers.
    package static let maximumFieldNames = 4096

    /// - Parameters:
    ///   - ignoredFields: top-level fields that never make two rows differ.
    ///   - slices: the declared slice fields, in order.
    ///   - toolsAreCompared: tool schemas are a turn of the prompt side (`--on all`).
    ///   - readsOutside: whether what lies outside the turns is looked at: without it `outside`, `mappedHash` and
    ///     `fieldNames` stay empty.
    package init(
        ignoredFields: [String], slices: [FieldPath], toolsAreCompared: Bool, readsOutside: Bool = true
    ) {
        self.ignoredFields = Set(ignoredFields.map { Array($0.utf8) })
        self.slices = SliceReader(slices)
        self.toolsAreCompared = toolsAreCompared
        self.readsOutside = readsOutside
        plan = FieldPlan(FieldMapping(shape: .none, uses: [:]))
        lastPlan = plan
    }

    /// Sets the mapping of the rows that follow.
    package func use(_ mapping: FieldMapping) {
        plan = FieldPlan(mapping)
        lastPlan = plan
    }

    /// The mapping by which the last row was read: the shard's, or the row's own where that gave no text.
    package var lastMapping: FieldMapping { lastPlan.mapping }

    /// Maps a row; a row that maps to no text has no turns with text.
    ///
    /// - Returns: whether any turn holds text.
    /// - Complexity: O(words of the row's tape + bytes of its strings).
    @discardableResult
    package func map(_ row: JSONNode) -> Bool {
        mapOnce(row, plan: plan)
        if !hasText, !plan.mapping.isExplicit, row.isObject {
            let own = FieldMapping.detect(row)
            if own.shape != .none { mapOnce(row, plan: otherPlan(for: own)) }
        }
        slices.read(row, into: &sliceValues)
        return hasText
    }

    package var hasText: Bool { turns.contains { $0.length > 0 } }

    private func otherPlan(for mapping: FieldMapping) -> FieldPlan {
        if let known = otherPlans[mapping] { return known }
        let made = FieldPlan(mapping)
        otherPlans[mapping] = made
        return made
    }

    private func mapOnce(_ row: JSONNode, plan: FieldPlan) {
        lastPlan = plan
        text.removeAll(keepingCapacity: true)
        turns.removeAll(keepingCapacity: true)
        outside.removeAll(keepingCapacity: true)
        pending.removeAll(keepingCapacity: true)
        labelHash = 0
        mappedHash = 0
        partHash = 0
        conversationHash = 0
        if !chatExtras.isEmpty { chatExtras.removeAll(keepingCapacity: true) }
        mediaHash = 0
        tags = plan.tags
        guard row.isObject else { return }
        row.forEachField { key, value in take(key, value, plan) }
        for field in plan.mapping.nested {
            row.forEachValue(at: field.path) { if !$0.isNull { hold(field.order, field.role, $0) } }
        }
        if readsOutside {
            for path in plan.mapping.nestedLabels {
                path.name.withUnsafeBytes { name in
                    row.forEachValue(at: path) { if !$0.isNull { addLabel(name, $0) } }
                }
            }
        }
        if pending.count > 1 { sortPending() }
        for field in pending { appendField(field) }
        if mediaHash != 0 { partHash = ctext_mix64(partHash &+ mediaHash) }
        for extra in chatExtras { outside.append(extra) }
        if outside.count > 1 { outside.sort() }
    }

    private func take(_ key: UnsafeRawBufferPointer, _ value: JSONNode, _ plan: FieldPlan) {
        guard let use = plan.use(of: key) else {
            if readsOutside { addOutside(key, value) }
            return
        }
        if value.isNull { return }
        switch use {
        case .system: hold(FieldPlan.systemOrder, .system, value)
        case .history: hold(FieldPlan.historyOrder, nil, value)
        case .chat: hold(FieldPlan.chatOrder, nil, value)
        case .turn(let role, let order):
            hold(order, role, value)
            // Choices may hold more than their text: which of them is right.
            if order == FieldMapping.choicesOrder, readsOutside,
                value.isObject || value.firstElement?.isObject == true
            {
                addOutside(key, value)
            }
        case .chosen: hold(FieldPlan.chosenOrder, .assistant, value, .chosen)
        case .rejected: hold(FieldPlan.rejectedOrder, .assistant, value, .rejected)
        case .tools:
            if toolsAreCompared {
                hold(FieldPlan.toolsOrder, .developer, value)
            } else if readsOutside {
                addOutside(key, value)
                mappedHash = ctext_mix64(mappedHash &+ value.contentHash)
            }
        case .label:
            if readsOutside { addLabel(key, value) }
        case .media:
            guard readsOutside else { return }
            if value.firstElement == nil, value.isArray { return }
            let name = ctext_xxh3_64(key.baseAddress, key.count, 5)
            mediaHash &+= ctext_mix64(name &+ value.contentHash)
        case .conversation:
            conversationHash = value.contentHash | 1
            if readsOutside { addOutside(key, value) }
        }
    }

    private func addLabel(_ key: UnsafeRawBufferPointer, _ value: JSONNode) {
        let name = ctext_xxh3_64(key.baseAddress, key.count, 3)
        labelHash &+= ctext_mix64(name &+ value.contentHash)
        note(UInt32(truncatingIfNeeded: name), key)
    }

    /// By order; fields of one order stay as they stand in the row.
    private func sortPending() {
        let isSorted = zip(pending, pending.dropFirst()).allSatisfy { $0.order <= $1.order }
        if isSorted { return }
        let ranked = pending.enumerated().sorted {
            ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
        }
        pending = ranked.map(\.element)
    }

    private func hold(_ order: Int, _ role: Role?, _ node: JSONNode, _ mark: TurnMark = .none) {
        pending.append(PendingTurn(order: order, role: role, node: node, mark: mark))
    }

    private func addOutside(_ key: UnsafeRawBufferPointer, _ value: JSONNode) {
        let name = UInt32(truncatingIfNeeded: ctext_xxh3_64(key.baseAddress, key.count, 0))
        if !ignoredFields.isEmpty, ignoredFields.contains(Array(key)) {
            note(name, key)
            return
        }
        if outside.count < Self.maximumOutsideFields {
            note(name, key)
            outside.append(OutsideField(name: name, value: UInt32(truncatingIfNeeded: value.contentHash)))
        } else {
            let last = outside.count - 1
            outside[last].value =
                outside[last].value &* 31 &+ UInt32(truncatingIfNeeded: value.contentHash) &+ name
        }
    }

    /// Remembers a field's name; of hostile data not every one.
    private func note(_ hash: UInt32, _ key: UnsafeRawBufferPointer) {
        guard fieldNames.count < Self.maximumFieldNames, fieldNames[hash] == nil else { return }
        fieldNames[hash] = String(decoding: key.prefix(SliceSet.maximumValueBytes), as: UTF8.self)
    }

    /// Adds a field of a message to what lies outside the compared text, under `turns.` and its name. Messages of
    /// hostile data may have any number of them: those beyond `maximumExtras` count as one.
    private func addExtra(_ key: UnsafeRawBufferPointer, _ value: JSONNode) {
        if value.isNull { return }
        if !ignoredFields.isEmpty, ignoredFields.contains(Array("turns.".utf8) + Array(key)) { return }
        let hash = ctext_xxh3_64(key.baseAddress, key.count, 4)
        let name = UInt32(truncatingIfNeeded: hash)
        if let place = chatExtras.firstIndex(where: { $0.name == name }) {
            let mixed = ctext_mix64(UInt64(chatExtras[place].value) &+ hash &+ value.contentHash)
            chatExtras[place].value = UInt32(truncatingIfNeeded: mixed)
        } else if chatExtras.count < Self.maximumExtras {
            if fieldNames.count < Self.maximumFieldNames, fieldNames[name] == nil {
                fieldNames[name] =
                    "turns." + String(decoding: key.prefix(SliceSet.maximumValueBytes), as: UTF8.self)
            }
            chatExtras.append(OutsideField(name: name, value: UInt32(truncatingIfNeeded: value.contentHash)))
        } else {
            let mixed = ctext_mix64(hash &+ value.contentHash)
            chatExtras[Self.maximumExtras - 1].value &+= UInt32(truncatingIfNeeded: mixed)
        }
    }
}

/// A field that holds turns, waiting for its place in the row's order.
private struct PendingTurn {
    var order: Int
    /// Whose turn it is where its messages do not say; `nil`: bare strings alternate between the sides.
    var role: Role?
    var node: JSONNode
    var mark = TurnMark.none
}

// MARK: - Turns

extension RowMapper {
    /// One field: a string is a turn, an object a message, an array a list of them; a system prompt and tool
    /// schemas are one turn whatever they are.
    private func appendField(_ field: PendingTurn) {
        let isChat = field.role?.side != nil || field.role == nil
        let isChoices = field.order == FieldMapping.choicesOrder && !lastPlan.mapping.isExplicit
        if isChat, field.node.isArray, !isChoices {
            field.node.forEachElement { appendMessage($0, role: field.role, mark: field.mark) }
        } else if isChoices {
            appendTurn(role: .user, mark: .none) { self.appendChoices(field.node, to: &$0) }
        } else if let string = field.node.string, string.isEmpty {
            // The empty `input` of an instruction row says nothing.
        } else if isChat, field.node.isObject, field.role != .text {
            appendMessage(field.node, role: field.role, mark: field.mark)
        } else {
            appendTurn(role: field.role ?? .user, mark: field.mark) { self.append(&$0, field.node) }
        }
    }

    /// The answers that a question offers, a line each.
    private func appendChoices(_ node: JSONNode, to bytes: inout [UInt8]) {
        var isFirst = true
        let one: (JSONNode, inout [UInt8]) -> Void = { choice, bytes in
            if !isFirst { bytes.append(UInt8(ascii: "\n")) }
            isFirst = false
            self.append(&bytes, choice.isObject ? choice.field("text") ?? choice : choice)
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

    private func appendTurn(role: Role, mark: TurnMark = .none, _ body: (inout [UInt8]) -> Void) {
        let start = text.count
        body(&text)
        turns.append(Turn(role: role, mark: mark, offset: start, length: text.count - start))
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
        var calls: [JSONNode] = []
        node.forEachField { key, value in
            if let tags, key.equals(tags.roleKey) {
                role = Self.role(named: value, tags)
            } else if let tags, key.equals(tags.contentKey) {
                content = value
            } else if key.equals("role") || key.equals("from") || key.equals("speaker") {
                role = Self.role(named: value, speaker: key.count == 7)
            } else if key.equals("content") || key.equals("value") || key.equals("utterance")
                || key.equals("text")
            {
                content = value
            } else if key.equals("tool_calls") || key.equals("function_call") {
                if !value.isNull { calls.append(value) }
            } else if key.equals("weight") || key.equals("loss_weight") {
                mappedHash = ctext_mix64(mappedHash &+ value.contentHash &+ 1)
                if readsOutside { addExtra(key, value) }
            } else if readsOutside, !value.isNull {
                addExtra(key, value)
            }
        }
        // The answers of a preference pair may each repeat the prompt: it is taken once, unmarked.
        if mark == .rejected, role != .assistant { return }
        appendTurn(role: role, mark: role == .assistant ? mark : .none) { bytes in
            if let content, !content.isNull { self.appendContent(content, to: &bytes) }
            for call in calls { self.appendCalls(call, to: &bytes) }
        }
    }

    /// Text, or an array of parts: text parts as they are, any other as `<type>` and its hash.
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
            if !first { bytes.append(UInt8(ascii: "\n")) }
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
                (function.field("name")?.contentHash ?? 0) &+ (function.field("arguments")?.contentHash ?? 0)
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
            "function_call":
            return .assistant
        case "tool", "function", "observation", "ipython", "tool_response", "function_response": return .tool
        case "user", "human", "prompter", "customer", "client", "visitor": return .user
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
