/// A field by its name, nested by dots: `meta.queue`.
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    package let description: String
    package let components: [[UInt8]]

    package init(_ text: String) {
        description = text
        components = text.split(separator: ".", omittingEmptySubsequences: true).map { Array($0.utf8) }
    }

    /// The top-level field that the path starts in.
    package var root: [UInt8] { components.first ?? [] }
}
