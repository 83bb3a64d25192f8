/// What a shard's bytes are packed with; decided by the first bytes, not by the name.
package enum Compression: String, Sendable, CaseIterable {
    case none, gzip, zstd

    /// Name endings that promise a compression.
    static let nameSuffixes = [".gz", ".zst", ".zstd"]

    /// The compression by magic number: gzip `1F 8B` (RFC 1952), zstd `28 B5 2F FD` or a skippable frame's
    /// `5x 2A 4D 18` (RFC 8878); `nil` where the bytes begin with neither.
    package init?(magic head: UnsafeRawBufferPointer) {
        if head.count >= 2, head[0] == 0x1F, head[1] == 0x8B {
            self = .gzip
        } else if head.count >= 4, head[0] == 0x28, head[1] == 0xB5, head[2] == 0x2F, head[3] == 0xFD {
            self = .zstd
        } else if head.count >= 4, head[0] & 0xF0 == 0x50, head[1] == 0x2A, head[2] == 0x4D, head[3] == 0x18 {
            self = .zstd
        } else {
            return nil
        }
    }

    /// The compression that a file name promises.
    package init(name: [UInt8]) {
        if name[...].endsIgnoringCase(in: ".gz") {
            self = .gzip
        } else if name[...].endsIgnoringCase(in: ".zst") || name[...].endsIgnoringCase(in: ".zstd") {
            self = .zstd
        } else {
            self = .none
        }
    }

    /// The compression of a file by its first bytes. A name that promises a compression is believed only
    /// where the bytes do not read as the beginning of JSON: then the decoder says what is wrong.
    ///
    /// - Parameters:
    ///   - head: the first bytes of the file, at least 64 where it has so many.
    ///   - name: the file's name.
    static func detect(head: UnsafeRawBufferPointer, name: [UInt8]) -> Compression {
        if let found = Compression(magic: head) { return found }
        let promised = Compression(name: name)
        guard promised != .none else { return .none }
        return beginsAsJSON(head) ? .none : promised
    }

    /// Whether the first byte that is no white space, behind a byte order mark, can begin a JSON value.
    private static func beginsAsJSON(_ head: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        if head.count >= 3, head[0] == 0xEF, head[1] == 0xBB, head[2] == 0xBF { at = 3 }
        while at < head.count, head[at].isJSONSpace { at += 1 }
        guard at < head.count else { return false }
        switch head[at] {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "t"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), 0x30...0x39:
            return true
        default: return false
        }
    }
}

extension UInt8 {
    /// Space, tab, line feed or carriage return (RFC 8259, section 2).
    @inline(__always)
    var isJSONSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
