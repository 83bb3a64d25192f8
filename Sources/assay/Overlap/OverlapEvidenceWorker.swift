import CText
import Corpus
import EvalOverlap
import Findings
import NearDuplicates
import Shards

/// Judges the candidates of one batch; one per thread.
///
/// `@unchecked Sendable` without a lock: each thread uses its own.
final class OverlapEvidenceWorker: @unchecked Sendable {
    private let stage: OverlapEvidenceStage
    private let decoder: RowDecoder
    private let mapper: RowMapper
    private let text: OverlapText
    private let judge: OverlapJudge
    private let writer: OverlapLineWriter
    private let identity: TextIdentity
    private let likeness: ItemLikeness
    /// Counts the words of a prompt's examples, of each turn of the row at hand once.
    private let prefix: OverlapText
    private var exampleWords: [Int: Int] = [:]
    /// Of the turns of the row at hand that have a match.
    private var turnHashes: [Int: UInt64] = [:]

    init(_ stage: OverlapEvidenceStage) throws {
        self.stage = stage
        decoder = RowDecoder(limits: stage.inputs.limits)
        mapper = RowMapper(
            ignoredFields: [], slices: stage.slices.map { FieldPath($0) }, toolsAreCompared: false)
        text = try OverlapText()
        judge = try OverlapJudge(stage.decision)
        identity = try TextIdentity()
        writer = try OverlapLineWriter(stage.decision.index, holdsRaw: stage.holdsRaw)
        likeness = try ItemLikeness()
        prefix = try OverlapText()
    }

    func work(_ batch: RawBatch) -> OverlapEvidenceStage.Batch {
        var result = OverlapEvidenceStage.Batch()
        result.rowCount = batch.rows.count + batch.quarantined.count
        let account = stage.survey.accounts[batch.shardIndex]
        let candidates = stage.survey.candidates[batch.shardIndex]
        mapper.use(stage.inputs.mappings[batch.shardIndex])
        batch.forEachInOrder { raw in
            let bytes = batch.bytes(of: raw)
            result.byteCount += bytes.count + 1
            let readable = account.readableRows(before: raw.ordinal)
            if account.isBad(raw.ordinal) {
                guard case .rejected(let code, let message) = decoder.decode(bytes) else { return }
                add(batch.quarantine(raw, code, message), batch.shardIndex, to: &result)
                return
            }
            let isCandidate = readable < candidates.count && candidates[readable]
            add(bytes, raw.ordinal, row: readable, batch.shardIndex, isCandidate, to: &result)
        } quarantined: {
            add($0, batch.shardIndex, to: &result)
        }
        return result
    }

    private func add(
        _ bytes: UnsafeRawBufferPointer, _ ordinal: Int, row: Int, _ shard: Int, _ isCandidate: Bool,
        to result: inout OverlapEvidenceStage.Batch
    ) {
        let id = Hash128(of: bytes).value
        var rule: OverlapVerdict?
        if isCandidate {
            decoder.withDecoded(bytes) { decoded in
                guard case .value(let node) = decoded else { return }
                mapper.map(node)
                rule = mapper.withRowText { examine($0, id, ordinal, row: row, shard, to: &result) }
                if result.rows.last?.ordinal == ordinal, stage.doors.isLater(node) == true {
                    result.rows[result.rows.count - 1].isLater = true
                }
            }
        }
        guard let rule else {
            result.kept.add(shard: stage.shardNames[shard], id: id)
            return
        }
        result.removed.add(shard: stage.shardNames[shard], id: id)
        result.planned[rule, default: 0] += 1
        addPlan(.remove, shard, ordinal, id, detector: "overlap", rule: rule.name, to: &result)
    }

