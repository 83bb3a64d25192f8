import Glibc
import NearDuplicates

/// A run's own folder for scratch files, removed at its end and on a signal.
final class Scratch {
    let path: String
    private var isThere = true

    /// - Parameters:
    ///   - partialPath: the run's unfinished folder, whose parent is the default place.
    ///   - chosen: `--scratch`.
    init(beside partialPath: String, chosen: String?) throws {
        let parent =
            chosen
            ?? partialPath.split(separator: "/", omittingEmptySubsequences: false)
            .dropLast().joined(separator: "/")
        path =
            (parent.isEmpty ? (partialPath.hasPrefix("/") ? "/" : ".") : parent)
            + "/.assay-scratch-\(getpid())"
        _ = try Cleanup.making({ try Self.make(path) }, at: { path })
    }

    private static func make(_ path: String) throws {
        guard mkdir(path, 0o700) == 0 else {
            throw UsageError(
                "scratch: cannot create \(path): \(String(cString: strerror(errno))); name another folder by --scratch"
            )
        }
    }

    func remove() {
        guard isThere else { return }
        isThere = false
        Cleanup.remove(path)
    }

    /// Bytes of scratch that a byte of text takes beyond what is kept in memory: 1.62 in a run of 3.1 GB and 10 million
    /// rows. Terms of casualties are beside it: where they find no room, their rows are read again.
    static let bytesPerTextByte = 1.6

    /// Refuses work that cannot end for want of space.
    func check(_ inputs: InputSet, memoryBytes: Int) throws {
        let need =
            Double(inputs.plainBytes) * Self.bytesPerTextByte - Double(memoryBytes)
            / Double(RowTable.recordShare)
        guard need > 0 else { return }
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return }
        let free = Double(facts.f_bavail) * Double(facts.f_frsize)
        guard free < need else { return }
        throw UsageError(
            "scratch: about \(Self.megabytes(need)) MB needed in \(path), \(Self.megabytes(free)) MB free; free space "
                + "there or name another folder by --scratch")
    }

    /// With a decimal where there are few.
    private static func megabytes(_ bytes: Double) -> String {
        bytes < 1e7 ? "\((bytes / 1e5).rounded() / 10)" : "\(Int(bytes / 1e6))"
    }

    /// Scratch folders of processes that are no more.
    static func leftovers(in parent: String) -> [String] {
        guard let folder = opendir(parent) else { return [] }
        defer { closedir(folder) }
        var found: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(".assay-scratch-"), let process = Int32(name.dropFirst(15)) else { continue }
            if kill(process, 0) != 0, errno == ESRCH { found.append(parent + "/" + name) }
        }
        return found.sorted()
    }
}
