import CText
import Corpus
import Findings
import LanguageProfile
import NearDuplicates
import Shards

/// Looks at the rows of one batch for the second pass; one per thread.
///
/// `@unchecked Sendable` without a lock: each thread uses its own.
final class ProfileEvidenceWorker: @unchecked Sendable {
    private let stage: ProfileEvidenceStage
    private let decoder: RowDecoder
    private let mapper: RowMapper
    private let witness: SpellingWitness
    private let survey: SurveyWorker
    let counter: FeatureCounter
    private let fields: [String]

    /// Bytes of context on each side of an example.
    private static let context = 40

    init(_ stage: ProfileEvidenceStage) throws {
        self.stage = stage
        decoder = RowDecoder(limits: stage.inputs.limits)
        fields = stage.tap.slices + stage.labelFields + (stage.tap.options.author.map { [$0] } ?? [])
        counter = try FeatureCounter(
            stage.tap.sources.features, stage.tap.sources.knowledge,
            phrases: PhraseReader(stage.decision.phrases))
        mapper = RowMapper(ignoredFields: [], slices: fields.map { FieldPath($0) }, toolsAreCompared: false)
        witness = try SpellingWitness(stage.watch, stage.tap.sources.knowledge, features: counter)
        survey = try SurveyWorker(configuration: stage.clustering)
    }

    func work(_ batch: RawBatch) -> ProfileEvidenceStage.Batch {
        var result = ProfileEvidenceStage.Batch()
        result.rowCount = batch.rows.count + batch.quarantined.count
        result.sliceRows = Array(repeating: [:], count: stage.tap.slices.count)
        let account = stage.accounts[batch.shardIndex]
        mapper.use(stage.inputs.mappings[batch.shardIndex])
        batch.forEachInOrder { raw in
            let bytes = batch.bytes(of: raw)
            result.byteCount += bytes.count + 1
            let isBad = account.isBad(raw.ordinal)
            decoder.withDecoded(bytes) { decoded in
                switch decoded {
                case .value(let node):
                    guard !isBad else { return }
                    result.kept.add(shard: stage.shardNames[batch.shardIndex], id: Hash128(of: bytes).value)
                    mapper.map(node)
                    examine(node, bytes, raw.ordinal, batch.shardIndex, to: &result)
                case .rejected(let code, let message):
                    add(batch.quarantine(raw, code, message), batch.shardIndex, to: &result)
                }
            }
        } quarantined: {
            add($0, batch.shardIndex, to: &result)
        }
        return result
    }

    private func examine(
        _ node: JSONNode, _ raw: UnsafeRawBufferPointer, _ ordinal: Int, _ shard: Int,
        to result: inout ProfileEvidenceStage.Batch
    ) {
        let (author, parts, labels) = countSlices(to: &result)
        mapper.withRowText { witness.read($0) }
        let hasConversation = stage.decision.sharesConversations && mapper.conversationHash != 0
        let unit =
            stage.tap.options.author == nil ? (hasConversation ? mapper.conversationHash : nil) : author
        var origin = RowOrigin(shard: shard, ordinal: ordinal)
        origin.author = author
        origin.unit = unit
        origin.parts = parts
        origin.labels = labels
        origin.isDrawnByCluster = stage.drawsByCluster
        origin.provenance = Provenance(node)
        origin.fate = stage.fates?.fate(shard, ordinal, stage.accounts[shard])
        counter.endRow(origin)
        let hits = witness.hits
        guard !hits.isEmpty else { return }
        var witnessNumber: Int?
        var at = 0
        while at < hits.count {
            let pair = hits[at].pair
            var isWrong = [Bool?](repeating: nil, count: ProfileRole.count)
            var firstWrong: SpellingWitness.Hit?
            while at < hits.count, hits[at].pair == pair {
                let role = Int(hits[at].role.rawValue)
                isWrong[role] = isWrong[role] ?? false || hits[at].isWrong
                if hits[at].isWrong, firstWrong == nil { firstWrong = hits[at] }
                at += 1
            }
            result.tallies[pair, default: PairTally()].add(isWrong: isWrong, unit: unit, slices: parts)
            guard let firstWrong else { continue }
            if origin.number <= stage.witnessLimits[Int(pair)], stage.witnessLimits[Int(pair)] > 0 {
                let number = witnessNumber ?? addWitness(raw, to: &result)
                witnessNumber = number
                result.tallies[pair, default: PairTally()].witnesses.append(number)
            }
            addPlace(firstWrong, ordinal, shard, to: &result)
        }
    }

