import Corpus
import Findings

/// The first screen of a dedup: what a person must know before the plan is carried out.
///
/// A value made into text; every name and value from data is shown through `TerminalText`.
package struct DedupScreen {
    private let summary: RunSummary
    private let groups: [(mapping: String, shards: Int)]
    private let notes: [String]
    private let runPath: String
    private let samples: [DiffSample]?
    private let others: [String]
    private let closing: String?

    /// Lines that each list holds.
    static let listed = 14

    /// - Parameters:
    ///   - groups: shards by field mapping.
    ///   - samples: row text for `--show-text`; `nil` leaves all of it out.
    ///   - others: lines of the other analyses of a scan, which follow the casualty report.
    ///   - closing: what was not run and why.
    package init(
        summary: RunSummary, groups: [(mapping: String, shards: Int)], notes: [String], runPath: String,
        samples: [DiffSample]? = nil, others: [String] = [], closing: String? = nil
    ) {
        self.summary = summary
        self.groups = groups
        self.notes = notes
        self.runPath = runPath
        self.samples = samples
        self.others = others
        self.closing = closing
    }

    private var figures: NearDuplicateFigures { summary.nearDuplicates }

    /// The share of rows that the plan removes.
    private var corpusShare: Double {
        let read = summary.rows.in - summary.rows.quarantined
        return read == 0 ? 0 : Double(summary.rows.removed) / Double(read)
    }

    package func text() -> String {
        var lines: [String] = []
        lines += head()
        lines += rows()
        lines += spared()
        lines += lostMost()
        lines += differences()
        lines += clusters()
        lines += doubtful()
        lines += shardNotes()
        lines += others
        lines += gates()
        lines += end()
        return lines.joined(separator: "\n")
    }

    private func head() -> [String] {
        let sides = figures.on == "sides" ? "both sides" : "on \(figures.on)"
        var lines = [
            "Near duplicates: \(figures.shingle), Jaccard >= \(Format.plain(figures.threshold)), \(sides)"
        ]
        for group in groups {
            lines.append("  \(TerminalText.sanitized(group.mapping)): \(Format.count(group.shards, "shard"))")
        }
        for note in notes { lines.append("  note: \(TerminalText.sanitized(note))") }
        return lines
    }

    private func rows() -> [String] {
        let rows = summary.rows
        let share = rows.in == 0 ? 0 : Double(rows.removed) / Double(rows.in)
        var lines = ["", "ROWS"]
        lines.append(
            "  \(Format.number(rows.in)) in = \(Format.number(rows.kept)) kept + \(Format.number(rows.removed)) "
                + "removed (\(Format.percent(share))) + \(Format.number(rows.quarantined)) quarantined")
        let kinds = CasualtyKind.allCases.map { ($0.name, figures.casualties[$0]) }.filter { $0.1 > 0 }
        let list = kinds.map { "\(Format.number($0.1)) \($0.0)" }.joined(separator: ", ")
        lines.append(
            list.isEmpty
                ? "  removed: none" : "  removed: \(list); in \(Format.count(figures.clusters, "cluster"))")
        let withFields = figures.differences["fields"]
        if withFields > 0 {
            let fields = figures.differingFields.sorted.sorted { $0.count > $1.count }.prefix(6)
                .map { "\(TerminalText.sanitized($0.name)) \(Format.number($0.count))" }
            lines.append(
                "  \(Format.count(withFields, "removed row")) equal to the keeper but for what was not compared: "
                    + fields.joined(separator: ", "))
        }
        if let unlike = figures.unlikeText, unlike > 0, let fields = figures.leftOutText {
            lines.append(
                "  \(Format.number(unlike)) of them differ in text that is not compared "
                    + "(\(fields.map { TerminalText.sanitized($0) }.joined(separator: ", "))): gates count them"
            )
        }
        if rows.in == 0, summary.complete { lines.append("  the input holds no rows") }
        if rows.in > 0, rows.in == rows.quarantined {
            let isTable = summary.shards.contains { $0.name.hasSuffix(".csv") || $0.name.hasSuffix(".tsv") }
            lines.append(
                isTable
                    ? "  no row could be read: tables of CSV are not; make JSON Lines of them"
                    : "  no row could be read: is this JSON Lines? name the layout by --format")
        }
        if summary.comparesNothing { lines.append("  \(RunSummary.nothingCompared)") }
        if summary.withoutText > 0 {
            lines.append(
                "  \(Format.count(summary.withoutText, "kept row")) without text by this mapping, not compared; "
                    + "name the fields by --text or --prompt and --response")
        }
        if !summary.complete {
            lines.append("  INCOMPLETE: some input could not be read to its end (see below)")
        }
        lines += sideCounts()
        if figures.missed.splitBuckets > 0 {
            lines.append(
                "  \(Format.number(figures.missed.splitBuckets)) rows follow a template that very many share: a "
                    + "partner just at the threshold is missed with probability \(Format.percent(figures.missed.pairs))"
            )
        }
        return lines
    }

    private func sideCounts() -> [String] {
        var lines: [String] = []
        if figures.sameRequest > 0 || figures.sameReply > 0 {
            lines.append(
                "  in the input, \(Format.number(figures.sameRequest)) rows share a request with another reply, "
                    + "\(Format.number(figures.sameReply)) a reply with another request: no duplicates for that"
            )
        }
        if figures.prefixRows > 0, figures.casualties.prefix == 0 {
            lines.append(
                "  \(Format.count(figures.prefixRows, "row")) at the beginning of a longer conversation "
                    + "(remove them by --contained prefix)")
        }
        return lines
    }

    private func spared() -> [String] {
        let conflicts = figures.spared["label-conflict"]
        guard figures.spared.total > 0 else { return [] }
        var lines = ["", "SPARED  rows that matched a kept row and stay, by the rule that spares them"]
        for (name, count) in figures.spared.sorted where count > 0 {
            var line = "  \(Format.right(Format.number(count), 7)) \(name)"
            if figures.wouldRemove[name] > 0 {
                let option =
                    DifferenceClass(name: name)?.sparesByDefault ?? false
                    ? "--remove-differing \(name)" : "a run without --spare \(name)"
                line += "  (\(option) would remove up to \(Format.number(figures.wouldRemove[name])))"
            }
            lines.append(line)
        }
        if conflicts > 0 {
            lines.append(
                "  label-conflict: the same or nearly the same text with contradicting labels, or with answers exchanged; "
                    + "mend these before training")
        }
        return lines
    }

    private func lostMost() -> [String] {
        if summary.rows.removed == 0 { return [] }
        var lines = [
            "",
            "LOST MOST  rows before -> after (corpus \(Format.loss(corpusShare))), the fewest rows left first; text lost: "
                + "share of a removed row that its keeper lacks",
        ]
        let slices = worst(figures.slices.map { Loss($0) })
        let terms = worst(figures.terms.map { Loss($0) })
        if slices.isEmpty, terms.isEmpty {
            lines.append("  no slice and no term loses much more than the corpus")
        }
        lines += table("slice", slices)
        if !terms.isEmpty {
            let left =
                figures.termsMinimum.map { "; those that removed rows hold less than \($0) times left out" }
                ?? ""
            let heading = "words that no field names (\(Format.number(figures.termsTested)) tested\(left))"
            lines += table(heading, terms)
        }
        lines += lostInCopies()
        lines.append(
            "  every slice: sqlite3 \(quoted(runPath + "/findings.sqlite")) 'select * from slice_losses'")
        return lines
    }

    /// Slices that lose far more rows than the corpus, and no text with them.
    private func lostInCopies() -> [String] {
        let losses = figures.slices.map { Loss($0) }.filter { $0.losesCopiesAlone(corpusShare) }
            .sorted { $0.share != $1.share ? $0.share > $1.share : $0.name < $1.name }
        if losses.isEmpty { return [] }
        let named = losses.prefix(Self.listed / 3).map {
            "\(TerminalText.sanitized($0.name)) \(Format.number($0.before)) -> \(Format.number($0.after)) (\(Format.loss($0.share)))"
        }
        let more = losses.count - named.count
        return [
            "  in copies alone, without text: " + named.joined(separator: ", ")
                + (more > 0 ? " and \(Format.count(more, "slice")) more" : "")
        ]
    }

    /// What loses more than the corpus, as sorted by harm already: few rows left first, and larger groups in at
    /// least a third of the lines.
    private func worst(_ losses: [Loss]) -> [Loss] {
        let notable = losses.filter { $0.isNotable(corpusShare) }
        let few = notable.filter { $0.after <= 10 }
        let many = notable.filter { $0.after > 10 }
        let manyListed = min(many.count, max(Self.listed / 3, Self.listed - few.count))
        return Array(few.prefix(Self.listed - manyListed)) + Array(many.prefix(manyListed))
    }

    private func table(_ title: String, _ losses: [Loss]) -> [String] {
        guard !losses.isEmpty else { return [] }
        var table = TextTable([
            .init(title, maximumWidth: 52), .init("before", .right), .init("after", .right),
            .init("lost", .right),
            .init("text lost", .right), .init(""),
        ])
        for loss in losses {
            table.append([
                TerminalText.sanitized(loss.name), Format.number(loss.before), Format.number(loss.after),
                Format.loss(loss.share), loss.textLost.map(Format.percent) ?? "-", loss.remark,
            ])
        }
        return table.lines(indent: 2)
    }

    private func differences() -> [String] {
        guard figures.differences.total > 0 else { return [] }
        var lines = [
            "", "DIFFERENCES  what separates removed rows from their keepers; by rule, not by meaning",
        ]
        let list = figures.differences.sorted.filter { $0.count > 0 }
            .sorted { $0.count > $1.count }.map { "\(Format.number($0.count)) \($0.name)" }
        lines.append("  " + list.joined(separator: ", "))
        if figures.negationUnchecked > 0 {
            lines.append(
                "  negation was not checked for \(Format.count(figures.negationUnchecked, "row")): no word list for "
                    + "the language")
        }
        return lines
    }

    private func clusters() -> [String] {
        let large = figures.largestClusters.filter { $0.rows > 2 }.prefix(5)
        guard !large.isEmpty else { return [] }
        var lines = ["", "LARGEST CLUSTERS  one keeper and the rows removed for its sake; never a chain"]
        var table = TextTable([
            .init("keeper", maximumWidth: 52, keepsEnd: true), .init("rows", .right),
            .init("least similar", .right),
            .init("differ by"),
        ])
        for cluster in large {
            let classes = cluster.differences.sorted.filter { $0.count > 0 }.sorted { $0.count > $1.count }
            table.append([
                "\(TerminalText.sanitized(cluster.shard)):\(cluster.ordinal)", Format.number(cluster.rows),
                Format.plain(cluster.similarity),
                classes.prefix(3).map { "\($0.name) \(Format.number($0.count))" }.joined(separator: ", "),
            ])
        }
        lines += table.lines(indent: 2)
        return lines
    }

    private func doubtful() -> [String] {
        guard let first = figures.doubtful.first else { return [] }
        var lines = ["", "MOST DOUBTFUL  removed rows to look at before applying; at most two of a cluster"]
        let shown = figures.doubtful.prefix(samples == nil ? 3 : 5)
        for (place, row) in shown.enumerated() {
            lines.append(
                "  \(TerminalText.sanitized(row.shard)):\(row.ordinal)  keeper "
                    + "\(TerminalText.sanitized(row.keeperShard)):\(row.keeperOrdinal)  similarity "
                    + "\(Format.plain(row.similarity)), text lost \(Format.percent(row.textLost)): "
                    + TerminalText.sanitized(row.reason))
            if let samples, samples.indices.contains(place) { lines += samples[place].lines(indent: 6) }
        }
        if samples == nil {
            lines.append(
                "  see the text: assay explain \(quoted(runPath)) \(quoted("\(first.shard):\(first.ordinal)")) --show-text"
            )
        }
        return lines
    }

    private func shardNotes() -> [String] {
        let noted = summary.shards.filter { !$0.notes.isEmpty || $0.quarantined > 0 }
        guard !noted.isEmpty else { return [] }
        var lines = ["", "SHARDS"]
        for shard in noted.prefix(Self.listed) {
            var facts: [String] = []
            if let bad = RowsSection.quarantined(shard) { facts.append(bad) }
            facts += shard.notes.map(TerminalText.sanitized)
            lines.append("  \(TerminalText.sanitized(shard.name)): \(facts.joined(separator: "; "))")
        }
        if noted.count > Self.listed { lines.append("  and \(noted.count - Self.listed) more: summary.json") }
        if summary.rows.quarantined > 0 {
            lines.append(
                "  why: sqlite3 \(quoted(runPath + "/findings.sqlite")) 'select * from quarantine'")
        }
        return lines
    }

    private func gates() -> [String] {
        guard !summary.gates.isEmpty else { return [] }
        return ["", "GATES"]
            + summary.gates.map { "  " + GateText.line($0) + uncounted($0.name) }
    }

    /// What a gate leaves out.
    private func uncounted(_ gate: GateName) -> String {
        switch gate {
        case .maxDrop:
            figures.unlikeText ?? 0 > 0
                ? "; identical rows counted where they differ in text that is not compared"
                : "; rows of kind identical not counted"
        case .maxDropPerSlice: "; identical rows whose keeper stays in the slice not counted"
        case .maxOverlapItems, .maxAucRegister, .maxUncoveredShare, .maxFeatureDelta: ""
        }
    }

    private func end() -> [String] {
        var lines: [String] = [""]
        if let closing { lines += [closing, ""] }
        for cause in summary.causes { lines.append("exit: \(TerminalText.sanitized(cause.message))") }
        let next: String
        if let shard = summary.shards.first(where: { $0.state != .complete }) {
            next =
                "copy \(TerminalText.sanitized(shard.name)) again from its source, then repeat this command"
        } else if summary.causes.contains(where: { $0.code == .badRows }) {
            next = "sqlite3 \(quoted(runPath + "/findings.sqlite")) 'select * from quarantine'"
        } else if let gate = summary.gates.first(where: { !$0.passed }) {
            next =
                "assay review \(quoted(runPath)); assay apply \(quoted(runPath)) --out cleaned/ "
                + "--accept gate:\(gate.name.rawValue) carries it out all the same"
        } else if summary.rows.removed == 0 {
            next =
                summary.withoutText > 0
                ? "assay look on the same input: which fields hold text?" : "nothing to apply"
        } else {
            next = "assay review \(quoted(runPath)), then assay apply \(quoted(runPath)) --out cleaned/"
        }
        lines.append("run: \(quoted(runPath))    next: \(next)")
        return lines
    }

    /// A word for a shell.
    private func quoted(_ word: String) -> String { Format.shellWord(word) }
}

