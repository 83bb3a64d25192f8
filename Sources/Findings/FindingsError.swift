/// What went wrong while a run's folder was written or read: a code, where, and what to do about it.
///
/// Messages never hold row text.
package struct FindingsError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The file system refused: full disk, missing rights, missing folder.
        case fileSystem = "file-system"
        /// A writer was used after `finish()` or `cancel()`.
        case closed
        /// The output folder stands in the way.
        case folderExists = "folder-exists"
        /// A file of a run is not what its format says.
        case damaged
        /// A figure or option cannot be right, whatever the data.
        case wrongUse = "wrong-use"
        /// SQLite or zstd reported a failure.
        case library
        /// Another process writes to the same place.
        case locked
    }

    package let code: Code
    /// What is wrong; what to do about it.
    package let message: String
    /// The file or folder, and the byte offset or line where known.
    package let place: String
    /// The failure below: the text of `errno`, SQLite or zstd.
    package let cause: String?

    package init(_ code: Code, _ message: String, place: String = "", cause: String? = nil) {
        self.code = code
        self.message = message
        self.place = place
        self.cause = cause
    }

    package var description: String {
        var text = place.isEmpty ? message : "\(place): \(message)"
        if let cause { text += " (\(cause))" }
        return text
    }
}
