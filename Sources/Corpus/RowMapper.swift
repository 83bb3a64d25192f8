import CText

/// Turns one parsed row into turns, label, outside fields and slice values; one per thread.
///
/// The properties hold the row mapped last and are reused for the next.
package final class RowMapper {
    /// The text of all turns, one after another.
    package internal(set) var text: [UInt8] = []
    package internal(set) var turns: [Turn] = []
    /// Sorted by name.
    package private(set) var outside: [OutsideField] = []
    /// 0 where the row has no label or score, or where nothing outside the turns is read.
    package private(set) var labelHash: UInt64 = 0
    /// Of the mapped fields that are neither turn nor label: tool schemas, message weights.
    package internal(set) var mappedHash: UInt64 = 0
    /// Of the parts that are no text (images) and of the tool calls; 0 where there are none. Rows whose part
    /// hashes differ are different texts, whatever their similarity.
    package internal(set) var partHash: UInt64 = 0
    /// 0 where the row has no conversation field.
    package private(set) var conversationHash: UInt64 = 0
    /// The row's values of the slices, in the encoding of `SliceSet`.
    package private(set) var sliceValues: [UInt8] = []
    /// Names of the outside fields, ignored ones and labels met so far, by hash; at most `maximumFieldNames`.
    package private(set) var fieldNames: [UInt32: String] = [:]

    private let ignoredFields: Set<[UInt8]>
    /// Top-level objects whose members differ each by itself.
    private let parted: Set<[UInt8]>
    private var memberName: [UInt8] = []
    private var slices: SliceReader
    private let toolsAreCompared: Bool
    let readsOutside: Bool
    private var plan: FieldPlan
    private var lastPlan: FieldPlan
    private var otherPlans: [FieldMapping: FieldPlan] = [:]
    private(set) var pending: [PendingTurn] = []
    /// What messages hold beside speaker and content, by the name of the field.
    private var chatExtras: [OutsideField] = []
    package private(set) var mediaHash: UInt64 = 0
    private(set) var tags: FieldPlan.Tags?

    /// Fields beyond this number count as one.
    static let maximumOutsideFields = 1024
    /// Fields of messages that are told apart in one row.
    static let maximumExtras = 64
    /// Names of fields that a mapper remembers.
    package static let maximumFieldNames = 4096

    /// - Parameters:
    ///   - ignoredFields: top-level fields that never make two rows differ.
    ///   - slices: the declared slice fields, in order.
    ///   - parted: top-level fields whose members are told apart where they are objects.
    ///   - toolsAreCompared: tool schemas are a turn of the prompt side (`--on all`).
    ///   - readsOutside: whether what lies outside the turns is looked at: without it `outside`, `mappedHash` and
    ///     `fieldNames` stay empty.
    package init(
        ignoredFields: [String], parted: [String] = [], slices: [FieldPath], toolsAreCompared: Bool,
        readsOutside: Bool = true
    ) {
        self.parted = Set(parted.map { Array($0.utf8) })
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

    /// Takes some turns of the row that another mapper holds, and nothing else of it.
    ///
    /// - Complexity: O(bytes of these turns).
    package func take(_ other: RowMapper, where isTaken: (Turn, _ number: Int) -> Bool) {
        clear()
        sliceValues.removeAll(keepingCapacity: true)
        for (number, turn) in other.turns.enumerated() where isTaken(turn, number) {
            var taken = turn
            taken.offset = UInt32(truncatingIfNeeded: text.count)
            text += other.text[turn.range]
            turns.append(taken)
        }
    }

    private func clear() {
        text.removeAll(keepingCapacity: true)
        turns.removeAll(keepingCapacity: true)
        outside.removeAll(keepingCapacity: true)
        labelHash = 0
        mappedHash = 0
        partHash = 0
        conversationHash = 0
        mediaHash = 0
    }

    private func otherPlan(for mapping: FieldMapping) -> FieldPlan {
        if let known = otherPlans[mapping] { return known }
        let made = FieldPlan(mapping)
        otherPlans[mapping] = made
        return made
    }

    private func mapOnce(_ row: JSONNode, plan: FieldPlan) {
        lastPlan = plan
        clear()
        pending.removeAll(keepingCapacity: true)
        if !chatExtras.isEmpty { chatExtras.removeAll(keepingCapacity: true) }
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
        let transcripts = pending.count > 1 ? answerTranscripts : nil
        for field in pending { appendField(field, transcripts) }
        if mediaHash != 0 { partHash = ctext_mix64(partHash &+ mediaHash) }
        for extra in chatExtras { outside.append(extra) }
        if outside.count > 1 { outside.sort() }
    }

    private func take(_ key: UnsafeRawBufferPointer, _ value: JSONNode, _ plan: FieldPlan) {
        guard let use = plan.use(of: key) else {
            if readsOutside { addParts(key, value) }
            return
        }
        if value.isNull { return }
        switch use {
        case .system: hold(FieldPlan.systemOrder, .system, value)
        case .history: hold(FieldPlan.historyOrder, nil, value)
        case .chat: hold(FieldPlan.chatOrder, nil, value)
        case .turn(let role, let order): hold(order, role, value)
        case .choices:
            pending.append(
                PendingTurn(order: FieldPlan.choicesOrder, role: .user, node: value, isChoices: true))
            // They may hold more than their text: which of them is right.
            if readsOutside, value.isObject || value.firstElement?.isObject == true { addOutside(key, value) }
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
        if value.string?.isEmpty == true || value.isArray && value.firstElement == nil { return }
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

    /// The field, or each of its members (`meta.id`).
    private func addParts(_ key: UnsafeRawBufferPointer, _ value: JSONNode) {
        guard !parted.isEmpty, value.isObject, parted.contains(Array(key)),
            !ignoredFields.contains(Array(key))
        else {
            addOutside(key, value)
            return
        }
        value.forEachField { member, inner in
            memberName.removeAll(keepingCapacity: true)
            memberName += key
            memberName.append(UInt8(ascii: "."))
            memberName += member
            memberName.withUnsafeBytes { addOutside($0, inner) }
        }
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
    func addExtra(_ key: UnsafeRawBufferPointer, _ value: JSONNode) {
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
struct PendingTurn {
    var order: Int
    /// Whose turn it is where its messages do not say; `nil`: bare strings alternate between the sides.
    var role: Role?
    var node: JSONNode
    var mark = TurnMark.none
    /// The answers that a question offers.
    var isChoices = false
}
