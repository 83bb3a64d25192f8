/// How the rows lie in a shard, whatever its compression.
package enum ShardFormat: String, Sendable, CaseIterable {
    /// One JSON value a line.
    case jsonl
    /// One JSON value: an array's elements are the rows, anything else is one row.
    case json
    /// Apache Parquet.
    case parquet

    /// The format that a file name promises, below `.gz` and `.zst`; `nil` where the name says nothing.
    package init?(name: [UInt8]) {
        var stem = name[...]
        for suffix in Compression.nameSuffixes where stem.endsIgnoringCase(in: suffix) {
            stem = stem.dropLast(suffix.utf8.count)
        }
        if stem.endsIgnoringCase(in: ".jsonl") || stem.endsIgnoringCase(in: ".ndjson") {
            self = .jsonl
        } else if stem.endsIgnoringCase(in: ".json") {
            self = .json
        } else if stem.endsIgnoringCase(in: ".parquet") {
            self = .parquet
        } else {
            return nil
        }
    }

    /// The first four bytes of a Parquet file.
    static let parquetMagic = Array("PAR1".utf8)
    /// Of one whose footer is encrypted.
    static let encryptedParquetMagic = Array("PARE".utf8)
}

extension ArraySlice<UInt8> {
    /// Whether the bytes end in `suffix`, an ASCII text in lower case, in any case.
    func endsIgnoringCase(in suffix: String) -> Bool {
        guard count >= suffix.utf8.count else { return false }
        return zip(self.suffix(suffix.utf8.count), suffix.utf8).allSatisfy { byte, wanted in
            byte == wanted || (byte >= 0x41 && byte <= 0x5A && byte | 0x20 == wanted)
        }
    }
}
