import CText
import Corpus
import Findings
import NearDuplicates
import Shards

/// Writes the lines of one batch; one per thread.
final class EvidenceWorker {
    private let decoder: RowDecoder
    private let decision: DedupDecision
    private let roster: RowRoster
    private let holdsRaw: Bool
    private let textFields: Set<UInt32>
    private var rowBuffer = ReadBuffer()
    private var keeperBuffer = ReadBuffer()

    /// - Parameter textFields: hashes of the names of fields that read as text and are not compared.
    init(
        limits: ReadLimits, decision: DedupDecision, roster: RowRoster, holdsRaw: Bool,
        textFields: Set<UInt32>
    ) {
        decoder = RowDecoder(limits: limits)
        self.decision = decision
        self.roster = roster
        self.holdsRaw = holdsRaw
        self.textFields = textFields
    }

    /// - Throws: `ScratchError`.
    func work(_ batch: RawBatch, account: ShardAccount, isAgainst: Bool) throws -> EvidenceBatch {
        var result = EvidenceBatch()
        result.rowCount = batch.rows.count + batch.quarantined.count
        let firstOrdinal = min(
            batch.rows.first?.ordinal ?? .max, batch.quarantined.first?.ordinal ?? .max)
        guard firstOrdinal != .max else { return result }
        var bad = account.badOrdinals[Self.position(of: firstOrdinal, in: account.badOrdinals)...]
        var row = roster.firstRow(of: batch.shardIndex) + account.readableRows(before: firstOrdinal)
        try batch.forEachInOrder { raw in
            while let first = bad.first, first < raw.ordinal { bad.removeFirst() }
            let bytes = batch.bytes(of: raw)
            result.byteCount += bytes.count + 1
            if bad.first == raw.ordinal {
                guard !isAgainst, case .rejected(let code, let message) = decoder.decode(bytes) else {
                    return
                }
                add(batch.quarantine(raw, code, message), batch.shardIndex, to: &result)
                return
            }
            prefetchKeeper(of: row + Self.rowsAhead)
            try add(row, ordinal: raw.ordinal, bytes: bytes, shard: batch.shardIndex, isAgainst, to: &result)
            row += 1
        } quarantined: {
            if !isAgainst { add($0, batch.shardIndex, to: &result) }
        }
        return result
    }

    /// Rows ahead whose keeper's record is asked for.
    private static let rowsAhead = 8

    private func prefetchKeeper(of row: Int) {
        guard row < decision.table.rowCount, let match = decision.verdicts.casualty(row) else { return }
        decision.table.prefetchRecord(Int(match.keeper))
    }

    /// Place of the first element that is not smaller.
    private static func position(of value: Int, in sorted: [Int]) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func add(
        _ row: Int, ordinal: Int, bytes: UnsafeRawBufferPointer, shard: Int, _ isAgainst: Bool,
        to result: inout EvidenceBatch
    ) throws {
        let id = Hash128(of: bytes).value
        if !isAgainst {
            if let match = decision.verdicts.casualty(row) {
                result.removed.add(shard: roster.shardNames[shard], id: id)
                try addMatch(
                    match, rule: match.kind.name, ordinal, shard, bytes, to: &result, action: .remove)
                return
            }
            result.kept.add(shard: roster.shardNames[shard], id: id)
            if let spared = roster.spared(row) {
                let rule = spared.rule.name(difference: spared.match.difference)
                try addMatch(spared.match, rule: rule, ordinal, shard, bytes, to: &result, action: .spare)
            }
        }
        if let rank = roster.rank(ofKeeper: row) {
            try addKeeper(row, rank, ordinal, shard, bytes, to: &result)
        }
    }

