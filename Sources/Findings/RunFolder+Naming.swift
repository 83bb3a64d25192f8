extension RunFolder {
    /// The parent of runs without `--out`.
    package static let defaultParent = "assay-runs"

    /// The automatic name's stem: `<verb>-<base>`, where base is the shard's file name without the extensions
    /// of its format, in ASCII letters, digits, `.`, `-` and `_`, at most 80 bytes.
    package static func stem(verb: String, firstShard: String) -> String {
        var base = Substring(firstShard.split(separator: "/").last ?? "")
        for suffix in [".gz", ".zst", ".jsonl", ".ndjson", ".json", ".parquet"]
        where base.count > suffix.count {
            if base.hasSuffix(suffix) { base = base.dropLast(suffix.count) }
        }
        var plain: [UInt8] = []
        for byte in base.utf8.prefix(80) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
                plain.append(byte)
            default:
                if plain.last != UInt8(ascii: "_") { plain.append(UInt8(ascii: "_")) }
            }
        }
        let text = String(decoding: plain, as: UTF8.self)
        return text.isEmpty || text == "_" ? verb : "\(verb)-\(text)"
    }

    /// The name that the run is to get, as things stand on disk.
    ///
    /// - Throws: `folderExists` where something is in the way.
    static func finalPath(_ name: Name, force: Bool) throws -> String {
        switch name {
        case .path(let path):
            var path = Substring(path)
            while path.count > 1 && path.hasSuffix("/") { path = path.dropLast() }
            try checkReplaceable(String(path), force: force)
            return String(path)
        case .automatic(let parent, let verb, let firstShard):
            let stem = "\(parent)/\(stem(verb: verb, firstShard: firstShard))"
            var path = stem
            var number = 2
            while exists(path) {
                path = "\(stem)-\(number)"
                number += 1
            }
            return path
        }
    }

    /// - Throws: `folderExists` unless the path is free, an empty folder, or, with `force`, a run without
    ///   decisions and without files that are not a run's.
    private static func checkReplaceable(_ path: String, force: Bool) throws {
        guard exists(path) else { return }
        guard isFolder(path) else {
            throw FindingsError(
                .folderExists, "is no folder; choose another name with --out", place: path)
        }
        let names = try entries(of: path)
        if names.isEmpty { return }
        let known = Set(RunFile.allCases.map(\.name)).union([".gitignore"])
        if names.contains(RunFile.decisions.name) {
            throw FindingsError(
                .folderExists, "holds reviewers' decisions and is never overwritten; choose another folder",
                place: path)
        }
        guard names.contains(RunFile.manifest.name), names.allSatisfy(known.contains) else {
            throw FindingsError(
                .folderExists, "holds files that are no run's; choose another folder with --out", place: path)
        }
        guard force else {
            throw FindingsError(
                .folderExists, "a run exists; choose another folder with --out, or overwrite it with --force",
                place: path)
        }
    }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
