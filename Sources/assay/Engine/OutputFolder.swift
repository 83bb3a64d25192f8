import Foundation

/// A folder that appears whole or not at all: built as a hidden sibling, synced, renamed.
///
/// A signal removes what was built; so does `cancel()`.
final class OutputFolder {
    let path: String
    let partialPath: String
    private var isOpen = true

    /// - Throws: `UsageError` where something is in the way or the folder cannot be made.
    init(_ path: String) throws {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        try Self.checkFree(path)
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let parent = slash == path.startIndex ? "." : String(path[..<slash])
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw UsageError("\(path): the folder above cannot be made; choose another with --out")
        }
        partialPath = path[..<slash] + ".\(path[slash...]).partial-\(getpid())"
        let partial = partialPath
        _ = try Cleanup.making({ try Self.make(partial, for: path) }, at: { partial })
    }

    private static func make(_ partialPath: String, for path: String) throws {
        guard mkdir(partialPath, 0o777) == 0 else {
            let reason = String(cString: strerror(errno))
            throw UsageError("\(path): cannot be made: \(reason); choose another folder with --out")
        }
    }

    deinit { cancel() }

    /// The place of a file in the unfinished folder; the folders above it are made.
    ///
    /// - Parameter name: a shard's name.
    /// - Throws: `UsageError` for a name that leads out of the folder, or a folder that cannot be made.
    func place(of name: String) throws -> String {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
            throw UsageError("\(name): is no shard's name; scan the corpus again")
        }
        let file = "\(partialPath)/\(name)"
        if parts.count > 1 {
            let folder = "\(partialPath)/\(parts.dropLast().joined(separator: "/"))"
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            } catch {
                throw UsageError(
                    "\(path): a folder for \(name) cannot be made; choose another folder with --out")
            }
        }
        return file
    }

    /// Gives the folder its name.
    ///
    /// - Throws: `UsageError`; nothing is left then.
    func commit() throws {
        Self.sync(partialPath)
        guard rename(partialPath, path) == 0 else {
            let reason = errno
            cancel()
            if reason == ENOTEMPTY || reason == EEXIST { try Self.checkFree(path) }
            throw UsageError(
                "\(path): cannot be put in place: \(String(cString: strerror(reason))); choose another with --out"
            )
        }
        isOpen = false
        Cleanup.unregister(partialPath)
        let parent = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        Self.sync(parent)
    }

    /// Removes the unfinished folder; nothing after `commit()`.
    func cancel() {
        guard isOpen else { return }
        isOpen = false
        Cleanup.remove(partialPath)
    }

    /// - Throws: `UsageError` unless there is nothing, or an empty folder.
    static func checkFree(_ path: String) throws {
        var status = stat()
        guard !path.isEmpty else { throw UsageError("--out: names no folder; give one, as in --out cleaned") }
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw UsageError("\(path): is no folder; choose another name with --out")
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path), names.isEmpty else {
            throw UsageError("\(path): the folder is not empty; choose another with --out")
        }
    }

    /// Every folder's own entries reach the disk; the files have been synced by their writer.
    private static func sync(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
