import CText
import Corpus
import EvalOverlap
import Shards

/// Input shards that are an eval set: the same bytes, or at least 90 % of its items, each as a turn or as the user's
/// turns of a row, in a shard whose rows are items for 90 % too: a training shard with many leaks, or with two sets,
/// is searched.
struct SelfShards {
    /// The sets that a shard is, by shard.
    private(set) var setsOfShard: [Int: Set<String>] = [:]

    /// The share of a set's items, and of a shard's rows.
    static let itemShare = 0.9
    static let rowShare = 0.9
    /// A shard of so many times the set's bytes is not looked at: its rows can hardly all be items.
    private static let sizeFactor = 24

    /// - Throws: `TextFormsError`; a shard that cannot be read is left to the survey.
    /// - Complexity: O(bytes of the shards that have about the size of a set).
    init(_ inputs: InputSet, _ reader: EvalReader) throws {
        for source in reader.sources {
            guard let own = source.shard else { continue }
            for (number, shard) in inputs.shards.enumerated() {
                if shard.byteCount == own.byteCount, try Self.digest(shard, inputs.limits) == source.sha256 {
                    setsOfShard[number, default: []].insert(source.set)
                }
            }
        }
        let text = try OverlapText()
        for set in reader.sets where !set.isControl {
            let bytes = reader.sources.filter { $0.set == set.name }.reduce(0) { $0 + $1.bytes }
            let hashes = Set(set.items.compactMap { Self.hash($0.question, text) })
            guard hashes.count >= 5 else { continue }
            for (number, shard) in inputs.shards.enumerated()
            where setsOfShard[number]?.contains(set.name) != true
                && Int(shard.byteCount) <= bytes * Self.sizeFactor
            {
                if Self.isSet(shard, number, inputs, hashes, text) {
                    setsOfShard[number, default: []].insert(set.name)
                }
            }
        }
    }

    /// Numbers of the sets that a shard is, by shard, in the order of an index.
    func numbers(in sets: [EvalSet]) -> [Int: Set<Int32>] {
        setsOfShard.mapValues { names in
            Set(sets.indices.filter { names.contains(sets[$0].name) }.map { Int32($0) })
        }
    }

    private static func digest(_ shard: Shard, _ limits: ReadLimits) throws -> String? {
        guard let reader = try? ShardReader(shard: shard, shardIndex: 0, limits: limits) else { return nil }
        while (try? reader.next()) != nil {}
        return reader.outcome.sha256
    }

    private static func hash(_ bytes: [UInt8], _ text: OverlapText) -> UInt64? {
        text.begin()
        bytes.withUnsafeBytes { text.append($0) }
        return hash(text)
    }

    /// The hash of the user's turns of a row, one after another; `nil` where there are fewer than two.
    private static func hash(usersOf row: RowText, _ text: OverlapText) -> UInt64? {
        text.begin()
        for turn in row.turns where turn.role == .user { text.append(row.bytes(of: turn)) }
        return text.turnStarts.count > 2 ? hash(text) : nil
    }

    private static func hash(_ text: OverlapText) -> UInt64? {
        guard text.count >= EvalIndex.leastWords, let base = text.words.baseAddress else { return nil }
        return ctext_xxh3_64(base, text.count * 8, 0)
    }

    private static func isSet(
        _ shard: Shard, _ number: Int, _ inputs: InputSet, _ hashes: Set<UInt64>, _ text: OverlapText
    ) -> Bool {
        guard let reader = try? ShardReader(shard: shard, shardIndex: number, limits: inputs.limits) else {
            return false
        }
        let decoder = RowDecoder(limits: inputs.limits)
        let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)
        mapper.use(inputs.mappings[number])
        var found = Set<UInt64>()
        var rows = 0
        var itemRows = 0
        while let batch = try? reader.next() {
            for row in batch.rows {
                rows += 1
                decoder.withDecoded(batch.bytes(of: row)) { decoded in
                    guard case .value(let node) = decoded else { return }
                    mapper.map(node)
                    var isItem = false
                    mapper.withRowText { row in
                        let turns = row.turns.lazy.map { hash(Array(row.bytes(of: $0)), text) }
                        let known = (turns + [hash(usersOf: row, text)]).filter {
                            $0.map(hashes.contains) ?? false
                        }
                        isItem = !known.isEmpty
                        found.formUnion(known.compactMap { $0 })
                    }
                    if isItem { itemRows += 1 }
                }
            }
        }
        return Double(found.count) >= itemShare * Double(hashes.count)
            && Double(itemRows) >= rowShare * Double(rows)
    }
}
