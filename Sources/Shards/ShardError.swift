/// Why a shard could not be found, read to its end, or written.
package struct ShardError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The closed list of reasons.
    package enum Code: String, Sendable, CaseIterable {
        /// No input was named, or no shard was found below those named.
        case noInput = "no-input"
        /// A path leads nowhere, or a pattern matches nothing.
        case notFound = "not-found"
        /// A FIFO, device or socket where a file or a folder is asked for.
        case notAFile = "not-a-file"
        /// The system refused to open or read.
        case unreadable
        /// Two shards of one corpus would have the same name.
        case nameTwice = "name-twice"
        /// Size, time or digest differ from what was found at first.
        case changed
        /// The container ends inside a member or frame.
        case truncatedContainer = "truncated-container"
        /// The container's bytes contradict its format or its checksum.
        case corruptContainer = "corrupt-container"
        /// Other bytes follow the last member or frame.
        case trailingBytes = "trailing-bytes"
        /// A zstd frame asks for a larger window than `--max-window-log`.
        case windowTooLarge = "window-too-large"
        /// The container unpacks to more than `--max-ratio` allows.
        case ratioTooHigh = "ratio-too-high"
        /// What was unpacked is packed once more.
        case packedTwice = "packed-twice"
        /// The text is UTF-16 or UTF-32.
        case notUTF8 = "not-utf-8"
        /// A `.json` shard without a value.
        case noValue = "no-value"
        /// A `.json` shard ends inside its value.
        case truncatedValue = "truncated-value"
        /// What stands between the elements of a `.json` shard, or behind its value, is no JSON.
        case badStructure = "bad-structure"
        /// A format that cannot be read here, or what its library does not read.
        case unsupported
        /// The file or a column is encrypted.
        case encrypted
        /// A page or a row takes more memory than one file is given.
        case outOfMemory = "out-of-memory"
        /// A named column that the shard lacks.
        case noColumn = "no-column"
        /// The system refused to create, write or rename.
        case unwritable
        /// A row that the layout of the output cannot hold.
        case unwritableRow = "unwritable-row"
        /// The limits contradict themselves.
        case badLimits = "bad-limits"
    }

    package let code: Code
    /// What is wrong; what to do about it. Never text of a row.
    package let message: String
    /// The shard's name, or the path where no shard came of it; empty where the whole input is meant.
    package let shard: String
    /// Where: in the file's bytes for a container, in the decompressed bytes for its text; the message says
    /// which.
    package let byteOffset: UInt64?
    /// The ordinal of the row at which reading ended.
    package let row: Int?
    /// The words of the system or the library.
    package let cause: String?

    package init(
        _ code: Code, _ message: String, shard: String, byteOffset: UInt64? = nil, row: Int? = nil,
        cause: String? = nil
    ) {
        self.code = code
        self.message = message
        self.shard = shard
        self.byteOffset = byteOffset
        self.row = row
        self.cause = cause
    }

    /// `shard:row: what is wrong; what to do about it`.
    package var description: String {
        var place = shard
        if let row { place += ":\(row)" }
        return place.isEmpty ? message : "\(place): \(message)"
    }

    /// What is wrong, for a line that names the shard itself.
    package var note: String { row.map { "row \($0): \(message)" } ?? message }

    /// The same error at a row.
    func at(row: Int) -> ShardError {
        ShardError(code, message, shard: shard, byteOffset: byteOffset, row: row, cause: cause)
    }
}
