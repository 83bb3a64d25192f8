extension RunDifferences {
    /// Which mapping a shard has follows from the shards, and gates judge what is there.
    private static let unrelated: Set<String> = ["mappingOfShard", "gates", "maxBadRows", "raw"]

    /// What can change a figure and is another, by name: options; the program, libraries and word lists.
    ///
    /// Where the runs are of two commands, options that only one of them has are left out.
    static func settings(_ before: RunManifest, _ after: RunManifest) -> [Setting] {
        var settings = [Setting("command", .string(before.command), .string(after.command))]
        let old = fields(before), new = fields(after)
        for name in Set(old.keys).union(new.keys).sorted(by: precedes) where !unrelated.contains(name) {
            if before.command != after.command, old[name] == nil || new[name] == nil { continue }
            settings.append(Setting(name, old[name] ?? .null, new[name] ?? .null))
        }
        let oldVersions = versions(before), newVersions = versions(after)
        for name in Set(oldVersions.keys).union(newVersions.keys).sorted(by: precedes) {
            settings.append(
                Setting(
                    name, oldVersions[name].map { .string($0) } ?? .null,
                    newVersions[name].map { .string($0) } ?? .null))
        }
        return settings.filter { $0.before != $0.after }
    }

    private static func precedes(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    private static func fields(_ manifest: RunManifest) -> [String: JSONValue] {
        guard case .object(let fields) = manifest.configuration else { return [:] }
        return fields
    }

    private static func versions(_ manifest: RunManifest) -> [String: String] {
        var versions = [manifest.tool.name: manifest.tool.version]
        for component in manifest.components { versions[component.name] = component.version }
        return versions
    }
}

extension RunDifferences.Setting {
    fileprivate init(_ name: String, _ before: JSONValue, _ after: JSONValue) {
        self.name = name
        self.before = String(decoding: before.bytes, as: UTF8.self)
        self.after = String(decoding: after.bytes, as: UTF8.self)
    }
}
