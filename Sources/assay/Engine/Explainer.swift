import Corpus
import Findings
import NearDuplicates
import Reporting

/// Looks a row up in a finished run.
struct Explainer {
    let run: StoredRun
    let store: RunStore
    private let shards: [ShardRecord]
    let rows: StoredRows

    /// Members of a cluster that are named.
    private static let listed = 10

    /// - Throws: `FindingsError`.
    init(run: StoredRun) throws {
        self.run = run
        store = try RunStore(run: run.path)
        shards = try store.shards()
        rows = StoredRows(run: run, store: store)
    }

    /// - Parameter target: `shard:row`; the shard's end is enough where it is the only one that ends so.
    /// - Throws: `UsageError` where there is no such row; `FindingsError`.
    func explain(_ target: String, showText: Bool) throws -> RowExplanation {
        let (shard, ordinal) = try find(target)
        var explanation = try explain(shard, ordinal, showText: showText)
        if explanation.status != .quarantined { try addComparison(to: &explanation) }
        if explanation.status != .quarantined, run.summary.languageProfile != nil,
            explanation.row.corpus == "training", !explanation.isOfComparison
        {
            try addLanguage(to: &explanation, shard: shard, showText: showText)
        }
        if explanation.status != .quarantined, let reviewed = try ReviewedRun(run) {
            try addDecisions(reviewed, to: &explanation)
        }
        return explanation
    }

    /// What reviewers decided on the row, or on the cluster that it lies in.
    private func addDecisions(_ reviewed: ReviewedRun, to explanation: inout RowExplanation) throws {
        let (shard, ordinal) = (explanation.row.shard, explanation.row.ordinal)
        func isRow(_ row: Decision.Row?) -> Bool { row?.shard == shard && row?.ordinal == ordinal }
        let keeper = explanation.match?.keeper
        explanation.decisions = reviewed.trail.standing.filter { decision in
            if let rows = decision.rows, !rows.isEmpty {
                return rows.contains { isRow($0) } || isRow(decision.keeper)
            }
            return isRow(decision.keeper)
                || (keeper != nil && decision.keeper?.shard == keeper?.shard
                    && decision.keeper?.ordinal == keeper?.ordinal)
        }.map(RowExplanation.Word.init)
        let plan = try reviewed.session.reviewedPlan()
        if plan.restored.contains(where: { $0.shard == shard && $0.ordinal == ordinal }) {
            explanation.decided = "kept"
        } else if plan.added.contains(where: { isRow($0.reference) }) {
            explanation.decided = "removed"
        }
    }

    private func explain(_ shard: Int, _ ordinal: Int, showText: Bool) throws -> RowExplanation {
        let place = self.place(shard, ordinal)
        if let record = try store.quarantined(shard: shard, ordinal: ordinal) {
            return try quarantined(record, place, showText: showText)
        }
        let row =
            shards[shard].firstRow + ordinal - (try store.quarantinedRows(shard: shard, before: ordinal))
        let overlaps = try self.overlaps(ofRow: row, showText: showText)
        if let removal = try store.removal(ofRow: row) {
            var explanation = try matched(removal, .removed, place, showText: showText)
            explanation.overlaps = overlaps
            return explanation
        }
        var explanation = RowExplanation(row: place, status: .kept)
        explanation.rowsWithoutText = run.summary.withoutText
        explanation.overlaps = overlaps
        explanation.isOfSets = (run.summary.evalOverlap?.sets ?? []).filter {
            $0.inputShards.contains(place.shard)
        }
        .map(\.name)
        if run.manifest.command == "compare"
            || place.corpus == run.summary.comparison?.right.name && place.corpus != "training"
        {
            explanation.isOfComparison = true
            if showText { explanation.diffNote = "its text stands in its shard" }
            return explanation
        }
        if run.manifest.command == "overlap" { return planned(explanation, showText: showText) }
        if run.manifest.command == "profile" {
            explanation.isOfProfile = true
            return explanation
        }
        if let spared = try store.spared(row: row) {
            let sets = explanation.isOfSets
            explanation = try matched(spared, .spared, place, showText: showText)
            explanation.overlaps = overlaps
            explanation.isOfSets = sets
        } else if showText {
            explanation.diffNote =
                run.setting("from") == nil
                ? "it matches no kept row, so there is no diff; its text stands in its shard"
                : "no stored pair with a kept row reaches the threshold; a plan made by --from compares no rows "
                    + "anew, so a scan at this threshold may still remove it"
        }
        if let cluster = try cluster(ofKeeper: row, listsMembers: true) { explanation.cluster = cluster }
        return explanation
    }

