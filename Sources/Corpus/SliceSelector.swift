/// Rows of a slice: a field with one value, or with any.
package struct SliceSelector: Sendable, Hashable, Codable {
    package var field: String
    /// `nil`: each of the field's values.
    package var value: String?

    package init(field: String, value: String? = nil) {
        self.field = field
        self.value = value
    }

    /// Reads `FIELD=VALUE` or `FIELD`.
    package init(_ text: String) {
        guard let equals = text.firstIndex(of: "=") else {
            self.init(field: text, value: nil)
            return
        }
        self.init(field: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }

    package var description: String { value.map { "\(field)=\($0)" } ?? field }
}
