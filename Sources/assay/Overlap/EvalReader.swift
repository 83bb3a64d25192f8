import Corpus
import EvalOverlap
import Findings
import Foundation
import Shards

/// Reads eval sets whole; a record that cannot be read is quarantined, and its item is uncheckable.
struct EvalReader {
    /// A file of a set.
    struct Source {
        var set: String
        var isControl: Bool
        var shard: Shard?
        var path: String
        var sha256: String
        var bytes: Int
        var items: Int
    }

    private let options: EvalOptions
    private let limits: ReadLimits
    private let spoolFolder: String
    private let identities: [FieldPath]
    private(set) var sets: [EvalSet] = []
    private(set) var sources: [Source] = []
    private(set) var notes: [String] = []
    /// Records that could not be read, by the numbers that the index gives items.
    private(set) var quarantined: [QuarantinedItemRecord] = []
    /// Items of the sets before the one at hand.
    private var firstItem = 0

    /// - Throws: `UsageError`, `ShardError`.
    /// - Complexity: O(bytes of the sets), all in memory.
    init(_ options: EvalOptions, limits: ReadLimits, spoolFolder: String, identities: [FieldPath] = []) throws
    {
        self.options = options
        self.identities = identities
        self.limits = limits
        self.spoolFolder = spoolFolder
        for (list, isControl) in [(options.eval, false), (options.control, true)] {
            var names: [String] = []
            var files: [String: [String]] = [:]
            for text in list {
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                if parts.count == 2 {
                    if files[parts[0]] == nil { names.append(parts[0]) }
                    files[parts[0], default: []].append(parts[1])
                } else if let last = names.last {
                    files[last, default: []].append(text)
                } else {
                    throw UsageError(
                        "\(isControl ? "--control" : "--eval"): \(text) has no name; write NAME=FILE")
                }
            }
            for name in names {
                guard !sets.contains(where: { $0.name == name }) else {
                    throw UsageError("\(name): two eval sets have this name; give each its own")
                }
                try read(name, files: files[name] ?? [], isControl: isControl)
            }
        }
    }

    private mutating func read(_ name: String, files: [String], isControl: Bool) throws {
        let mapping = try options.mapping(of: name)
        var items: [EvalItem] = []
        var textless = 0
        for file in files {
            let before = items.count
            if file.lowercased().hasSuffix(".txt") {
                let read = try Self.paragraphs(of: file)
                for text in read.items {
                    var item = EvalItem()
                    item.ordinal = items.count
                    item.name = "\(items.count)"
                    item.question = text
                    items.append(item)
                }
                sources.append(
                    Source(
                        set: name, isControl: isControl, shard: nil, path: file, sha256: read.sha256,
                        bytes: read.bytes, items: items.count - before))
                continue
            }
            let resolved = try InputResolver.resolve([file], format: nil, spoolFolder: spoolFolder)
            notes += resolved.notes
            for shard in resolved.shards {
                if shard.format == .parquet { try ParquetLibrary.require(for: shard) }
                let start = items.count
                let outcome = try append(shard, mapping, to: &items, &textless)
                sources.append(
                    Source(
                        set: name, isControl: isControl, shard: shard, path: shard.path,
                        sha256: outcome.sha256 ?? "", bytes: Int(shard.byteCount), items: items.count - start)
                )
            }
        }
        guard !items.isEmpty else {
            throw UsageError("\(name): the eval set holds no items; name a file with one record an item")
        }
        if items.allSatisfy(\.isUnreadable) {
            let first = quarantined.first { $0.item >= firstItem }?.record
            throw UsageError(
                "\(name): no record can be read, at first \(first?.file ?? ""):\(first?.record ?? 0): "
                    + "\(first?.message ?? ""); name a file of JSON, JSON Lines, Parquet or plain text (.txt)"
            )
        }
        if textless == items.count {
            throw UsageError(
                "\(name): no record has a field that is known to hold a question; name it by --eval-field "
                    + "question=FIELD")
        }
        sets.append(EvalSet(name: name, items: items, isControl: isControl))
        firstItem += items.count
    }

    private mutating func append(
        _ shard: Shard, _ mapping: EvalFieldMapping, to items: inout [EvalItem], _ textless: inout Int
    ) throws -> ShardOutcome {
        let reader = try ShardReader(shard: shard, shardIndex: 0, limits: limits)
        let decoder = RowDecoder(limits: limits)
        while let batch = try reader.next() {
            var unread = batch.quarantined[...]
            for row in batch.rows {
                while let bad = unread.first, bad.ordinal < row.ordinal {
                    quarantine(bad, shard, to: &items, &textless)
                    unread.removeFirst()
                }
                let read = decoder.withDecoded(batch.bytes(of: row)) {
                    decoded -> (EvalItem?, QuarantinedRow?) in
                    switch decoded {
                    case .value(let node):
                        var item = mapping.item(node, ordinal: items.count)
                        item?.identities = RowDoors.identities(node, identities)
                        return (item, nil)
                    case .rejected(let code, let message): return (nil, batch.quarantine(row, code, message))
                    }
                }
                if let bad = read.1 {
                    quarantine(bad, shard, to: &items, &textless)
                } else {
                    if read.0 == nil { textless += 1 }
                    items.append(read.0 ?? Self.empty(items.count))
                }
            }
            for bad in unread { quarantine(bad, shard, to: &items, &textless) }
        }
        return reader.outcome
    }

    private static func empty(_ ordinal: Int) -> EvalItem {
        var item = EvalItem()
        item.ordinal = ordinal
        item.name = "\(ordinal)"
        return item
    }

    private mutating func quarantine(
        _ row: QuarantinedRow, _ shard: Shard, to items: inout [EvalItem], _ textless: inout Int
    ) {
        var record = EvalOverlapFigures.BadRecord()
        record.file = shard.name
        record.record = row.ordinal
        record.byteOffset = Int(row.byteOffset)
        record.code = row.code.rawValue
        record.message = row.message
        quarantined.append(QuarantinedItemRecord(item: firstItem + items.count, record: record))
        var item = Self.empty(items.count)
        item.isUnreadable = true
        items.append(item)
        textless += 1
    }

    /// Paragraphs of a plain text, apart by blank lines; where there are none, its lines.
    private static func paragraphs(of path: String) throws -> (items: [[UInt8]], sha256: String, bytes: Int) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("\(path): cannot be read; check the path and that you may read it")
        }
        guard let text = String(bytes: data, encoding: .utf8) else {
            throw UsageError("\(path): is no UTF-8 text; convert it, for example with iconv -t UTF-8")
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        let hasBlanks = lines.dropLast().contains("")
        var items: [String] = []
        var isOpen = false
        for line in lines {
            if line.isEmpty {
                isOpen = false
            } else if isOpen, hasBlanks {
                items[items.count - 1] += "\n" + line
            } else {
                items.append(line)
                isOpen = true
            }
        }
        let digest = data.withUnsafeBytes { FileDigest(of: $0) }
        return (items.map { Array($0.utf8) }, digest.sha256, data.count)
    }
}
