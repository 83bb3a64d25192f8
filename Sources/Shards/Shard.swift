/// One input file, as it was found before anything was read from it.
package struct Shard: Sendable, Equatable {
    /// The path below the deepest folder that holds all shards of the corpus; bytes that are not UTF-8 as
    /// `\xHH` (and then backslashes doubled). Not safe for a terminal: a file name may hold control characters.
    package let name: String
    /// The bytes of that path; shards are ordered by them.
    package let nameBytes: [UInt8]
    /// Where to open the file, in the same spelling as `name`.
    package let path: String
    /// Where to open the file, byte for byte.
    package let pathBytes: [UInt8]
    package let format: ShardFormat
    package let compression: Compression
    package let byteCount: UInt64
    /// Nanoseconds since 1970.
    package let modificationTime: Int64
    package let device: UInt64
    package let inode: UInt64
    /// Whether the bytes came from standard input and lie in scratch.
    package let isSpooled: Bool

    /// The folder part of `name` without a slash at its end; empty for a shard at the top.
    package var folder: String {
        guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return String(name[..<slash])
    }

    /// Text of a path or name: UTF-8 as it is; of anything else the bytes that are not UTF-8 as `\xHH` and
    /// each backslash doubled.
    static func text(of bytes: [UInt8]) -> String {
        if let valid = String(validating: bytes, as: UTF8.self) { return valid }
        var text = ""
        var at = 0
        while at < bytes.count {
            let length = UTF8Validator.sequenceLength(bytes, at: at)
            if length == 0 {
                let digits = String(bytes[at], radix: 16, uppercase: true)
                text += "\\x" + (digits.count == 1 ? "0" + digits : digits)
                at += 1
            } else if bytes[at] == UInt8(ascii: "\\") {
                text += "\\\\"
                at += 1
            } else {
                text += String(decoding: bytes[at..<at + length], as: UTF8.self)
                at += length
            }
        }
        return text
    }

    /// Whether another name leads to the same file.
    package func isSameFile(as other: Shard) -> Bool { device == other.device && inode == other.inode }
}
