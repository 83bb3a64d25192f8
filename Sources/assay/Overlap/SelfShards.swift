import CText
import Corpus
import EvalOverlap
import Pipeline
import Shards
import Synchronization

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
    init(_ inputs: InputSet, _ reader: EvalReader, threads: Int) throws {
        for source in reader.sources {
            guard let own = source.shard else { continue }
            for (number, shard) in inputs.shards.enumerated() {
                if shard.byteCount == own.byteCount, try Self.digest(shard, inputs.limits) == source.sha256 {
                    setsOfShard[number, default: []].insert(source.set)
                }
            }
        }
        let text = try OverlapText()
        let sought = reader.sets.filter { !$0.isControl }.map { set in
            let bytes = reader.sources.filter { $0.set == set.name }.reduce(0) { $0 + $1.bytes }
            let hashes = Set(set.items.compactMap { $0.question.withUnsafeBytes { Self.hash($0, text) } })
            return Sought(name: set.name, bytes: bytes, hashes: hashes)
        }.filter { $0.hashes.count >= 5 }
        if sought.isEmpty { return }
        let same = setsOfShard
        let found = Mutex(same)
        let texts = try (0..<max(1, threads)).map { _ in try OverlapText() }
        try parallelFor(inputs.shards.count, threads: threads) { worker, number in
            let shard = inputs.shards[number]
            let near = sought.filter {
                same[number]?.contains($0.name) != true
                    && Int(shard.byteCount) <= $0.bytes * Self.sizeFactor
            }
            let names = Self.sets(near, in: shard, number, inputs, texts[worker])
            if !names.isEmpty { found.withLock { $0[number, default: []].formUnion(names) } }
        }
        setsOfShard = found.withLock { $0 }
    }

    /// A set, and the hashes of its questions.
    private struct Sought {
        var name: String
        var bytes: Int
        var hashes: Set<UInt64>
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

    private static func hash(_ bytes: UnsafeRawBufferPointer, _ text: OverlapText) -> UInt64? {
        text.begin()
        text.append(bytes)
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

    /// The names of the sets that a shard is.
    ///
    /// - Complexity: O(bytes of the shard), whatever the number of sets, and the rows that are items times the sets.
    private static func sets(
        _ sought: [Sought], in shard: Shard, _ number: Int, _ inputs: InputSet, _ text: OverlapText
    ) -> [String] {
        guard !sought.isEmpty,
            let reader = try? ShardReader(shard: shard, shardIndex: number, limits: inputs.limits)
        else { return [] }
        let decoder = RowDecoder(limits: inputs.limits)
        let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)
        mapper.use(inputs.mappings[number])
        let all = sought.reduce(into: Set<UInt64>()) { $0.formUnion($1.hashes) }
        var found = [Set<UInt64>](repeating: [], count: sought.count)
        var itemRows = [Int](repeating: 0, count: sought.count)
        var rows = 0
        var known: [UInt64] = []
        while let batch = try? reader.next() {
            for row in batch.rows {
                rows += 1
                known.removeAll(keepingCapacity: true)
                decoder.withDecoded(batch.bytes(of: row)) { decoded in
                    guard case .value(let node) = decoded else { return }
                    mapper.map(node)
                    mapper.withRowText { row in
                        for turn in row.turns {
                            if let hash = hash(row.bytes(of: turn), text), all.contains(hash) {
                                known.append(hash)
                            }
                        }
                        if let hash = hash(usersOf: row, text), all.contains(hash) { known.append(hash) }
                    }
                }
                if known.isEmpty { continue }
                for (place, set) in sought.enumerated() {
                    let own = known.filter(set.hashes.contains)
                    if own.isEmpty { continue }
                    itemRows[place] += 1
                    found[place].formUnion(own)
                }
            }
        }
        return sought.indices.filter { place in
            Double(found[place].count) >= itemShare * Double(sought[place].hashes.count)
                && Double(itemRows[place]) >= rowShare * Double(rows)
        }.map { sought[$0].name }
    }
}