    /// - Returns: the verdict for which the row goes, if it does.
    private func examine(
        _ row: RowText, _ id: UInt128, _ ordinal: Int, row readable: Int, _ shard: Int,
        to result: inout OverlapEvidenceStage.Batch
    ) -> OverlapVerdict? {
        text.read(row)
        exampleWords.removeAll(keepingCapacity: true)
        turnHashes.removeAll(keepingCapacity: true)
        var matches = judge.matches(in: text) {
            row.turns[$0].role
        } examples: {
            exampleWords(ofTurn: $0, row)
        }
        if let own = stage.ownSets[shard] {
            matches.removeAll { own.contains(stage.decision.index.items[$0.item].set) }
        }
        guard !matches.isEmpty else { return nil }
        let textID = identity.id(of: row)
        var lines: [OverlapTally.Line] = []
        var alike: [Int] = []
        likeness.begin()
        for match in matches {
            let turn = row.turns[match.turn]
            lines.append(
                OverlapTally.Line(
                    item: match.item, verdict: match.verdict, role: turn.role.name,
                    turnHash: hash(ofTurn: match.turn, row)))
            let record = OverlapRecord(
                row: stage.firstRows[shard] + readable, shard: Int32(shard), ordinal: ordinal,
                item: match.item,
                verdict: match.verdict, component: match.component.name, role: turn.role.name,
                turn: match.turn, coverage: match.match.coverage, position: FramePosition(frame: 0, offset: 0)
            )
            let place = OverlapLineWriter.Place(
                quotedShard: stage.quotedShardNames[shard], ordinal: ordinal, id: id, textID: textID)
            if stage.findsLikeness, !match.verdict.isLabel,
                likeness.isAlike(stage.decision.index.item(match.item).question, row)
            {
                alike.append(match.item)
            }
            result.overlaps.add(record) { writer.write(match, row, text, place, to: &$0) }
            if result.samples.count < OverlapEvidenceStage.samplesKept, !match.verdict.isLabel {
                result.samples.append(
                    writer.sample(match, row, text, shard: stage.shardNames[shard], ordinal: ordinal))
            }
        }
        result.rows.append(
            OverlapEvidenceStage.Row(
                row: stage.firstRows[shard] + readable, ordinal: ordinal, lines: lines, alike: alike,
                slices: mapper.sliceValues, isLater: false))
        return matches.map(\.verdict).filter { stage.planned.contains($0) }.min { $0.rawValue < $1.rawValue }
    }

    private func hash(ofTurn turn: Int, _ row: RowText) -> UInt64 {
        if let known = turnHashes[turn] { return known }
        let bytes = row.bytes(of: row.turns[turn])
        let hash = ctext_xxh3_64(bytes.baseAddress, bytes.count, UInt64(row.turns[turn].role.rawValue))
        turnHashes[turn] = hash
        return hash
    }

    /// Words of a turn that are the examples of a prompt.
    private func exampleWords(ofTurn turn: Int, _ row: RowText) -> Int {
        if let known = exampleWords[turn] { return known }
        let own = row.bytes(of: row.turns[turn])
        let bytes = ExampleList.examples(in: own)
        prefix.begin()
        if bytes > 0 { prefix.append(UnsafeRawBufferPointer(rebasing: own[..<bytes])) }
        exampleWords[turn] = prefix.count
        return prefix.count
    }

    private func addPlan(
        _ action: PlanLine.Action, _ shard: Int, _ ordinal: Int, _ id: UInt128, detector: String,
        rule: String,
        to result: inout OverlapEvidenceStage.Batch
    ) {
        let line = PlanLine(
            shard: stage.shardNames[shard], ordinal: ordinal, id: id, action: action, detector: detector,
            rule: rule)
        result.plan.add(()) { line.write(to: &$0, quotedShard: stage.quotedShardNames[shard]) }
    }

    private func add(_ row: QuarantinedRow, _ shard: Int, to result: inout OverlapEvidenceStage.Batch) {
        QuarantineLine(
            shard: shard, shardName: stage.shardNames[shard], quotedShardName: stage.quotedShardNames[shard],
            holdsRaw: stage.holdsRaw
        ).add(row, to: &result.quarantine, plan: &result.plan)
    }
}