    /// A row of an overlap run: whether the plan removes it, and for which verdict.
    private func planned(_ explanation: RowExplanation, showText: Bool) -> RowExplanation {
        var explanation = explanation
        explanation.isOfOverlap = true
        var planned = Set<String>()
        if case .array(let names)? = run.setting("plan") { planned = Set(names.compactMap(\.string)) }
        if let rule = explanation.overlaps.first(where: { planned.contains($0.verdict) })?.verdict {
            explanation.status = .removed
            explanation.plannedVerdict = rule
            explanation.advice = ["scan again without \(rule) in --plan"]
        }
        if showText {
            explanation.diffNote =
                explanation.overlaps.isEmpty
                ? !explanation.isOfSets.isEmpty
                    ? "its shard is an eval set, so that its own items were not looked for in it"
                    : "no eval item was found in it; its text stands in its shard"
                : explanation.overlaps.contains { $0.rowText != nil }
                    ? "all shared spans stand in overlaps.jsonl.zst, with offsets on both sides"
                    : "the run holds no text (--no-raw); overlaps.jsonl.zst has the offsets on both sides"
        }
        return explanation
    }

    /// The eval items of a row, the first ones with the text that both sides share.
    private func overlaps(ofRow row: Int, showText: Bool) throws -> [OverlapLine] {
        var overlaps = try store.overlaps(ofRow: row)
        guard showText, !overlaps.isEmpty else { return overlaps }
        for (place, position) in try store.overlapPositions(ofRow: row).prefix(Self.listed).enumerated() {
            let text = try rows.sharedText(at: position)
            overlaps[place].rowText = text?.row
            overlaps[place].itemText = text?.item
        }
        return overlaps
    }

    // MARK: Finding the row

    private func find(_ target: String) throws -> (shard: Int, ordinal: Int) {
        guard let colon = target.lastIndex(of: ":"), let ordinal = Int(target[target.index(after: colon)...]),
            ordinal >= 0, colon > target.startIndex
        else {
            throw UsageError("\(target): is not SHARD:ROW; write it as train.jsonl:12, the first row being 0")
        }
        let shard = try shardNumber(String(target[..<colon]))
        let record = shards[shard]
        let count = input(of: shard)?.rows ?? 0
        guard ordinal < count else {
            let range = count == 0 ? "no rows" : "rows 0 to \(count - 1)"
            throw UsageError("\(record.name):\(ordinal): there is no such row; the shard has \(range)")
        }
        return (shard, ordinal)
    }

    /// A shard in the manifest, which of a comparison names no sides.
    private func input(of shard: Int) -> RunManifest.Input? {
        let record = shards[shard]
        let inputs = run.manifest.inputs
        if inputs.indices.contains(shard), inputs[shard].name == record.name { return inputs[shard] }
        return run.inputs(of: record.corpus).first { $0.name == record.name }
    }

    /// - Parameter name: a shard's name or the end of one; behind `SIDE=` it is of that corpus alone.
    private func shardNumber(_ name: String) throws -> Int {
        let isComparison = run.manifest.command == "compare"
        let exact = shards.indices.filter { shards[$0].name == name }
        if isComparison, exact.count > 1 {
            let names = exact.map { "\(shards[$0].corpus)=\(name)" }
            throw UsageError(
                "\(name): both sides have such a shard; write \(names.joined(separator: " or "))")
        }
        if let first = exact.first { return first }
        var corpora: [String] = []
        for shard in shards where !corpora.contains(shard.corpus) { corpora.append(shard.corpus) }
        if let side = corpora.first(where: { name.hasPrefix("\($0)=") }) {
            return try shard(ending: String(name.dropFirst(side.count + 1)), of: [[side]])
        }
        // Rows of the training corpus are meant, where a name does not say; of two sides none is.
        return try shard(ending: name, of: isComparison ? [corpora] : corpora.map { [$0] })
    }

    /// The shard of that name, or the only one that ends so.
    ///
    /// - Parameter groups: of corpora, those of the first one are looked at first.
    private func shard(ending name: String, of groups: [[String]]) throws -> Int {
        for corpora in groups {
            let own = shards.indices.filter { corpora.contains(shards[$0].corpus) }
            if let exact = own.first(where: { shards[$0].name == name }) { return exact }
            let found = own.filter { shards[$0].name.utf8.suffix(name.utf8.count).elementsEqual(name.utf8) }
            if found.count == 1 { return found[0] }
            if found.count > 1 {
                let names = found.prefix(5).map {
                    (corpora.count > 1 ? "\(shards[$0].corpus)=" : "") + shards[$0].name
                }
                throw UsageError(
                    "\(name): \(found.count) shards end so; name one of them whole: \(names.joined(separator: ", "))"
                )
            }
        }
        let names = shards.prefix(5).map(\.name).joined(separator: ", ")
        throw UsageError(
            "\(name): the run has no such shard; it has \(names)\(shards.count > 5 ? " and more (run.json)" : "")"
        )
    }

