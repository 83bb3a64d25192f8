import Findings

/// Writes a run's evidence files anew for another plan, from those of the run.
final class ReplanFiles {
    struct Cluster {
        var keeper: Int
        var members: Int
    }

    private let run: String
    private let store: RunStore
    private let decision: ReplanDecision
    private let threshold: Double
    private let holdsRaw: Bool
    /// Largest first, then by keeper, as a scan ranks them.
    let clusters: [Cluster]
    private let rankOfKeeper: [Int: Int]

    private(set) var removed = RowSetDigest()
    private(set) var freedIDs: [(shard: String, id: UInt128)] = []
    /// Spared rows that still match.
    private(set) var spared: [RemovalRecord] = []

    init(run: String, store: RunStore, decision: ReplanDecision, threshold: Double, holdsRaw: Bool) {
        self.run = run
        self.store = store
        self.decision = decision
        self.threshold = threshold
        self.holdsRaw = holdsRaw
        var members: [Int: Int] = [:]
        for place in decision.removals.indices {
            if let removal = decision.removal(place) { members[removal.keeper, default: 0] += 1 }
        }
        clusters = members.map { Cluster(keeper: $0.key, members: $0.value) }
            .sorted { ($1.members, $0.keeper) < ($0.members, $1.keeper) }
        var ranks: [Int: Int] = [:]
        for (rank, cluster) in clusters.enumerated() { ranks[cluster.keeper] = rank }
        rankOfKeeper = ranks
    }

    /// - Returns: each file with its digest.
    /// - Throws: `FindingsError`.
    func write(to folder: RunFolder, _ target: RunStoreWriter) throws -> [(file: RunFile, digest: FileDigest)]
    {
        [
            (.casualties, try copy(.casualties, folder, target, casualties)),
            (.spared, try copy(.spared, folder, target, sparedRows)),
            (.keepers, try copy(.keepers, folder, target, keepers)),
            (.quarantine, try copy(.quarantine, folder, target, quarantine)),
            (.plan, try copy(.plan, folder, target, plan)),
        ]
    }

    private func copy(
        _ file: RunFile, _ folder: RunFolder, _ target: RunStoreWriter,
        _ body: (FrameReader, FrameWriter, RunStoreWriter) throws -> Void
    ) throws -> FileDigest {
        let reader = try FrameReader(path: "\(run)/\(file.name)")
        let writer = try folder.frameWriter(for: file)
        try body(reader, writer, target)
        let framed = try writer.finish()
        try target.addFrames(framed.frames, of: file)
        return framed.digest
    }

    // MARK: Files

    private func casualties(_ reader: FrameReader, _ writer: FrameWriter, _ target: RunStoreWriter) throws {
        let leaders = try CasualtyLines(run: run, store: store)
        var place = 0
        var records: [RemovalRecord] = []
        try reader.forEachLine { bytes in
            guard decision.removals.indices.contains(place) else { throw damaged(.casualties) }
            defer { place += 1 }
            guard var record = decision.removal(place) else { return }
            let line: [UInt8]
            if case .copy(let leader, _) = decision.fates[place] {
                line = try copyLine(RunLine(bytes), record, leader: decision.removals[leader], leaders)
            } else {
                guard
                    let changed = RunLine(bytes).with(
                        cluster: rankOfKeeper[record.keeper], holdsRaw: holdsRaw)
                else { throw damaged(.casualties) }
                line = changed
            }
            record.position = try line.withUnsafeBytes { try writer.append($0) }
            records.append(record)
            if records.count == 10_000 {
                try target.appendRemovals(records)
                records = []
            }
        }
        guard place == decision.removals.count else { throw damaged(.casualties) }
        try target.appendRemovals(records)
    }

    /// A row that is removed as a copy of a freed one.
    private func copyLine(
        _ line: RunLine, _ record: RemovalRecord, leader: RemovalRecord, _ lines: CasualtyLines
    ) throws -> [UInt8] {
        let keeper = try lines.line(leader) { RunLine($0).row.map { Array($0) } }
        guard let keeper, let row = line.row, let slices = line.slices else { throw damaged(.casualties) }
        var json = JSONBytes()
        json.beginObject()
        json.field("row", raw: Array(row))
        json.field("keeper", raw: keeper)
        json.field("kind", record.kind.name)
        json.field("similarity", record.similarity)
        json.field("difference", record.difference.name)
        json.field("textLost", Double(record.textLost))
        if let rank = rankOfKeeper[record.keeper] { json.field("cluster", rank) }
        json.field("slices", raw: Array(slices))
        json.field("rule", record.kind.name)
        if holdsRaw, let raw = line.raw { json.field("raw", raw: Array(raw)) }
        json.endObject()
        return json.bytes
    }

    private func sparedRows(_ reader: FrameReader, _ writer: FrameWriter, _ target: RunStoreWriter) throws {
        var old: [RemovalRecord] = []
        try store.forEachSpared { old.append($0) }
        var place = 0
        try reader.forEachLine { bytes in
            guard old.indices.contains(place) else { throw damaged(.spared) }
            var record = old[place]
            place += 1
            guard stillMatches(record) else { return }
            guard let line = RunLine(bytes).with(cluster: rankOfKeeper[record.keeper], holdsRaw: holdsRaw)
            else {
                throw damaged(.spared)
            }
            record.position = try line.withUnsafeBytes { try writer.append($0) }
            spared.append(record)
        }
        guard place == old.count else { throw damaged(.spared) }
        try target.appendSpared(spared)
    }

