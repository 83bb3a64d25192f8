/// A mapping made ready for matching keys by their bytes.
final class FieldPlan {
    static let toolsOrder = -40
    static let systemOrder = -30
    static let historyOrder = -20
    static let chatOrder = -10
    static let chosenOrder = 2000
    static let rejectedOrder = 2001

    /// `ChatTags` for matching by bytes.
    struct Tags {
        let roleKey: [UInt8]
        let contentKey: [UInt8]
        let roles: [(name: [UInt8], role: Role)]
    }

    let mapping: FieldMapping
    let tags: Tags?
    private let named: [(name: [UInt8], use: FieldMapping.Use)]

    init(_ mapping: FieldMapping) {
        self.mapping = mapping
        tags = mapping.tags.map { tags in
            Tags(
                roleKey: Array(tags.roleKey.utf8), contentKey: Array(tags.contentKey.utf8),
                roles: tags.roles.map { (Array($0.key.utf8), $0.value) })
        }
        named = mapping.uses.map { (Array($0.key.utf8), $0.value) }.sorted { $0.name.count < $1.name.count }
    }

    /// - Complexity: O(names of the key's length).
    func use(of key: UnsafeRawBufferPointer) -> FieldMapping.Use? {
        for (name, use) in named {
            if name.count < key.count { continue }
            if name.count > key.count { return nil }
            if name.withUnsafeBytes({ $0.equals(key) }) { return use }
        }
        return nil
    }
}