    private func place(_ shard: Int, _ ordinal: Int) -> RowExplanation.Place {
        guard shards.indices.contains(shard) else {
            return RowExplanation.Place(corpus: "?", shard: "?", ordinal: ordinal)
        }
        return RowExplanation.Place(corpus: shards[shard].corpus, shard: shards[shard].name, ordinal: ordinal)
    }

    // MARK: What is known of it

    private func quarantined(
        _ record: QuarantineRecord, _ place: RowExplanation.Place, showText: Bool
    ) throws -> RowExplanation {
        var explanation = RowExplanation(row: place, status: .quarantined)
        explanation.quarantine = RowExplanation.Quarantine(
            code: record.code, message: record.message, byteOffset: record.byteOffset)
        explanation.advice = [
            "repair the row in its shard and scan again; its bytes are in quarantine.jsonl.zst"
        ]
        if showText {
            let raw = try rows.raw(of: .quarantine, at: record.position)
            explanation.diffNote =
                raw.map { String(decoding: $0.prefix(400), as: UTF8.self) }
                ?? "its bytes are no UTF-8 and stand in quarantine.jsonl.zst, in base64"
        }
        return explanation
    }

    private func matched(
        _ record: RemovalRecord, _ status: RowExplanation.Status, _ place: RowExplanation.Place,
        showText: Bool
    ) throws -> RowExplanation {
        let names = try store.rules()
        let rule = names.indices.contains(Int(record.rule)) ? names[Int(record.rule)] : "?"
        let file: RunFile = status == .removed ? .casualties : .spared
        var explanation = RowExplanation(row: place, status: status)
        var match = RowExplanation.Match(
            keeper: self.place(Int(record.keeperShard), record.keeperOrdinal), kind: record.kind.name,
            similarity: record.similarity, difference: record.difference.name, differingFields: [],
            textLost: Double(record.textLost), rule: rule, slices: try slices(record.sliceSet))
        if showText || record.difference == .fields {
            let raw = try rows.raw(of: file, at: record.position)
            let keeper = try keeperRaw(record, file)
            if let raw, let keeper {
                if record.difference == .fields {
                    match.differingFields = try rows.differingFields(raw, keeper)
                }
                if showText { explanation.diff = try rows.diff(row: raw, keeper: keeper) }
            } else if showText {
                explanation.diffNote =
                    raw == nil
                    ? "the run holds no row text (--no-raw), so there is no diff"
                    : "the keeper's text is not in the run and its shard has changed or moved, so there is no diff"
            }
        }
        explanation.match = match
        explanation.cluster = try cluster(ofKeeper: record.keeper, listsMembers: false)
        explanation.advice = ExplainAdvice(run: run, record: record, rule: rule, slices: match.slices)
            .lines(status)
        return explanation
    }

    /// The keeper's bytes: from the run where rows were removed for it, else from its shard.
    private func keeperRaw(_ record: RemovalRecord, _ file: RunFile) throws -> [UInt8]? {
        if let cluster = try store.cluster(ofKeeper: record.keeper) {
            return try rows.raw(of: .keepers, at: cluster.position)
        }
        let place = try rows.line(of: file, at: record.position) { RowPlace($0.field("keeper")) }
        return place.flatMap { rows.rawFromInput($0) }
    }

    private func slices(_ set: Int32) throws -> [String] {
        let (values, sets) = try store.slices()
        guard sets.indices.contains(Int(set)) else { return [] }
        return sets[Int(set)].compactMap { number in
            values.indices.contains(Int(number))
                ? "\(values[Int(number)].field)=\(values[Int(number)].value)" : nil
        }
    }

    private func cluster(ofKeeper row: Int, listsMembers: Bool) throws -> RowExplanation.Cluster? {
        guard let record = try store.cluster(ofKeeper: row) else { return nil }
        var cluster = RowExplanation.Cluster(
            rank: record.rank + 1, clusters: try store.clusterCount(), removed: Int(record.memberCount),
            members: [])
        guard listsMembers else { return cluster }
        cluster.members = try store.removals(ofKeeper: row).prefix(Self.listed).map { member in
            RowExplanation.Member(
                row: place(Int(member.shard), member.ordinal), kind: member.kind.name,
                similarity: member.similarity, difference: member.difference.name)
        }
        return cluster
    }
}