    private func addMatch(
        _ match: Match, rule: String, _ ordinal: Int, _ shard: Int, _ bytes: UnsafeRawBufferPointer,
        to result: inout EvidenceBatch, action: PlanLine.Action
    ) throws {
        let record = try decision.table.record(Int(match.row), buffer: &rowBuffer)
        let keeper = try decision.table.record(Int(match.keeper), buffer: &keeperBuffer)
        let keeperPlace = roster.place(of: Int(match.keeper))
        let set = Int(decision.table.sliceSet[Int(match.row)])
        if action == .remove, match.difference == .fields {
            let fields = RowDifference.fields(record, keeper)
            for field in fields { result.differingFields[field, default: 0] += 1 }
            if match.kind == .identical, fields.contains(where: textFields.contains) {
                let keeperSet = Int(decision.table.sliceSet[Int(match.keeper)])
                result.unlikeText.add(
                    UnlikeRows.Place(shard: shard, sliceSet: set),
                    keeper: roster.isAgainst(shard: keeperPlace.shard)
                        ? nil : UnlikeRows.Place(shard: keeperPlace.shard, sliceSet: keeperSet))
            }
        }
        let removal = RemovalRecord(
            row: Int(match.row), shard: Int32(shard), ordinal: ordinal, keeper: Int(match.keeper),
            keeperShard: Int32(keeperPlace.shard), keeperOrdinal: keeperPlace.ordinal, kind: match.kind,
            similarity: match.similarity, textLost: match.textLost, difference: match.difference,
            rule: Rules.number(of: rule), sliceSet: Int32(set), position: FramePosition(frame: 0, offset: 0))
        if action == .remove {
            result.casualties.add(removal) { write(removal, match, record, keeper, rule, bytes, to: &$0) }
        } else {
            result.spared.add(removal) { write(removal, match, record, keeper, rule, bytes, to: &$0) }
        }
        addPlan(action, shard, ordinal, record.id.value, detector: "near-duplicates", rule: rule, to: &result)
    }

    /// Writes a line of `casualties` or `spared`.
    private func write(
        _ removal: RemovalRecord, _ match: Match, _ row: RowRecord, _ keeper: RowRecord, _ rule: String,
        _ bytes: UnsafeRawBufferPointer, to json: inout JSONBytes
    ) {
        json.beginObject()
        json.key("row")
        reference(Int(removal.shard), removal.ordinal, row, to: &json)
        json.key("keeper")
        reference(Int(removal.keeperShard), removal.keeperOrdinal, keeper, to: &json)
        json.field("kind", match.kind.name)
        json.field("similarity", match.similarity)
        json.field("difference", match.difference.name)
        json.field("textLost", Double(match.textLost))
        if let rank = roster.rank(ofKeeper: Int(match.keeper)) { json.field("cluster", rank) }
        json.field("slices", written: roster.sliceSets[Int(removal.sliceSet)])
        json.field("rule", rule)
        if holdsRaw { json.field("raw", bytes) }
        json.endObject()
    }

    private func addPlan(
        _ action: PlanLine.Action, _ shard: Int, _ ordinal: Int, _ id: UInt128, detector: String,
        rule: String,
        to result: inout EvidenceBatch
    ) {
        let line = PlanLine(
            shard: roster.shardNames[shard], ordinal: ordinal, id: id, action: action, detector: detector,
            rule: rule)
        result.plan.add(()) { line.write(to: &$0, quotedShard: roster.quotedShardNames[shard]) }
    }

    private func reference(_ shard: Int, _ ordinal: Int, _ record: RowRecord, to json: inout JSONBytes) {
        json.beginObject()
        if roster.isAgainst(shard: shard) { json.field("corpus", "against") }
        json.field("shard", written: roster.quotedShardNames[shard])
        json.field("ordinal", ordinal)
        json.field("id", hexadecimal: record.id.value)
        json.field("textId", hexadecimal: record.textID.value)
        json.endObject()
    }

    private func addKeeper(
        _ row: Int, _ rank: Int, _ ordinal: Int, _ shard: Int, _ bytes: UnsafeRawBufferPointer,
        to result: inout EvidenceBatch
    ) throws {
        let record = try decision.table.record(row, buffer: &rowBuffer)
        let members = roster.clusters[rank].members
        let slices = roster.sliceSets[Int(decision.table.sliceSet[row])]
        let cluster = ClusterRecord(
            rank: rank, keeper: row, keeperShard: Int32(shard), keeperOrdinal: ordinal,
            memberCount: Int32(members),
            position: FramePosition(frame: 0, offset: 0))
        result.keepers.add(cluster) { json in
            json.beginObject()
            json.key("row")
            reference(shard, ordinal, record, to: &json)
            json.field("cluster", rank)
            json.field("members", members)
            json.field("slices", written: slices)
            if holdsRaw { json.field("raw", bytes) }
            json.endObject()
        }
    }

    private func add(_ row: QuarantinedRow, _ shard: Int, to result: inout EvidenceBatch) {
        QuarantineLine(
            shard: shard, shardName: roster.shardNames[shard],
            quotedShardName: roster.quotedShardNames[shard],
            holdsRaw: holdsRaw
        ).add(row, to: &result.quarantine, plan: &result.plan)
    }
}

extension Hash128 {
    /// As one number.
    var value: UInt128 { UInt128(high) << 64 | UInt128(low) }
}
