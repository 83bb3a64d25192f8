import Corpus
import Findings
import Foundation
import NearDuplicates
import Reporting
import Shards

/// The text of rows that a run holds: raw rows by their places in its files, as turns, as diffs.
final class StoredRows {
    /// Bytes that the parser may read behind a row.
    static let padding = 64

    private let run: StoredRun
    private let store: RunStore
    private let decoder = RowDecoder()
    private let mapper: RowMapper
    private let sides: ComparedSides

    init(run: StoredRun, store: RunStore) {
        self.run = run
        self.store = store
        sides = ComparedSides(rawValue: run.summary.nearDuplicates.on) ?? .sides
        mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: sides == .all)
    }

    /// A line of one of the run's files, parsed for the time of `body`.
    ///
    /// - Throws: `FindingsError`, and what `body` throws.
    func line<Result>(
        of file: RunFile, at position: FramePosition, _ body: (JSONNode) throws -> Result
    ) throws -> Result {
        let path = "\(run.path)/\(file.name)"
        let offset = try store.byteOffset(ofFrame: position.frame, in: file)
        let bytes = try FrameReader(path: path).line(atFrame: offset, offset: Int(position.offset)) {
            Array($0)
        }
        return try decoded(bytes) { node in
            guard let node else {
                throw FindingsError(
                    .damaged, "holds a line that is no JSON; scan the corpus again", place: path)
            }
            return try body(node)
        }
    }

    /// The raw bytes of a row; `nil` where the run was told to leave them out.
    ///
    /// - Throws: `FindingsError`.
    func raw(of file: RunFile, at position: FramePosition) throws -> [UInt8]? {
        try line(of: file, at: position) { node in node.field("raw")?.string.map { Array($0) } }
    }

    /// Slices from their JSON in a line of the run.
    func slices(_ bytes: [UInt8]) -> [SliceValue] {
        var values: [SliceValue] = []
        decoded(bytes) { node in
            node?.forEachElement { slice in
                guard let field = slice.field("field")?.string, let value = slice.field("value")?.string
                else {
                    return
                }
                values.append(
                    SliceValue(
                        field: String(decoding: field, as: UTF8.self),
                        value: String(decoding: value, as: UTF8.self)))
            }
        }
        return values
    }

    /// The text that a row and an eval item share, as each has it; `nil` where the run was told to leave it out.
    ///
    /// - Parameter position: of the line in `overlaps.jsonl.zst`.
    /// - Throws: `FindingsError`.
    func sharedText(at position: FramePosition) throws -> (row: String, item: String)? {
        try line(of: .overlaps, at: position) { line in
            var texts: (row: [String], item: [String]) = ([], [])
            line.field("spans")?.forEachElement { span in
                guard let raw = span.field("raw")?.string, let own = span.field("evalRaw")?.string else {
                    return
                }
                texts.row.append(String(decoding: raw, as: UTF8.self))
                texts.item.append(String(decoding: own, as: UTF8.self))
            }
            if texts.row.isEmpty { return nil }
            return (texts.row.joined(separator: " … "), texts.item.joined(separator: " … "))
        }
    }

    /// The raw bytes of the row of that id in the run's input; `nil` where the input is not there or has changed.
    ///
    /// - Complexity: O(bytes of the shard before the row).
    func rawFromInput(_ place: RowPlace) -> [UInt8]? {
        rawFromInput(corpus: place.isAgainst ? "against" : "training", place.shard, place.ordinal).flatMap {
            $0.withUnsafeBytes { Hash128(of: $0).value } == place.id ? $0 : nil
        }
    }

    /// The raw bytes of a row as the run's input has them now; `nil` where the input is not there.
    ///
    /// - Complexity: O(bytes of the shard before the row).
    func rawFromInput(corpus: String, _ name: String, _ ordinal: Int) -> [UInt8]? {
        guard let log = try? RunLog(run: run.path),
            let path = log.inputs.first(where: { $0.corpus == corpus && $0.name == name })?.path,
            let shard = try? Shard.reopen(name: name, path: path, format: run.format),
            let reader = try? ShardReader(shard: shard, shardIndex: 0, limits: run.limits, hashes: false)
        else { return nil }
        while let batch = try? reader.next() {
            guard let last = batch.rows.last, last.ordinal >= ordinal else { continue }
            guard let row = batch.rows.first(where: { $0.ordinal == ordinal }) else { return nil }
            return Array(batch.bytes(of: row))
        }
        return nil
    }

    /// Top-level fields of one row that the other has not or has otherwise, by name; not those that hold the turns of
    /// rows in different layouts.
    func differingFields(_ row: [UInt8], _ keeper: [UInt8]) throws -> [String] {
        let first = try fieldHashes(row)
        let second = try fieldHashes(keeper)
        return Set(first.keys).union(second.keys).filter { name in
            guard let own = first[name], let other = second[name] else {
                return (first[name] ?? second[name])?.isTurns == false
            }
            return own.hash != other.hash
        }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The word diff of two rows' turns.
    func diff(row: [UInt8], keeper: [UInt8]) throws -> DiffSample {
        let row = try mapped(row)
        let keeper = try mapped(keeper)
        var pieces: [DiffSample.Piece] = []
        row.withText { rowText in
            keeper.withText { keeperText in
                let diff = DifferenceClassifier(on: sides).diff(row: rowText, keeper: keeperText)
                for hunk in diff.hunks {
                    let lost = row.text(hunk.rowRange)
                    let kept = keeper.text(hunk.keeperRange)
                    switch hunk.kind {
                    case .equal: pieces += Self.formDiff(lost, kept)
                    case .rowOnly: pieces.append(.lost(lost))
                    case .keeperOnly: pieces.append(.kept(kept))
                    case .replaced: pieces += [.lost(lost), .kept(kept)]
                    }
                }
            }
        }
        return DiffSample(pieces: pieces)
    }

    /// The same words, perhaps in another form: what stands between their common beginning and end differs.
    private static func formDiff(_ row: String, _ keeper: String) -> [DiffSample.Piece] {
        if row.utf8.elementsEqual(keeper.utf8) { return [.same(row)] }
        let left = row.split(separator: " ", omittingEmptySubsequences: false)
        let right = keeper.split(separator: " ", omittingEmptySubsequences: false)
        func same(_ pair: (Substring, Substring)) -> Bool { pair.0.utf8.elementsEqual(pair.1.utf8) }
        let head = zip(left, right).prefix(while: same).count
        let rest = min(left.count, right.count) - head
        let tail = zip(left.reversed(), right.reversed()).prefix(rest).prefix(while: same).count
        func joined(_ words: some Sequence<Substring>) -> String { words.joined(separator: " ") }
        let pieces: [DiffSample.Piece] = [
            .same(joined(left[..<head]) + (head > 0 ? " " : "")),
            .lost(joined(left[head..<left.count - tail])), .kept(joined(right[head..<right.count - tail])),
            .same((tail > 0 ? " " : "") + joined(left[(left.count - tail)...])),
        ]
        return pieces.filter { piece in
            switch piece {
            case .same(let text), .lost(let text), .kept(let text): !text.isEmpty
            }
        }
    }

    /// A row's turns with their text.
    private struct MappedRow {
        var bytes: [UInt8]
        var turns: [Turn]

        /// The text of a range, with a line break before each turn but the first.
        func text(_ range: Range<Int>) -> String {
            let starts = turns.contains {
                $0.offset > 0 && Int($0.offset) == range.lowerBound && !range.isEmpty
            }
            return (starts ? "\n" : "") + String(decoding: bytes[range], as: UTF8.self)
        }

        func withText(_ body: (RowText) -> Void) {
            bytes.withUnsafeBytes { bytes in
                turns.withUnsafeBufferPointer { body(RowText(bytes: bytes, turns: $0)) }
            }
        }
    }

    /// The row as its own fields suggest; a row without known fields as one turn of all its text.
    private func mapped(_ raw: [UInt8]) throws -> MappedRow {
        decoded(raw) { node in
            if let node {
                mapper.use(FieldMapping.detect(node))
                if mapper.map(node) { return MappedRow(bytes: mapper.text, turns: mapper.turns) }
            }
            return MappedRow(bytes: raw, turns: [Turn(role: .text, offset: 0, length: raw.count)])
        }
    }

    private func fieldHashes(_ raw: [UInt8]) throws -> [String: (hash: UInt64, isTurns: Bool)] {
        decoded(raw) { node in
            guard let node else { return [:] }
            let mapping = FieldMapping.detect(node)
            var hashes: [String: (hash: UInt64, isTurns: Bool)] = [:]
            node.forEachField { key, value in
                let name = String(decoding: key, as: UTF8.self)
                let isTurns: Bool
                switch mapping.uses[name] {
                case .chat, .history, .chosen, .rejected, .choices, .turn: isTurns = true
                case .system, .tools, .label, .conversation, .media, nil: isTurns = false
                }
                hashes[name] = (value.contentHash, isTurns)
            }
            return hashes
        }
    }

    private func decoded<Result>(_ bytes: [UInt8], _ body: (JSONNode?) throws -> Result) rethrows -> Result {
        let padded = bytes + [UInt8](repeating: 0, count: Self.padding)
        return try padded.withUnsafeBytes { padded in
            switch decoder.decode(UnsafeRawBufferPointer(rebasing: padded[..<bytes.count])) {
            case .value(let node): try body(node)
            case .rejected: try body(nil)
            }
        }
    }
}
