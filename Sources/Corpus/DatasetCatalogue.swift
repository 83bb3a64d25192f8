/// A `dataset_info.json` as LLaMA-Factory has it: which files of a folder are data sets, and how their fields map.
///
/// Defaults are those of its `data/parser.py`: without `columns` the published names hold; with `columns` only
/// those that it gives. Tags that are left out have their published names.
package struct DatasetCatalogue: Sendable, Equatable {
    /// The file's name, wherever it lies.
    package static let fileName = "dataset_info.json"

    package struct Entry: Sendable, Equatable {
        /// The name of the data set.
        package var name: String
        /// A file or folder, below the catalogue's folder.
        package var fileName: String
        package var mapping: FieldMapping
    }

    /// In the order of the file.
    package private(set) var entries: [Entry] = []

    /// - Returns: `nil` where the value is no catalogue: no object, or one without a data set that names its source.
    /// - Complexity: O(words of the value's tape).
    package init?(_ node: JSONNode) {
        guard node.isObject else { return nil }
        var isCatalogue = false
        var entries: [Entry] = []
        node.forEachField { key, value in
            guard value.isObject else { return }
            for source in ["file_name", "hf_hub_url", "ms_hub_url", "script_url", "cloud_file_name"] {
                if value.text(Array(source.utf8)) != nil { isCatalogue = true }
            }
            guard let fileName = value.text(Array("file_name".utf8)) else { return }
            let name = String(decoding: key, as: UTF8.self)
            entries.append(Entry(name: name, fileName: fileName, mapping: Self.mapping(value)))
        }
        guard isCatalogue else { return nil }
        self.entries = entries
    }

    /// The mapping of a file by its path below the catalogue's folder; `nil` where no entry names it. Of several
    /// entries for one file the first counts.
    package func mapping(ofFile path: String) -> FieldMapping? {
        entries.first { entry in
            if path == entry.fileName { return true }
            let folder = entry.fileName.hasSuffix("/") ? entry.fileName : entry.fileName + "/"
            if path.hasPrefix(folder) { return true }
            return [".gz", ".zst"].contains { path == entry.fileName + $0 }
        }?.mapping
    }

    private static func mapping(_ node: JSONNode) -> FieldMapping {
        let columns = node.field("columns").flatMap { $0.isObject ? $0 : nil }
        let isRanking = node.field("ranking")?.typeByte == UInt8(ascii: "t")
        var uses: [String: FieldMapping.Use] = [:]
        for name in FieldMapping.conversationFields { uses[name] = .conversation }
        let common: [(StaticString, FieldMapping.Use)] = [
            ("system", .system), ("tools", .tools), ("images", .media), ("videos", .media),
            ("audios", .media),
            ("chosen", .chosen), ("rejected", .rejected), ("kto_tag", .label),
        ]
        for (column, use) in common {
            if let field = columns?.text(column) { uses[field] = use }
        }
        let formatting = node.text("formatting") ?? "alpaca"
        if formatting == "alpaca" {
            return alpaca(columns, isRanking: isRanking, uses: uses)
        }
        uses[columns.map { $0.text("messages") ?? "messages" } ?? "conversations"] = .chat
        let tags = formatting == "openai" ? nil : chatTags(node.field("tags"))
        let shape: FieldMapping.Shape =
            isRanking ? .preference : formatting == "openai" ? .messages : .conversations
        return FieldMapping(shape: shape, uses: uses, tags: tags)
    }

    private static func alpaca(
        _ columns: JSONNode?, isRanking: Bool, uses common: [String: FieldMapping.Use]
    ) -> FieldMapping {
        var uses = common
        let prompt = columns == nil ? "instruction" : columns?.text("prompt")
        let query = columns == nil ? "input" : columns?.text("query")
        let response = columns == nil ? "output" : columns?.text("response")
        if let history = columns?.text("history") { uses[history] = .history }
        // A prompt alone is plain text: a corpus for pre-training.
        let isText = query == nil && response == nil && !isRanking && !uses.values.contains(.chosen)
        if let prompt { uses[prompt] = .turn(isText ? .text : .user, order: 0) }
        if let query { uses[query] = .turn(.user, order: 1) }
        if let response, !isRanking { uses[response] = .turn(.assistant, order: 100) }
        return FieldMapping(shape: isRanking ? .preference : isText ? .text : .pair, uses: uses)
    }

    /// `nil` where all tags are the published ones.
    private static func chatTags(_ node: JSONNode?) -> ChatTags? {
        guard let node, node.isObject else { return nil }
        let names: [(StaticString, Role)] = [
            ("user_tag", .user), ("assistant_tag", .assistant), ("observation_tag", .tool),
            ("function_tag", .assistant), ("system_tag", .system),
        ]
        var roles: [String: Role] = [:]
        for (tag, role) in names {
            if let name = node.text(tag) { roles[name] = role }
        }
        return ChatTags(
            roleKey: node.text("role_tag") ?? "from", contentKey: node.text("content_tag") ?? "value",
            roles: roles)
    }
}

extension JSONNode {
    /// The text of a field that is a string and not empty.
    fileprivate func text(_ name: StaticString) -> String? {
        text(Array(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)))
    }

    fileprivate func text(_ name: [UInt8]) -> String? {
        guard let bytes = field(name)?.string, !bytes.isEmpty else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
