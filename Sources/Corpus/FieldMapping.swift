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
        case turn(Role, order: Int)
    }

    package var shape: Shape
    /// Field name to use; a field that is not here lies outside the compared text.
    package var uses: [String: Use]
    /// Nested text fields (`userInput.text`), beside the top-level ones; each is a turn.
    package var nested: [FieldPath]
    /// Set by the user: rows that it maps to no text are not tried by another mapping.
    package var isExplicit: Bool

    package init(shape: Shape, uses: [String: Use], nested: [FieldPath] = [], isExplicit: Bool = false) {
        self.shape = shape
        self.uses = uses
        self.nested = nested
        self.isExplicit = isExplicit
    }

    /// What the report prints: `messages (OpenAI)`.
    package var summary: String {
        let turnFields = uses.compactMap { name, use -> (Int, String)? in
            guard case .turn(_, let order) = use else { return nil }
            return (order, name)
        }
        let names = turnFields.sorted { $0 < $1 }.map(\.1) + nested.map(\.description)
        let chat = uses.filter { $0.value == .chat }.map(\.key).sorted().joined(separator: ", ")
        switch shape {
        case .messages: return "\(chat) (OpenAI)"
        case .conversations: return "\(chat) (ShareGPT)"
        case .turns: return "\(chat) (turns)"
        case .pair: return names.joined(separator: ", ")
        case .preference: return (names + [chat].filter { !$0.isEmpty } + ["chosen", "rejected"]).joined(separator: ", ")
        case .text: return "text: " + names.joined(separator: ", ")
        case .none: return "no text field"
        }
    }
}
