import Findings

/// What one side covers of the other.
extension ComparisonScreen {
    /// A distance between the sides' words that is worth a line.
    private static let leastUsualGap = 0.05

    func coverage() -> [String] {
        guard let coverage = figures.coverage else { return [] }
        if let doubt = coverage.doubt { return unjudged(coverage, doubt) }
        let standing = figures.uncovered.filter(\.stands)
        let isByTerms = coverage.groupedBy == "terms"
        let head =
            standing.isEmpty && coverage.isLowerBound
            ? "COVERAGE  no \(isByTerms ? "topic" : "slice") of \(Format.count(coverage.rows, "\(right) row")) was found that "
                + "\(left) hardly has"
            : isByTerms
                ? "COVERAGE  at least about \(Format.percent(coverage.uncoveredShare)) of \(Format.count(coverage.rows, "\(right) row")) are "
                    + "about what \(left) hardly has"
                : "COVERAGE  \(coverage.isLowerBound ? "at least about " : "")\(Format.percent(coverage.uncoveredShare)) of \(Format.count(coverage.rows, "\(right) row")) lie in "
                    + "slices that \(left) hardly has or does not come near"
        var lines = [
            "", head,
            "  similarity of the nearest \(left) row, on average: \(Self.area(coverage.matchedNearest)); of the nearest other "
                + "\(right) row, of as many: \(Self.area(coverage.ownNearest))",
        ]
        if let copied = coverage.copiedShare, copied >= ComparisonAdvice.mostCopied {
            lines.append(
                "  \(Format.percent(copied)) of \(right) rows stand word for word in \(left): the sides may not be independent"
            )
        }
        if let without = coverage.withoutField, without > 0 {
            lines.append(
                "  \(Format.count(without, "\(right) row")) without \(TerminalText.sanitized(coverage.groupedBy)) are in no "
                    + "slice, and not judged")
        }
        let usual = coverage.usualGap ?? figures.uncovered.first?.usualGap ?? 0
        if usual >= Self.leastUsualGap {
            lines.append(
                isByTerms
                    ? "  rows with words of both sides are nearer to \(right) than to \(left) by about \(Self.area(usual)): the "
                        + "sides use other words for the same"
                    : "  most slices \(figures.uncovered.first?.otherRows == nil ? "" : "that both sides have ")are nearer to "
                        + "\(right) than to \(left) by about \(Self.area(usual)): the sides use other words for the same; named "
                        + "are slices farther off")
        }
        if isByTerms {
            lines.append(
                "  by words: topics of few rows, or in words that both sides use, are not seen; --slice FIELD judges by a field"
            )
        }
        if let words = coverage.uncountedWords, !words.isEmpty {
            lines += Self.wrapped(
                "  words that \(left) hardly has (topics, or ways of writing; not counted): ",
                words.map { "\(TerminalText.sanitized($0.word)) (\(Format.percent($0.share)))" })
        }
        lines += groups(standing, title: "not covered", nearest: left, own: right)
        let rare = figures.uncovered.filter { $0.isRare == true }
        if !rare.isEmpty {
            lines.append("  covered, but far rarer in \(left); not counted:")
            lines += groups(rare, title: "rarer", nearest: left, own: right)
        }
        if !figures.unseen.isEmpty {
            lines.append(
                isByTerms
                    ? "  \(left) rows about what \(right) hardly has:"
                    : "  slices of \(left) that \(right) hardly has or does not come near:")
            lines += groups(figures.unseen, title: "not met", nearest: right, own: left)
        }
        return lines
    }

    private func unjudged(
        _ coverage: ComparisonFigures.Coverage, _ doubt: ComparisonFigures.Coverage.Doubt
    ) -> [String] {
        let reason =
            switch doubt {
            case .unlikeRows:
                "\(right) rows are too unlike each other (\(Self.area(coverage.ownNearest)) to the nearest, on average) for "
                    + "groups of their words"
            case .otherTurns:
                "rows of one side have far more turns, and with them other words (compare first turns by --first-turn)"
            case .otherWords:
                "\(Format.percent(1 - (coverage.sharedWords ?? 0))) of the common words of \(right) hardly stand in \(left): "
                    + "other topics, or other words for the same"
            }
        return [
            "", "COVERAGE  cannot be judged: \(reason)",
            "  name a field of both sides by --slice FIELD, to judge by topic",
        ]
    }

    private func groups(
        _ groups: [ComparisonFigures.Group], title: String, nearest: String, own: String
    ) -> [String] {
        guard !groups.isEmpty else { return [] }
        var table = TextTable([
            .init(title, maximumWidth: 44), .init("rows", .right), .init("share", .right),
            .init("near \(nearest)", .right), .init("near \(own)", .right), .init("", maximumWidth: 36),
            .init("farthest row", maximumWidth: 44),
        ])
        for group in groups.prefix(Self.listed) {
            table.append([
                group.field == "terms" ? group.value : "\(group.field)=\(group.value)",
                Format.number(group.rows), Format.percent(group.share), Self.area(group.matchedNearest),
                Self.area(group.ownNearest),
                group.otherRows.map {
                    "\(Format.number($0)) in \(nearest)\(group.isRare == true ? ": rarer" : "")"
                } ?? "",
                group.places.first.map {
                    figures.name(of: $0, side: own == right ? figures.right.name : figures.left.name)
                }
                    ?? "-",
            ])
        }
        var lines = table.lines(indent: 2)
        if groups.count > Self.listed {
            lines.append("  and \(groups.count - Self.listed) more: 'select * from comparison_groups'")
        }
        return lines
    }

    func shapes() -> [String] {
        guard !figures.shapes.isEmpty else { return [] }
        var table = TextTable([
            .init("kind of input"), .init(left, .right, maximumWidth: 24),
            .init(right, .right, maximumWidth: 24), .init(""),
        ])
        for shape in figures.shapes {
            table.append([
                shape.id, Format.percent(shape.leftShare), Format.percent(shape.rightShare),
                shape.mark,
            ])
        }
        return [""] + table.lines(indent: 2)
    }
}
