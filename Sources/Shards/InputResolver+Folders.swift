import Glibc

extension InputResolver {
    /// Files that a note names before it counts the rest.
    private static let namedInNote = 20

    /// Adds the shards below a folder, each folder once, links followed.
    mutating func addFolder(_ path: [UInt8], given input: String) throws {
        var trimmed = path
        while trimmed.count > 1, trimmed.last == UInt8(ascii: "/") { trimmed.removeLast() }
        let root = try Self.realFolder(trimmed, given: input)
        var skipped: [String] = []
        // Each entry: the path to open, and the path from the root.
        var open: [(path: [UInt8], absolutePath: [UInt8])] = [(trimmed, root)]
        while let folder = open.popLast() {
            guard let status = FileStatus(path: folder.path) else { continue }
            guard foldersSeen.insert([status.device, status.inode]).inserted else {
                notes.append("\(Shard.text(of: folder.path)) was reached twice and is read once")
                continue
            }
            let names = try Self.entries(of: folder.path)
            if folder.path != trimmed, Self.areOfRun(names) {
                notes.append("\(Shard.text(of: folder.path)) is a run of assay and is not read")
                continue
            }
            for name in names {
                let path = folder.path + [UInt8(ascii: "/")] + name
                let absolutePath = folder.absolutePath + [UInt8(ascii: "/")] + name
                try addEntry(path, absolutePath, name: name, open: &open, skipped: &skipped)
            }
        }
        note(skipped: skipped.sorted(), in: input)
    }

    private mutating func addEntry(
        _ path: [UInt8], _ absolutePath: [UInt8], name: [UInt8],
        open: inout [(path: [UInt8], absolutePath: [UInt8])], skipped: inout [String]
    ) throws {
        if name.first == UInt8(ascii: ".") { return }
        let isShard = ShardFormat(name: name) != nil
        guard let status = FileStatus(path: path) else {
            guard isShard else { return skipped.append(Shard.text(of: path)) }
            throw ShardError(
                .unreadable, "cannot be looked at: \(SystemCall.errorText); repair or remove it",
                shard: Shard.text(of: path), cause: SystemCall.errorText)
        }
        switch status.kind {
        case .folder: open.append((path, absolutePath))
        case .file where isShard:
            files.append(FoundFile(path: path, absolutePath: absolutePath, status: status))
        default: skipped.append(Shard.text(of: path))
        }
    }

    private mutating func note(skipped: [String], in input: String) {
        guard !skipped.isEmpty else { return }
        var text = "\(input): skipped \(skipped.count) files that are no shards by their names: "
        text += skipped.prefix(Self.namedInNote).joined(separator: ", ")
        if skipped.count > Self.namedInNote { text += ", and \(skipped.count - Self.namedInNote) more" }
        notes.append(text)
    }

    /// Whether a folder with these names is a run's: its findings are no training rows.
    private static func areOfRun(_ names: [[UInt8]]) -> Bool {
        ["run.json", "summary.json", "findings.sqlite"].allSatisfy { names.contains(Array($0.utf8)) }
    }

    /// The names in a folder but for `.` and `..`, sorted bytewise.
    private static func entries(of folder: [UInt8]) throws -> [[UInt8]] {
        guard let stream = folder.withCPath({ opendir($0) }) else {
            let cause = SystemCall.errorText
            throw ShardError(
                .unreadable, "the folder cannot be read: \(cause); check that you may read it",
                shard: Shard.text(of: folder), cause: cause)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
