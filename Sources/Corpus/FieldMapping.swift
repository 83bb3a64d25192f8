/// How the fields of a shard's rows become turns: which field is the chat, the prompt, the label.
package struct FieldMapping: Sendable, Hashable {
    /// The published layouts that are told apart.
    package enum Shape: String, Sendable, CaseIterable {
        /// An array of messages with `role` and `content`.
        case messages
        /// An array of messages with `from` and `value` (ShareGPT).
        case conversations
        /// An array of strings, or of objects with `speaker` and `utterance`.
        case turns
        /// `instruction`, `input`, `output` (Alpaca) or any prompt and response field.
        case pair
        /// Two answers to one prompt.
        case preference
        /// Plain text without a speaker.
        case text
        /// No field that holds text is known.
        case none
    }

    /// What a top-level field is used for.
    package enum Use: Sendable, Hashable {
        case chat, history, system, tools, chosen, rejected, label, conversation
        /// Images, sound, video: another one is another text.
        case media
        /// The answers that a question offers: one turn behind it.
        case choices
        case turn(Role, order: Int)
    }

    /// A nested field that is a turn (`userInput.text`); where a list lies on its path, each element gives one.
    package struct NestedField: Sendable, Hashable {
        package var path: FieldPath
        package var role: Role
        /// Place among the row's turns, as for a top-level field.
        package var order: Int

        package init(path: FieldPath, role: Role, order: Int) {
            self.path = path
            self.role = role
            self.order = order
        }
    }

    package var shape: Shape
    /// Field name to use; a field that is not here lies outside the compared text.
    package var uses: [String: Use]
    /// Nested turn fields, beside the top-level ones.
    package var nested: [NestedField]
    /// Nested fields that hold a label or score, beside the top-level ones.
    package var nestedLabels: [FieldPath] = []
    /// Keys and names of a chat's messages, where they are not the published ones.
    package var tags: ChatTags?
    /// Set by the user: rows that it maps to no text are not tried by another mapping.
    package var isExplicit: Bool

    package init(
        shape: Shape, uses: [String: Use], nested: [NestedField] = [], tags: ChatTags? = nil,
        isExplicit: Bool = false
    ) {
        self.shape = shape
        self.uses = uses
        self.nested = nested
        self.tags = tags
        self.isExplicit = isExplicit
    }

    /// What the report prints: `messages (OpenAI)`.
    package var summary: String {
        let below = nested.map { (order: $0.order, name: $0.path.description) }
        let names = (turnFields.map { ($0.order, $0.name) } + below)
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
        let chat = uses.filter { $0.value == .chat }.map(\.key).sorted().joined(separator: ", ")
        switch shape {
        case .messages: return "\(chat) (OpenAI)"
        case .conversations: return "\(chat) (\(tags == nil ? "ShareGPT" : "chat"))"
        case .turns: return "\(chat) (turns)"
        case .pair: return names.joined(separator: ", ")
        case .preference:
            let answers = uses.filter { $0.value == .chosen || $0.value == .rejected }.map(\.key).sorted()
            return (names + [chat].filter { !$0.isEmpty } + answers).joined(separator: ", ")
        case .text: return "text: " + names.joined(separator: ", ")
        case .none: return "no text field"
        }
    }

    /// The top-level fields that are turns, in no order.
    package var turnFields: [(order: Int, name: String, role: Role)] {
        uses.compactMap { name, use in
            switch use {
            case .turn(let role, let order): (order, name, role)
            case .choices: (FieldPlan.choicesOrder, name, .user)
            default: nil
            }
        }
    }

    /// Adds a field that holds a label or score; `metadata.label` is one within another.
    package mutating func addLabel(_ field: String) {
        uses[field] = .label
        let path = FieldPath(field)
        if field.contains("."), !nestedLabels.contains(path) { nestedLabels.append(path) }
    }

    /// Names of the top-level fields of a use, sorted.
    package func fields(of use: Use) -> [String] { uses.filter { $0.value == use }.map(\.key).sorted() }

    /// Whether a top-level field holds turns, system prompt or tool schemas.
    package func holdsTurns(_ field: String) -> Bool {
        switch uses[field] {
        case .chat, .history, .system, .tools, .chosen, .rejected, .turn, .choices, .media: true
        case .label, .conversation, nil: false
        }
    }
}
