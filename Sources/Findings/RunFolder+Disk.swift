import Glibc

extension RunFolder {
    static let partialMark = ".partial-"

    /// Partial folders in `parent` whose process is gone, by name; nothing if there is no such folder.
    ///
    /// A folder is a leftover if its lock can be had. Where the file system knows no locks, the process number
    /// in its name decides.
    ///
    /// - Complexity: O(entries of `parent`).
    package static func leftovers(of parent: String) -> [String] {
        guard let names = try? entries(of: parent) else { return [] }
        return names.filter { name in
            guard let mark = name.range(of: partialMark) else { return false }
            let digits = name[mark.upperBound...].prefix { $0 != "." }
            guard let process = pid_t(digits), isFolder("\(parent)/\(name)") else { return false }
            return isAbandoned("\(parent)/\(name)", process: process)
        }
    }

    /// Removes a folder that `leftovers(of:)` named, with the files in it.
    package static func removeLeftover(_ path: String) { remove(path) }

    /// Makes the folder, or where a dead process of the same number left one, the first free `<path>.<n>`.
    ///
    /// - Returns: its path.
    /// - Throws: `fileSystem`.
    static func makePartialFolder(_ path: String) throws -> String {
        for number in 1...1000 {
            let name = number == 1 ? path : "\(path).\(number)"
            if mkdir(name, 0o700) == 0 { return name }
            guard errno == EEXIST else { break }
        }
        throw FindingsError.system("cannot create the run's folder", place: path)
    }

    private static func isAbandoned(_ path: String, process: pid_t) -> Bool {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        if errno == EWOULDBLOCK { return false }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, bytewise sorted, without `.` and `..`.
    ///
    /// - Throws: `fileSystem`.
    static func entries(of path: String) throws -> [String] {
        guard let folder = opendir(path) else {
            throw FindingsError.system("cannot read the folder", place: path)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Makes the folders above a path, readable by their owner alone.
    ///
    /// - Throws: `fileSystem`.
    static func makeFolders(above path: String) throws {
        let parent = parent(of: path)
        guard !exists(parent) else { return }
        try makeFolders(above: parent)
        guard mkdir(parent, 0o700) == 0 || errno == EEXIST else {
            throw FindingsError.system("cannot create the folder", place: parent)
        }
    }

    /// - Throws: `fileSystem`.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FindingsError.system("cannot open for syncing", place: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw FindingsError.system("cannot sync", place: path)
        }
    }

    /// Removes a folder of files; what cannot be removed stays and is found as a leftover.
    static func remove(_ path: String) {
        for name in (try? entries(of: path)) ?? [] { unlink("\(path)/\(name)") }
        rmdir(path)
    }
}

extension String {
    /// The last place of `text`.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var end = endIndex
        while end > startIndex {
            if self[..<end].hasSuffix(text) { return index(end, offsetBy: -text.count)..<end }
            end = index(before: end)
        }
        return nil
    }
}
