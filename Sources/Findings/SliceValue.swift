/// A field and one of its values.
package struct SliceValue: Sendable, Hashable {
    package var field: String
    package var value: String

    package init(field: String, value: String) {
        self.field = field
        self.value = value
    }

    /// What every row of a shard lies in by its name: the shard, and the folder where there is one.
    package static func places(ofShard name: String) -> [SliceValue] {
        var values = [SliceValue(field: "shard", value: name)]
        if let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) {
            values.append(SliceValue(field: "folder", value: String(name[..<slash])))
        }
        return values
    }
}
