extension Shard {
    /// A shard of an earlier run, looked at anew under the name that the run gave it.
    ///
    /// - Parameters:
    ///   - path: as a run writes it down: UTF-8, or with `\xHH` for bytes that are not.
    ///   - format: overrides what name and text say.
    /// - Throws: `ShardError` of code `notFound`, `notAFile`, `unreadable`.
    package static func reopen(name: String, path: String, format: ShardFormat?) throws -> Shard {
        let spellings = [Array(path.utf8), bytes(ofText: path)]
        guard let pathBytes = spellings.first(where: { FileStatus(path: $0) != nil }),
            let status = FileStatus(path: pathBytes)
        else {
            throw ShardError(
                .notFound, "is not at \(path) any more; name the folder that holds it by --inputs",
                shard: name)
        }
        guard status.kind == .file else {
            throw ShardError(
                .notAFile, "\(path) is no file any more; name the folder that holds the shard by --inputs",
                shard: name)
        }
        let nameBytes = Array(name.utf8)
        let head = try FileHead(pathBytes)
        let compression = head.bytes.withUnsafeBytes { Compression.detect(head: $0, name: nameBytes) }
        func shard(_ format: ShardFormat) -> Shard {
            Shard(
                name: name, nameBytes: nameBytes, path: path, pathBytes: pathBytes, format: format,
                compression: compression, byteCount: status.byteCount,
                modificationTime: status.modificationTime, device: status.device, inode: status.inode,
                isSpooled: false)
        }
        if head.bytes.starts(with: ShardFormat.parquetMagic) { return shard(.parquet) }
        return shard(format ?? ShardFormat(name: nameBytes) ?? shard(.jsonl).sniffedFormat)
    }

    /// SHA-256 of the file as it is now, in hex.
    ///
    /// - Throws: `ShardError` of code `unreadable` or `changed`.
    /// - Complexity: O(bytes of the file), a MiB at a time.
    package func digest() throws -> String {
        let file = try FileSource(self)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while try buffer.withUnsafeMutableBytes({ try file.read(into: $0) }) > 0 {}
        return try file.finish(expecting: nil)
    }

    /// The bytes that `text(of:)` shows as `\xHH` and doubled backslashes.
    static func bytes(ofText text: String) -> [UInt8] {
        let text = Array(text.utf8)
        var bytes: [UInt8] = []
        var at = 0
        while at < text.count {
            let next = at + 1 < text.count ? text[at + 1] : 0
            if text[at] == UInt8(ascii: "\\"), next == UInt8(ascii: "\\") {
                bytes.append(next)
                at += 2
            } else if text[at] == UInt8(ascii: "\\"), next == UInt8(ascii: "x"), at + 3 < text.count,
                let byte = UInt8(String(decoding: text[at + 2...at + 3], as: UTF8.self), radix: 16)
            {
                bytes.append(byte)
                at += 4
            } else {
                bytes.append(text[at])
                at += 1
            }
        }
        return bytes
    }
}
