import Glibc

/// Appends to a run's `decisions.jsonl`; one writer of a run at a time, on this machine.
package final class DecisionWriter {
    private let path: String
    /// Holds the lock on the run's folder.
    private let folder: Int32
    /// Open from the first decision on: a run without one has no trail.
    private var file: Int32 = -1
    package private(set) var trail: DecisionTrail

    /// Reads the trail and locks the run against other writers. A last line without its end is dropped: nobody was told
    /// that it was written.
    ///
    /// - Throws: `locked` where another process writes; `damaged`, `fileSystem`.
    package init(run path: String, plan: String) throws {
        self.path = "\(path)/\(RunFile.decisions.name)"
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw FindingsError.system("cannot open the run's folder", place: path) }
        guard flock(folder, LOCK_EX | LOCK_NB) == 0 else {
            close(folder)
            throw FindingsError(
                .locked, "another review of this run is open; end it first, then try again", place: path)
        }
        do {
            trail = try DecisionTrail(run: path, plan: plan)
            if trail.hasTornLine, truncate(self.path, trail.byteCount) != 0 {
                throw FindingsError.system("cannot drop the line that has no end", place: self.path)
            }
        } catch {
            close(folder)
            throw error
        }
    }

    deinit {
        if file >= 0 { close(file) }
        close(folder)
    }

    /// Writes a decision and waits until the disk has it.
    ///
    /// - Throws: `fileSystem`; the file is then as it was.
    package func append(_ decision: Decision) throws {
        var next = trail
        let line = try next.append(decision)
        if file < 0 {
            file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard file >= 0 else { throw FindingsError.system("cannot open the file", place: path) }
        }
        guard line.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == line.count, fsync(file) == 0
        else {
            let error = FindingsError.system("cannot write the decision", place: path)
            ftruncate(file, trail.byteCount)
            throw error
        }
        trail = next
    }
}
