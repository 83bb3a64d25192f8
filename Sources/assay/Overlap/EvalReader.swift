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
    /// Fields of each set's first records, by part: `question=prompt`.
    private(set) var fields: [String: [String]] = [:]
    /// Records that could not be read, by the numbers that the index gives items.
    private(set) var quarantined: [QuarantinedItemRecord] = []
    /// Names of fields that stand in a set's records, and the fields of options that were met, by set.
    private var fieldNames: [String: [String]] = [:]
    private var met: [String: Set<FieldPath>] = [:]
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
            // The order of the command line must change no byte.
            for name in names.sorted(by: { Self.isBefore($0, $1) }) {
                guard !sets.contains(where: { $0.name == name }) else {
                    throw UsageError("\(name): two eval sets have this name; give each its own")
                }
                try read(
                    name, files: (files[name] ?? []).sorted(by: { Self.isBefore($0, $1) }),
                    isControl: isControl)
            }
        }
        try checkControls()
        try checkFields(sets.map(\.name))
    }

    private static func isBefore(_ first: String, _ second: String) -> Bool {
        first.utf8.lexicographicallyPrecedes(second.utf8)
    }

    /// A control set cannot be an eval set.
    private func checkControls() throws {
        for control in sources where control.isControl {
            if let same = sources.first(where: {
                !$0.isControl && $0.sha256 == control.sha256 && $0.bytes > 0
            }) {
                throw UsageError(
                    "--control \(control.set): is the same file as the eval set \(same.set); name items that cannot "
                        + "have leaked")
            }
        }
    }

    /// A field that no record has, and a set that there is none of, are misspelt options.
    ///
    /// - Parameter names: of the sets that are checked; a lone one where it turned out to hold no text.
    private func checkFields(_ names: [String], isWhole: Bool = true) throws {
        for text in options.evalField {
            let field = try EvalOptions.field(text)
            let own = names.filter { field.set == nil || field.set == $0 }
            if own.isEmpty {
                if !isWhole { continue }
                throw UsageError(
                    "--eval-field \(text): there is no eval set \(field.set ?? ""); sets are "
                        + names.joined(separator: ", "))
            }
            if own.contains(where: { met[$0]?.contains(FieldPath(field.path)) == true }) { continue }
            throw UsageError(
                "--eval-field \(text): no record of \(own.joined(separator: ", ")) has the field \(field.path); "
                    + listing(own))
        }
        guard isWhole else { return }
        for field in identities where !met.values.contains(where: { $0.contains(field) }) {
            throw UsageError(
                "--identity \(field.description): no item has the field \(field.description); "
                    + listing(names))
        }
    }

    private func listing(_ sets: [String]) -> String {
        var names: [String] = []
        for name in sets.flatMap({ fieldNames[$0] ?? [] }) where !names.contains(name) { names.append(name) }
        return names.isEmpty ? "the records have no fields" : "there are \(names.joined(separator: ", "))"
    }

    /// A gate over a set that there is none of is told before the rows are read.
    ///
    /// - Throws: `UsageError`.
    func check(_ gates: [Gate]) throws {
        for gate in gates where gate.name == .maxOverlapItems {
            guard let set = gate.slice?.field, !set.isEmpty else { continue }
            let names = sets.filter { !$0.isControl }.map(\.name)
            if !names.contains(set) {
                throw UsageError(
                    "gate \(gate.name.rawValue): there is no eval set \(set); sets are "
                        + names.joined(separator: ", "))
            }
        }
    }

    /// Records whose fields are shown, and fields that an error names.
    private static let shownRecords = 50
    private static let namedFields = 30

    private mutating func note(_ record: JSONNode, _ mapping: EvalFieldMapping, _ set: String, ordinal: Int) {
        for field in mapping.fields.values.joined() where met[set]?.contains(field) != true {
            if record.value(at: field) != nil { met[set, default: []].insert(field) }
        }
        for field in identities where met[set]?.contains(field) != true {
            record.forEachValue(at: field) { if !$0.isNull { met[set, default: []].insert(field) } }
        }
        guard ordinal < Self.shownRecords else { return }
        for field in mapping.fields(of: record) where fields[set]?.contains(field) != true {
            fields[set, default: []].append(field)
        }
        record.forEachField { key, _ in
            let name = String(decoding: key.prefix(64), as: UTF8.self)
            if fieldNames[set, default: []].count < Self.namedFields,
                !fieldNames[set, default: []].contains(name)
            {
                fieldNames[set, default: []].append(name)
            }
        }
    }

    /// Items that share an id with an earlier one: results name only one of them.
    private mutating func noteTwins(_ items: [EvalItem], of set: String) {
        let names = Set(items.map(\.name)).count
        if names < items.count {
            notes.append(
                "\(set): \(items.count - names) of \(items.count) items share their id with another; name another "
                    + "field by --eval-field \(set):id=FIELD")
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
                let outcome = try append(shard, mapping, set: name, to: &items, &textless)
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
            try checkFields([name], isWhole: false)
            throw UsageError(
                "\(name): no record has a field that is known to hold a question; name it by --eval-field "
                    + "question=FIELD")
        }
        noteTwins(items, of: name)
        sets.append(EvalSet(name: name, items: items, isControl: isControl))
        firstItem += items.count
    }

    private mutating func append(
        _ shard: Shard, _ mapping: EvalFieldMapping, set: String, to items: inout [EvalItem],
        _ textless: inout Int
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
                        note(node, mapping, set, ordinal: items.count)
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

    /// A plain text is held whole.
    static let mostTextBytes = 256 << 20

    /// Paragraphs of a plain text, apart by blank lines; where there are none, its lines.
    private static func paragraphs(of path: String) throws -> (items: [[UInt8]], sha256: String, bytes: Int) {
        let bytes = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        guard bytes ?? 0 <= mostTextBytes else {
            throw UsageError(
                "\(path): over \(mostTextBytes >> 20) MiB of plain text; name the items as JSON Lines, one a record"
            )
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("\(path): cannot be read; check the path and that you may read it")
        }
        guard String(bytes: data, encoding: .utf8) != nil else {
            throw UsageError("\(path): is no UTF-8 text; convert it, for example with iconv -t UTF-8")
        }
        // By bytes: to Swift "\r\n" is one character, and no "\n".
        let lines = data.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
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
