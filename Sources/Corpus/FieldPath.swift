/// A field by its name, nested by dots: `meta.queue`.
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    package let description: String
    package let components: [[UInt8]]
    /// The bytes of the description.
    let name: [UInt8]

    package init(_ text: String) {
        description = text
        name = Array(text.utf8)
        components = text.split(separator: ".", omittingEmptySubsequences: true).map { Array($0.utf8) }
    }

    /// The top-level field that the path starts in.
    package var root: [UInt8] { components.first ?? [] }
}

extension JSONNode {
    /// Calls `body` with each value at the path; lists on the way and at its end give each of their elements.
    ///
    /// - Complexity: O(fields of the objects met).
    package func forEachValue(at path: FieldPath, _ body: (JSONNode) -> Void) {
        forEachValue(at: path, from: 0, body)
    }

    /// - Parameter depth: components of the path that lead to this node.
    func forEachValue(at path: FieldPath, from depth: Int, _ body: (JSONNode) -> Void) {
        if isArray {
            forEachElement { $0.forEachValue(at: path, from: depth, body) }
        } else if depth < path.components.count {
            field(path.components[depth])?.forEachValue(at: path, from: depth + 1, body)
        } else {
            body(self)
        }
    }
}
