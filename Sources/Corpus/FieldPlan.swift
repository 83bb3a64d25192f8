/// A mapping made ready for matching keys by their bytes.
struct FieldPlan {
    static let toolsOrder = -40
    static let systemOrder = -30
    static let historyOrder = -20
    static let chatOrder = -10
    static let chosenOrder = 2000
    static let rejectedOrder = 2001

    let mapping: FieldMapping
    private let named: [(name: [UInt8], use: FieldMapping.Use)]

    init(_ mapping: FieldMapping) {
        self.mapping = mapping
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

extension FieldMapping {
    /// The role of the nested text fields that the user named.
    var nestedRole: Role { shape == .text ? .text : .user }
}
