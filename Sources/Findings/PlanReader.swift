/// Reads a plan in order, strictly: a line that is not exactly a plan's, or out of order, is an error.
package final class PlanReader {
    private let frames: FrameReader
    private let path: String
    private let numbers: [String: Int]?
    private var lineNumber = 0
    private var lastShard: String?
    private var lastOrdinal = -1

    /// - Parameter shards: the run's shards in their order; without it, shards stand in bytewise order of names,
    ///   which is the run's order unless a file's name is no UTF-8.
    /// - Throws: `fileSystem`.
    package init(path: String, shards: [String]? = nil) throws {
        self.path = path
        numbers = shards.map { Dictionary($0.enumerated().map { ($1, $0) }) { first, _ in first } }
        frames = try FrameReader(path: path)
    }

    /// The next line; `nil` at the end.
    ///
    /// - Throws: `damaged` with the line's number (from 1), `fileSystem`.
    package func next() throws -> PlanLine? {
        lineNumber += 1
        let found = try frames.nextLine { bytes in
            var scanner = FlatObjectScanner(bytes)
            return scanner.planLine()
        }
        guard let parsed = found else { return nil }
        guard let line = parsed else { throw damaged("is no line of a plan") }
        if let lastShard {
            let isAfter =
                // Bytewise: Swift's == takes canonically equivalent names for one.
                line.shard.utf8.elementsEqual(lastShard.utf8)
                ? line.ordinal > lastOrdinal : precedes(lastShard, line.shard)
            guard isAfter else { throw damaged("is out of order") }
        }
        lastShard = line.shard
        lastOrdinal = line.ordinal
        return line
    }

    private func precedes(_ left: String, _ right: String) -> Bool {
        guard let numbers else { return left.utf8.lexicographicallyPrecedes(right.utf8) }
        guard let left = numbers[left], let right = numbers[right] else { return false }
        return left < right
    }

    private func damaged(_ message: String) -> FindingsError {
        FindingsError(.damaged, message + "; scan the corpus again", place: "\(path):\(lineNumber)")
    }
}
