import Glibc

/// Gives the found files their names and looks at their first bytes.
struct ShardNaming {
    private let files: [FoundFile]
    /// Bytes of an absolute path up to and with the slash of the deepest folder that holds all files.
    private let commonLength: Int

    init(_ files: [FoundFile]) {
        self.files = files
        let folders = files.filter { !$0.isSpooled }.map { file in
            file.absolutePath[...(file.absolutePath.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
        }
        commonLength = folders.first.map { Self.commonFolderLength($0, folders.dropFirst()) } ?? 0
    }

    private static func commonFolderLength(
        _ first: ArraySlice<UInt8>, _ others: ArraySlice<ArraySlice<UInt8>>
    )
        -> Int
    {
        var length = first.count
        for other in others {
            var equal = 0
            var lastSlash = 0
            while equal < min(length, other.count), first[equal] == other[equal] {
                equal += 1
                if first[equal - 1] == UInt8(ascii: "/") { lastSlash = equal }
            }
            length = lastSlash
        }
        return length
    }

    /// The shards, ordered by name.
    ///
    /// - Throws: `ShardError` of code `unreadable` or `nameTwice`.
    func shards(format: ShardFormat?) throws -> [Shard] {
        var shards = try files.map { try shard($0, format: format) }
        shards.sort { $0.nameBytes.lexicographicallyPrecedes($1.nameBytes) }
        var names: Set<String> = []
        for shard in shards where !names.insert(shard.name).inserted {
            throw ShardError(
                .nameTwice, "two shards would have this name; rename one of the files", shard: shard.name)
        }
        return shards
    }

    private func shard(_ file: FoundFile, format: ShardFormat?) throws -> Shard {
        let fileName = file.isSpooled ? [] : Array(file.absolutePath[commonLength...])
        let head = try FileHead(file.path)
        let compression = head.bytes.withUnsafeBytes { Compression.detect(head: $0, name: fileName) }
        let draft = Shard(
            name: Shard.text(of: fileName), nameBytes: fileName, path: Shard.text(of: file.path),
            pathBytes: file.path, format: .jsonl, compression: compression, byteCount: file.status.byteCount,
            modificationTime: file.status.modificationTime, device: file.status.device,
            inode: file.status.inode, isSpooled: file.isSpooled)
        let found: ShardFormat
        if head.bytes.starts(with: ShardFormat.parquetMagic) {
            found = .parquet
        } else {
            found = format ?? ShardFormat(name: fileName) ?? draft.sniffedFormat
        }
        let name = file.isSpooled ? Self.spooledName(found, compression) : fileName
        return Shard(
            name: Shard.text(of: name), nameBytes: name, path: draft.path, pathBytes: file.path,
            format: found,
            compression: compression, byteCount: draft.byteCount, modificationTime: draft.modificationTime,
            device: draft.device, inode: draft.inode, isSpooled: file.isSpooled)
    }

    /// The name of standard input, by what came: `stdin.jsonl`, `stdin.json.gz` and so on.
    private static func spooledName(_ format: ShardFormat, _ compression: Compression) -> [UInt8] {
        let ending =
            switch compression {
            case .none: ""
            case .gzip: ".gz"
            case .zstd: ".zst"
            }
        return Array("stdin.\(format.rawValue)\(ending)".utf8)
    }
}

extension Shard {
    /// The format by the first bytes of the text; `.jsonl` where they cannot be unpacked, so that the reader
    /// says why.
    var sniffedFormat: ShardFormat {
        guard compression != .none || byteCount > 0, let file = try? FileSource(self, hashes: false) else {
            return .jsonl
        }
        let limits = ReadLimits()
        let source: (any ByteSource)? =
            switch compression {
            case .none: file
            case .gzip: (try? GzipDecoder(file, shard: name, limits: limits)).map(InflatedSource.init)
            case .zstd: (try? ZstdDecoder(file, shard: name, limits: limits)).map(InflatedSource.init)
            }
        guard let source else { return .jsonl }
        var head = [UInt8](repeating: 0, count: FormatSniffer.headBytes)
        var count = 0
        var isWhole = false
        while count < head.count, !isWhole {
            let more = head.withUnsafeMutableBytes { bytes in
                try? source.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[count...]))
            }
            guard let more else { break }
            count += more
            isWhole = more == 0
        }
        return head.withUnsafeBytes { bytes in
            FormatSniffer.format(of: UnsafeRawBufferPointer(rebasing: bytes[..<count]), isWhole: isWhole)
        }
    }
}