    /// What the values of a row's slices, labels and author come to.
    private struct RowSlices {
        /// Of the slices that were asked for.
        var declared: [(dimension: Int, value: String)] = []
        var parts: [SliceValue] = []
        var labels: [SliceValue] = []
        var authors: [UInt64] = []
    }

    /// By the values as the mapper has them: most rows have those of a row before.
    private var knownSlices: [[UInt8]: RowSlices] = [:]
    private static let slicesKept = 4096

    /// - Returns: the author's hash, if the row names one; the slices that the row lies in; its labels.
    private func countSlices(
        to result: inout ProfileEvidenceStage.Batch
    ) -> (author: UInt64?, parts: [SliceValue], labels: [SliceValue]) {
        guard !mapper.sliceValues.isEmpty else { return (nil, [], []) }
        let slices: RowSlices
        if let known = knownSlices[mapper.sliceValues] {
            slices = known
        } else {
            slices = readSlices()
            if knownSlices.count < Self.slicesKept { knownSlices[mapper.sliceValues] = slices }
        }
        for item in slices.declared { result.sliceRows[item.dimension][item.value, default: 0] += 1 }
        for author in slices.authors { result.authors.insert(author) }
        return (slices.authors.last, slices.parts, slices.labels)
    }

    private func readSlices() -> RowSlices {
        var slices = RowSlices()
        for item in SliceSet.values(of: mapper.sliceValues) {
            if item.dimension < stage.tap.slices.count {
                slices.declared.append(item)
                slices.parts.append(SliceValue(field: fields[item.dimension], value: item.value))
            } else if item.dimension < stage.tap.slices.count + stage.labelFields.count {
                slices.labels.append(SliceValue(field: fields[item.dimension], value: item.value))
            } else {
                slices.authors.append(
                    Array(item.value.utf8).withUnsafeBytes {
                        ctext_xxh3_64($0.baseAddress, $0.count, 11)
                    })
            }
        }
        return slices
    }

    private func addWitness(_ raw: UnsafeRawBufferPointer, to result: inout ProfileEvidenceStage.Batch) -> Int
    {
        let chunk = result.witnesses.chunk ?? survey.makeChunk()
        result.witnesses.chunk = chunk
        survey.add(mapper, raw: raw, against: false, to: chunk)
        return chunk.rowCount - 1
    }

    private func addPlace(
        _ hit: SpellingWitness.Hit, _ ordinal: Int, _ shard: Int, to result: inout ProfileEvidenceStage.Batch
    ) {
        let places = result.tallies[hit.pair, default: PairTally()].places
        guard places.count < PairTally.placesKept else { return }
        result.tallies[hit.pair, default: PairTally()].places.append(
            PairTally.Place(shard: shard, ordinal: ordinal))
        guard stage.showsText, places.count < ProfileEvidenceStage.samplesKept else { return }
        mapper.withRowText { row in
            let bytes = row.bytes(of: row.turns[Int(hit.turn)])
            let form = Int(hit.start)..<Int(hit.end)
            let before = max(0, form.lowerBound - Self.context)..<form.lowerBound
            let after = form.upperBound..<min(bytes.count, form.upperBound + Self.context)
            result.samples[hit.pair, default: []].append(
                ProfileSample(
                    wrong: stage.watch.pairs[Int(hit.pair)].wrong, shard: stage.shardNames[shard],
                    ordinal: ordinal, role: hit.role.name, before: Array(bytes[before]),
                    form: Array(bytes[form]),
                    after: Array(bytes[after])))
        }
    }

    private func add(_ row: QuarantinedRow, _ shard: Int, to result: inout ProfileEvidenceStage.Batch) {
        QuarantineLine(
            shard: shard, shardName: stage.shardNames[shard], quotedShardName: stage.quotedShardNames[shard],
            holdsRaw: stage.holdsRaw
        ).add(row, to: &result.quarantine, plan: &result.plan)
    }
}