    private func stillMatches(_ record: RemovalRecord) -> Bool {
        record.kind != .near || record.similarity >= threshold
    }

    private func keepers(_ reader: FrameReader, _ writer: FrameWriter, _ target: RunStoreWriter) throws {
        var old: [ClusterRecord] = []
        try store.forEachCluster { old.append($0) }
        old.sort { $0.keeper < $1.keeper }
        var fresh = freshKeepers()[...]
        let lines = try CasualtyLines(run: run, store: store)
        var records: [ClusterRecord] = []
        func write(_ bytes: UnsafeRawBufferPointer, _ keeper: Int, _ shard: Int32, _ ordinal: Int) throws {
            guard let rank = rankOfKeeper[keeper] else { return }
            let line = RunLine(bytes)
            guard let row = line.row else { throw damaged(.keepers) }
            var json = JSONBytes()
            json.beginObject()
            json.field("row", raw: Array(row))
            json.field("cluster", rank)
            json.field("members", clusters[rank].members)
            if let slices = line.slices { json.field("slices", raw: Array(slices)) }
            if holdsRaw, let raw = line.raw { json.field("raw", raw: Array(raw)) }
            json.endObject()
            records.append(
                ClusterRecord(
                    rank: rank, keeper: keeper, keeperShard: shard, keeperOrdinal: ordinal,
                    memberCount: Int32(clamping: clusters[rank].members), position: try writer.append(json)))
        }
        func writeFresh(before row: Int) throws {
            while let first = fresh.first, first.row < row {
                fresh.removeFirst()
                try lines.line(first) { try write($0, first.row, first.shard, first.ordinal) }
            }
        }
        var place = 0
        try reader.forEachLine { bytes in
            guard old.indices.contains(place) else { throw damaged(.keepers) }
            let cluster = old[place]
            place += 1
            try writeFresh(before: cluster.keeper)
            try write(bytes, cluster.keeper, cluster.keeperShard, cluster.keeperOrdinal)
        }
        guard place == old.count else { throw damaged(.keepers) }
        try writeFresh(before: .max)
        try target.appendClusters(records)
    }

    /// Freed rows with copies, by row.
    private func freshKeepers() -> [RemovalRecord] {
        decision.removals.indices.filter {
            decision.fates[$0] == .freed && rankOfKeeper[decision.removals[$0].row] != nil
        }.map { decision.removals[$0] }
    }

    private func quarantine(_ reader: FrameReader, _ writer: FrameWriter, _ target: RunStoreWriter) throws {
        let rows = try store.query(
            "SELECT shard, ordinal, byte_offset, code, message FROM quarantined_rows ORDER BY shard, ordinal")
        var records: [QuarantineRecord] = []
        try reader.forEachLine { bytes in
            guard rows.indices.contains(records.count) else { throw damaged(.quarantine) }
            let row = rows[records.count]
            let numbers = row.prefix(3).map { $0.flatMap { Int($0) } ?? 0 }
            let line = holdsRaw ? Array(bytes) : Self.withoutRaw(bytes)
            records.append(
                QuarantineRecord(
                    shard: Int32(clamping: numbers[0]), ordinal: numbers[1], byteOffset: numbers[2],
                    code: row[3] ?? "", message: row[4] ?? "",
                    position: try line.withUnsafeBytes { try writer.append($0) }))
        }
        guard rows.count == records.count else { throw damaged(.quarantine) }
        try target.appendQuarantine(records)
    }

    private static func withoutRaw(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard let raw = RunLine(bytes).quarantinedRawStart else { return Array(bytes) }
        return Array(bytes[..<raw]) + [UInt8(ascii: "}")]
    }

    private func plan(_: FrameReader, _ writer: FrameWriter, _: RunStoreWriter) throws {
        let reader = try PlanReader(path: "\(run)/\(RunFile.plan.name)")
        let matching = Set(spared.map { Place(shard: Int($0.shard), ordinal: $0.ordinal) })
        var numbers: [String: Int] = [:]
        for (number, shard) in try store.shards().enumerated() where shard.corpus == "training" {
            numbers[shard.name] = number
        }
        var place = 0
        var json = JSONBytes()
        while var line = try reader.next() {
            switch line.action {
            case .quarantine: break
            case .spare:
                guard matching.contains(Place(shard: numbers[line.shard] ?? -1, ordinal: line.ordinal)) else {
                    continue
                }
            case .remove:
                guard decision.removals.indices.contains(place),
                    decision.removals[place].ordinal == line.ordinal
                else { throw damaged(.plan) }
                defer { place += 1 }
                guard let removal = decision.removal(place) else {
                    freedIDs.append((line.shard, line.id))
                    continue
                }
                line.rule = removal.kind.name
                removed.add(shard: line.shard, id: line.id)
            }
            json.reset()
            line.write(to: &json)
            try writer.append(json)
        }
        guard place == decision.removals.count else { throw damaged(.plan) }
    }

    private struct Place: Hashable {
        var shard: Int
        var ordinal: Int
    }

    private func damaged(_ file: RunFile) -> FindingsError {
        FindingsError(
            .damaged, "does not agree with \(RunFile.store.name); scan the corpus again",
            place: "\(run)/\(file.name)")
    }
}