/// One line of LOST MOST.
private struct Loss {
    var name: String
    var before: Int
    var after: Int
    var share: Double
    var textLost: Double?
    var remark: String

    init(_ loss: RunSummary.SliceLoss) {
        name = "\(loss.field)=\(loss.value)"
        before = loss.before
        after = loss.after
        share = loss.share
        textLost = loss.textLost
        remark = Self.remark(after: loss.after, before: loss.before)
        if loss.after > 0, loss.distinctBefore < loss.before {
            remark +=
                (remark.isEmpty ? "" : ", ")
                + "distinct texts \(Format.number(loss.distinctBefore)) -> \(Format.number(loss.distinctAfter))"
        }
    }

    init(_ loss: RunSummary.TermLoss) {
        name = loss.term
        before = loss.before
        after = loss.after
        share = loss.share
        textLost = loss.textLost
        remark = Self.remark(after: loss.after, before: loss.before)
    }

    private static func remark(after: Int, before: Int) -> String {
        if after == 0, before > 0 { return "WIPED OUT" }
        return after <= 10 ? "\(after) left" : ""
    }

    /// Loses at least twice the corpus's share, five rows or more, and no text.
    func losesCopiesAlone(_ corpusShare: Double) -> Bool {
        after > 0 && before - after >= 5 && share >= corpusShare * 2 && (textLost ?? 1) < 0.005
    }

    /// Loses all its rows; or more than the corpus, and text with it.
    func isNotable(_ corpusShare: Double) -> Bool {
        if after == 0, before > 0 { return true }
        return before - after > 0 && share > corpusShare * 1.25 && (textLost ?? 0) >= 0.005
    }
}
