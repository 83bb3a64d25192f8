import Glibc

/// Turns the inputs of a command line into shards: files, folders, globs, and `-` for standard input.
///
/// A folder gives the files below it whose names say that they are shards, never hidden ones; what it skips is
/// named in the notes. A file that is named itself is taken whatever its name. FIFOs, devices and sockets are
/// refused. A file reached twice (same device and inode) is read once, with a note.
package struct InputResolver {
    var files: [FoundFile] = []
    var notes: [String] = []
    var foldersSeen: Set<[UInt64]> = []

    /// Finds the shards.
    ///
    /// - Parameters:
    ///   - inputs: as they stand on the command line.
    ///   - format: overrides what names and text say, but for a Parquet magic.
    ///   - spoolFolder: an existing folder of the caller's, into which standard input is copied.
    ///   - standardInput: the descriptor that `-` means.
    /// - Returns: at least one shard.
    /// - Throws: `ShardError` of codes `noInput`, `notFound`, `notAFile`, `unreadable`, `nameTwice`,
    ///   `unwritable`.
    /// - Complexity: O(files below the inputs); the first bytes of each shard are read.
    package static func resolve(
        _ inputs: [String], format: ShardFormat? = nil, spoolFolder: String, standardInput: Int32 = 0
    ) throws -> ResolvedInputs {
        guard !inputs.isEmpty else {
            throw ShardError(
                .noInput, "no input was given; name files, folders, patterns, or - for standard input",
                shard: "")
        }
        var resolver = InputResolver()
        var isInputSpooled = false
        for input in inputs {
            if input != "-" {
                try resolver.add(Array(input.utf8), given: input)
            } else if isInputSpooled {
                resolver.notes.append("standard input was named twice and is read once")
            } else {
                isInputSpooled = true
                try resolver.spool(standardInput, below: spoolFolder)
            }
        }
        resolver.dropRepeated()
        guard !resolver.files.isEmpty else {
            throw ShardError(
                .noInput,
                "no shard was found; a folder gives .jsonl, .ndjson, .json (also with .gz or .zst) and .parquet",
                shard: inputs.count == 1 ? inputs[0] : "")
        }
        let shards = try ShardNaming(resolver.files).shards(format: format)
        return ResolvedInputs(shards: shards, notes: resolver.notes.sorted())
    }

    /// Adds a file, the shards below a folder, or what a pattern matches.
    private mutating func add(_ path: [UInt8], given input: String) throws {
        guard let status = FileStatus(path: path) else {
            let reason = errno
            let matches = reason == ENOENT || reason == ENOTDIR ? Self.matches(of: path) : []
            guard !matches.isEmpty else { throw Self.missing(input, reason: reason) }
            for match in matches {
                guard let status = FileStatus(path: match) else {
                    throw Self.missing(Shard.text(of: match), reason: errno)
                }
                try add(match, status: status, given: Shard.text(of: match))
            }
            return
        }
        try add(path, status: status, given: input)
    }

    private mutating func add(_ path: [UInt8], status: FileStatus, given input: String) throws {
        switch status.kind {
        case .file:
            files.append(
                FoundFile(path: path, absolutePath: try Self.absolute(path, given: input), status: status))
        case .folder: try addFolder(path, given: input)
        case .fifo:
            throw ShardError(
                .notAFile,
                "is a pipe, which can be read once only; pass it to standard input and name - instead",
                shard: input)
        case .device, .socket:
            throw ShardError(
                .notAFile, "is a device or a socket; name files, folders, or - for standard input",
                shard: input)
        }
    }

    /// Keeps of each file the path that sorts first.
    private mutating func dropRepeated() {
        files.sort { $0.absolutePath.lexicographicallyPrecedes($1.absolutePath) }
        var first: [[UInt64]: Int] = [:]
        var kept: [FoundFile] = []
        for file in files {
            let key = [file.status.device, file.status.inode]
            if let earlier = first[key] {
                notes.append(
                    "\(Shard.text(of: file.path)) is the same file as \(Shard.text(of: kept[earlier].path))"
                        + " and is read once")
            } else {
                first[key] = kept.count
                kept.append(file)
            }
        }
        files = kept
    }

    /// What glob(3) makes of a pattern; nothing where the text holds no wild card.
    private static func matches(of pattern: [UInt8]) -> [[UInt8]] {
        guard pattern.contains(where: { "*?[".utf8.contains($0) }) else { return [] }
        var found = glob_t()
        defer { globfree(&found) }
        guard pattern.withCPath({ glob($0, GLOB_NOSORT, nil, &found) }) == 0, let paths = found.gl_pathv
        else {
            return []
        }
        return (0..<Int(found.gl_pathc)).compactMap { index in
            paths[index].map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
        }
    }

    private static func missing(_ input: String, reason: Int32) -> ShardError {
        let cause = String(cString: strerror(reason))
        guard reason == ENOENT || reason == ENOTDIR else {
            return ShardError(
                .unreadable, "cannot be looked at: \(cause); check that you may read it", shard: input,
                cause: cause)
        }
        if input.utf8.contains(where: { "*?[".utf8.contains($0) }) {
            return ShardError(.notFound, "no file matches the pattern; check its spelling", shard: input)
        }
        return ShardError(
            .notFound, "there is no such file or folder; check the path", shard: input, cause: cause)
    }

    /// The path from the root, with the folder that holds the file resolved and its own name kept.
    static func absolute(_ path: [UInt8], given input: String) throws -> [UInt8] {
        let slash = UInt8(ascii: "/")
        let split = path.lastIndex(of: slash)
        let folder = split.map { $0 == 0 ? [slash] : Array(path[..<$0]) } ?? Array(".".utf8)
        let name = split.map { Array(path[($0 + 1)...]) } ?? path
        return try realFolder(folder, given: input) + [slash] + name
    }

    /// A folder's path from the root, without a slash at its end.
    static func realFolder(_ path: [UInt8], given input: String) throws -> [UInt8] {
        guard let real = path.withCPath({ realpath($0, nil) }) else { throw missing(input, reason: errno) }
        defer { free(real) }
        let bytes = Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
        return bytes == [UInt8(ascii: "/")] ? [] : bytes
    }
}
