import Glibc

/// A run's folder while it is built: a sibling `<name>.partial-<pid>` that becomes the run, whole, at `commit()`.
///
/// Mode 0700, with a `.gitignore` of `*`. An existing run is never overwritten without `force`, and never one
/// that holds decisions. Dropped before `commit()`, or cancelled, the partial folder is removed. A lock on the
/// partial folder lives as long as its process, so that leftovers of dead processes can be told.
package final class RunFolder {
    /// How the final name is found.
    package enum Name: Sendable, Equatable {
        /// `--out`: this folder.
        case path(String)
        /// `<parent>/<verb>-<shard's base name>`, else with the next free number from 2.
        case automatic(parent: String, verb: String, firstShard: String)
    }

    /// The folder that outputs are written into before `commit()`.
    package let partialPath: String
    private let name: Name
    private let isForced: Bool
    private var lockDescriptor: Int32 = -1
    private var isOpen = true

    /// Makes the partial folder, after a check that the final name can be had.
    ///
    /// - Parameters:
    ///   - force: an existing run may be replaced.
    ///   - processID: for the partial folder's name.
    /// - Throws: `folderExists`, `fileSystem`.
    package init(_ name: Name, force: Bool = false, processID: Int32) throws {
        self.name = name
        isForced = force
        let final = try Self.finalPath(name, force: force)
        try Self.makeFolders(above: final)
        partialPath = try Self.makePartialFolder("\(final)\(Self.partialMark)\(processID)")
        lockDescriptor = open(partialPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if lockDescriptor >= 0 { _ = flock(lockDescriptor, LOCK_EX | LOCK_NB) }
        do {
            try write(Array("*\n".utf8), name: ".gitignore", mode: 0o644)
        } catch {
            cancel()
            throw error
        }
    }

    deinit { cancel() }

    /// The path of a file while the run is built.
    package func path(of file: RunFile) -> String { "\(partialPath)/\(file.name)" }

    /// Writes a whole file.
    ///
    /// - Throws: `fileSystem`, `closed`.
    @discardableResult
    package func write(_ bytes: [UInt8], to file: RunFile) throws -> FileDigest {
        try write(bytes, name: file.name, mode: file.mode)
    }

    /// A writer of lines with the file's rights.
    ///
    /// - Throws: `fileSystem`, `closed`.
    package func frameWriter(for file: RunFile, queue: FrameQueue? = nil) throws -> FrameWriter {
        try checkOpen()
        return try FrameWriter(path: path(of: file), mode: file.mode, queue: queue)
    }

    /// Syncs all files and gives the folder its final name.
    ///
    /// A run that took the name in the meantime is treated as at the start: the next free number for an
    /// automatic name, else an error unless `force`; one that has got decisions is never replaced.
    ///
    /// - Returns: the run's path.
    /// - Throws: `folderExists`, `fileSystem`, `closed`; the partial folder is removed then.
    /// - Complexity: O(files), and what the disk takes to sync them.
    package func commit() throws -> String {
        try checkOpen()
        do {
            try syncFiles()
            while true {
                let final = try Self.finalPath(name, force: isForced)
                if try moveIntoPlace(final) {
                    isOpen = false
                    close(lockDescriptor)
                    lockDescriptor = -1
                    return final
                }
            }
        } catch {
            cancel()
            throw error
        }
    }

    /// Removes the partial folder; nothing after `commit()`.
    package func cancel() {
        guard isOpen else { return }
        isOpen = false
        Self.remove(partialPath)
        if lockDescriptor >= 0 { close(lockDescriptor) }
        lockDescriptor = -1
    }

    // MARK: Parts

    private func checkOpen() throws {
        guard isOpen else { throw FindingsError(.closed, "the run's folder is closed", place: partialPath) }
    }

    @discardableResult
    private func write(_ bytes: [UInt8], name: String, mode: UInt32) throws -> FileDigest {
        try checkOpen()
        let file = try OutputFile(path: "\(partialPath)/\(name)", mode: mode)
        try bytes.withUnsafeBytes { try file.write($0) }
        return try file.finish()
    }

    private func syncFiles() throws {
        for name in try Self.entries(of: partialPath) { try Self.sync("\(partialPath)/\(name)") }
        try Self.sync(partialPath)
    }

    /// A rename of a folder replaces nothing but an empty one, so no run is ever overwritten by it.
    ///
    /// - Returns: `false` if another run took the name just now.
    private func moveIntoPlace(_ final: String) throws -> Bool {
        if rename(partialPath, final) == 0 {
            try Self.sync(Self.parent(of: final))
            return true
        }
        guard errno == ENOTEMPTY || errno == EEXIST else {
            throw FindingsError.system("cannot put the run in place", place: final)
        }
        if isForced { try replace(final) }
        return isForced
    }

    /// Sets the old run aside, renames, then removes the old one.
    private func replace(_ final: String) throws {
        let old = partialPath + ".replaced"
        guard rename(final, old) == 0 else {
            throw FindingsError.system("cannot set the old run aside", place: final)
        }
        guard rename(partialPath, final) == 0 else {
            let error = FindingsError.system("cannot put the run in place", place: final)
            _ = rename(old, final)
            throw error
        }
        try Self.sync(Self.parent(of: final))
        Self.remove(old)
    }
}
