import Findings

/// The screen of a comparison: the verdict, the evidence, what to do.
///
/// A value made into text; every name and value from data is shown through `TerminalText`.
package struct ComparisonScreen {
    let summary: RunSummary
    let notes: [String]
    private let runPath: String
    private let samples: [ComparisonSample]?

    /// Entries of a table on the first screen.
    static let listed = 10

    /// - Parameter samples: row text for `--show-text`; `nil` leaves all of it out.
    package init(
        summary: RunSummary, notes: [String], runPath: String, samples: [ComparisonSample]? = nil
    ) {
        self.summary = summary
        self.notes = notes
        self.runPath = runPath
        self.samples = samples
    }

    var figures: ComparisonFigures { summary.comparison ?? ComparisonFigures() }
    var left: String { TerminalText.sanitized(figures.left.name) }
    var right: String { TerminalText.sanitized(figures.right.name) }

    package func text() -> String { (sections() + input() + gates() + end()).joined(separator: "\n") }

    /// What a scan's screen has too.
    package func sections() -> [String] {
        var lines = ["COMPARISON  \(TerminalText.sanitized(figures.verdict))"] + incomplete()
        guard figures.apart != nil else { return lines }
        lines += areas() + features() + shown() + terms() + coverage() + shapes() + advice()
        return lines
    }

    /// Figures of half-read input must not be taken for those of all of it.
    private func incomplete() -> [String] {
        let shards = figures.left.incompleteShards + figures.right.incompleteShards
        guard let first = shards.first else { return [] }
        return [
            "INCOMPLETE  compared is what was read before \(TerminalText.sanitized(first))"
                + (shards.count > 1 ? "; and \(Format.count(shards.count - 1, "shard")) more" : "")
        ]
    }

    // MARK: Evidence

    private func areas() -> [String] {
        var table = TextTable([
            .init("told apart by"), .init("pairs", .right), .init("interval"), .init("chance alone"),
            .init(figures.matchedBy.map { "matched by \($0)" } ?? ""),
        ])
        for (name, area) in [
            ("all that is written", figures.all), ("register (style, grammar words)", figures.register),
            ("content (other words)", figures.content),
        ] {
            let null = area.nullLow.flatMap { low in area.nullHigh.map { (low, $0) } }
            table.append([
                name, Self.area(area.auc), "\(Self.area(area.low)) to \(Self.area(area.high))",
                null.map { "\(Self.area($0.0)) to \(Self.area($0.1))" } ?? "-",
                area.matchedAuc.map(Self.area) ?? "",
            ])
        }
        return table.lines(indent: 2) + [
            "  of pairs, one row of \(left) and one of \(right), the part that an unseen classifier orders rightly: 0.5 is "
                + "chance, 1 always"
        ] + bases()
    }

    /// What the range by chance and the smallest difference rest on.
    private func bases() -> [String] {
        var lines: [String] = []
        if let rows = figures.nullRows, rows > 0 {
            let all = figures.left.sampled + figures.right.sampled
            lines.append(
                "  chance alone: what 20 trainings reach whose rows are dealt to the sides at random, on "
                    + Format.count(rows, "row")
                    + (rows < all ? ", scaled to all \(Format.number(all))" : ""))
        }
        lines.append(
            "  samples of this size (\(Format.number(figures.left.components)) and "
                + "\(Format.number(figures.right.components)) rows, duplicates counted once) show a difference from "
                + "\(Self.area(figures.detectable)) on, four times in five"
        )
        return lines
    }

    private func features() -> [String] {
        let standing = figures.features.filter(\.stands)
        var lines = [
            "", "FEATURES  rates and lengths that differ (\(standing.count) of \(figures.featuresTested))",
        ]
        guard !standing.isEmpty else { return lines + ["  none"] }
        var table = TextTable([
            .init("feature"), .init(left, .right, maximumWidth: 24), .init(right, .right, maximumWidth: 24),
            .init("delta", .right), .init("q", .right), .init("see", maximumWidth: 44),
        ])
        for feature in standing.prefix(Self.listed) {
            let seen =
                feature.delta > 0
                ? feature.leftPlaces.first.map { figures.name(of: $0, side: figures.left.name) }
                : feature.rightPlaces.first.map { figures.name(of: $0, side: figures.right.name) }
            table.append([
                feature.id, Self.spread(feature.left, feature), Self.spread(feature.right, feature),
                Self.signed(feature.delta),
                feature.q < 0.001 ? "<.001" : Format.plain(feature.q),
                seen ?? "-",
            ])
        }
        lines += table.lines(indent: 2)
        if standing.count > Self.listed {
            lines.append("  and \(standing.count - Self.listed) more in summary.json")
        }
        lines.append(
            "  rates and numbers, as median (10 % to 90 %) or mean, are of all sampled rows; delta (Cliff's, -1 to 1, named from .147 "
                + "on) and q")
        lines.append("  count duplicates once, so that delta is not just the difference of two rates")
        return lines
    }

    private func terms() -> [String] {
        var lines = [
            "",
            "WORDS  that one side has far more often: share of the rows that have them (\(Format.number(figures.termsTested)) tested)",
        ]
        if figures.areTermsCapped == true {
            lines.append(
                "  not all were counted: the sample has more different words and phrases than fit; a smaller --sample "
                    + "counts all of its own")
        }
        guard !figures.terms.isEmpty else { return lines + ["  none"] }
        for (side, isLeft) in [(left, true), (right, false)] {
            let own = figures.terms.filter { ($0.z > 0) == isLeft }.prefix(Self.listed)
            guard !own.isEmpty else { continue }
            let list = own.map { term -> String in
                let own = share(term, ofLeft: isLeft)
                let other = share(term, ofLeft: !isLeft)
                return "\(TerminalText.sanitized(term.term)) (\(own) : \(other))"
            }
            lines += Self.wrapped("  \(side): ", list)
        }
        return lines
    }

    /// Per cent of a side's rows that have the term.
    private func share(_ term: ComparisonFigures.Term, ofLeft: Bool) -> String {
        let side = ofLeft ? figures.left : figures.right
        let rows = ofLeft ? term.leftRows : term.rightRows
        return Format.percent(Double(rows) / Double(max(1, side.sampled)))
    }

    private func shown() -> [String] {
        guard let samples, !samples.isEmpty else { return [] }
        var lines: [String] = []
        var last = ""
        for sample in samples {
            if sample.feature != last { lines.append("  \(TerminalText.sanitized(sample.feature))") }
            last = sample.feature
            lines.append(
                "    \(TerminalText.sanitized(sample.side)) \(TerminalText.sanitized(sample.shard)):\(sample.ordinal): "
                    + TerminalText.sanitized(sample.text) + (sample.isCut ? "…" : ""))
        }
        return [""] + lines
    }

    // MARK: The rest

    private func advice() -> [String] {
        let lines = ComparisonAdvice(figures).lines
        return lines.isEmpty ? [] : ["", "WHAT TO DO"] + lines.map { "  " + TerminalText.sanitized($0) }
    }

    /// The gates of a comparison.
    private func gates() -> [String] {
        let gates = summary.gates.filter { $0.name.subject == .comparison }
        return gates.isEmpty ? [] : ["", "GATES"] + gates.map { "  " + GateText.line($0) }
    }

    private func end() -> [String] {
        var lines = [""]
        for cause in summary.causes { lines.append("exit: \(TerminalText.sanitized(cause.message))") }
        let store = Format.shellWord(runPath + "/findings.sqlite")
        let next =
            summary.causes.contains { $0.code == .badRows }
            ? "select * from quarantine"
            : figures.coverage == nil
                ? "select * from shards"
                : "select * from "
                    + (figures.uncovered.contains(where: \.stands) ? "uncovered" : "comparison_features")
        lines.append("run: \(Format.shellWord(runPath))    next: sqlite3 \(store) '\(next)'")
        return lines
    }

    // MARK: Numbers

    /// Three decimals.
    static func area(_ value: Double) -> String { Format.thousandths(value) }

    private static func signed(_ value: Double) -> String { (value < 0 ? "-" : "+") + area(abs(value)) }

    /// A rate, or the median with the tenth and ninetieth of a hundred.
    private static func spread(
        _ spread: ComparisonFigures.Spread, _ feature: ComparisonFigures.Feature
    ) -> String {
        if feature.kind != "rate",
            feature.left.median.map(Format.short) == feature.right.median.map(Format.short)
        {
            return "mean \(Format.short(spread.mean))"
        }
        guard let low = spread.low, let median = spread.median, let high = spread.high else {
            return Format.percent(spread.mean)
        }
        return "\(Format.short(median)) (\(Format.short(low)) to \(Format.short(high)))"
    }

    /// Items after a title, on lines of at most 116 characters.
    static func wrapped(_ title: String, _ items: [String]) -> [String] {
        var lines: [String] = []
        var line = title
        let indent = String(repeating: " ", count: 4)
        for (place, item) in items.enumerated() {
            let text = item + (place + 1 < items.count ? ", " : "")
            if line.count + text.count > 116, line != title {
                lines.append(line)
                line = indent
            }
            line += text
        }
        while line.last == " " { line.removeLast() }
        return lines.map { $0.last == " " ? String($0.dropLast()) : $0 } + [line]
    }
}
