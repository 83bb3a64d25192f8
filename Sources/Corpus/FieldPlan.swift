/// A mapping made ready for matching keys by their bytes.
final class FieldPlan {
    static let toolsOrder = -40
    static let systemOrder = -30
    static let historyOrder = -20
    static let chatOrder = -10
    /// Behind the fields of a prompt and before those of a response.
    static let choicesOrder = 50
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
    /// Names one after another, the shorter first, each with its end and its use: a look takes no references.
    private let names: [UInt8]
    private let ends: [Int]
    private let uses: [FieldMapping.Use]

    init(_ mapping: FieldMapping) {
        self.mapping = mapping
        tags = mapping.tags.map { tags in
            Tags(
                roleKey: Array(tags.roleKey.utf8), contentKey: Array(tags.contentKey.utf8),
                roles: tags.roles.map { (Array($0.key.utf8), $0.value) })
        }
        let named = mapping.uses.map { (name: Array($0.key.utf8), use: $0.value) }
            .sorted { $0.name.count < $1.name.count }
        names = named.flatMap(\.name)
        var end = 0
        ends = named.map {
            end += $0.name.count
            return end
        }
        uses = named.map(\.use)
    }

    /// - Complexity: O(names of the key's length).
    func use(of key: UnsafeRawBufferPointer) -> FieldMapping.Use? {
        var start = 0
        for (place, end) in ends.enumerated() {
            let length = end - start
            if length > key.count { return nil }
            if length == key.count, isName(start..<end, key) { return uses[place] }
            start = end
        }
        return nil
    }

    private func isName(_ range: Range<Int>, _ key: UnsafeRawBufferPointer) -> Bool {
        names.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[range]).equals(key) }
    }
}
