import Findings

/// What one side covers of the other.
extension ComparisonScreen {
    func coverage() -> [String] {
        guard let coverage = figures.coverage else { return [] }
        guard coverage.isJudged else {
            return [
                "",
                "COVERAGE  cannot be judged: \(right) rows are too unlike each other (\(Self.area(coverage.ownNearest)) to the "
                    + "nearest, on average) for groups of their words",
                "  name a field of both sides by --slice FIELD, to judge by topic",
            ]
        }
        let standing = figures.uncovered.filter(\.stands)
        var lines = [
            "",
            "COVERAGE  \(Format.percent(coverage.uncoveredShare)) of \(Format.count(coverage.rows, "\(right) row")) lie in "
                + "groups that \(left) does not come near",
            "  similarity of the nearest \(left) row, on average: \(Self.area(coverage.matchedNearest)); of the nearest other "
                + "\(right) row, of as many: \(Self.area(coverage.ownNearest))",
        ]
        if let usual = figures.uncovered.first?.usualGap, usual >= 0.05 {
            lines.append(
                "  slices that both sides have fall short by \(Self.area(usual)), the middle one: the sides use other words for "
                    + "the same; named are slices that fall short by more")
        }
        if coverage.groupedBy == "terms" {
            lines.append(
                "  groups of words are a weak guide: small topics are missed, other words for the same thing are named; "
                    + "--slice FIELD judges by topic")
        }
        if standing.first?.field == "terms", coverage.uncoveredShare > 0.5 {
            lines.append(
                "  most groups fall short: the sides use other words for much of it; first come those that fall short most"
            )
        }
        lines += groups(standing, title: "not covered", nearest: left, own: right)
        if !figures.unseen.isEmpty {
            lines.append("  groups of \(left) rows that no \(right) row comes near:")
            lines += groups(figures.unseen, title: "not met", nearest: right, own: left)
        }
        return lines
    }

    private func groups(
        _ groups: [ComparisonFigures.Group], title: String, nearest: String, own: String
    ) -> [String] {
        guard !groups.isEmpty else { return [] }
        var table = TextTable([
            .init(title, maximumWidth: 44), .init("rows", .right), .init("share", .right),
            .init("near \(nearest)", .right), .init("near \(own)", .right), .init("", maximumWidth: 24),
            .init("farthest row", maximumWidth: 44),
        ])
        for group in groups.prefix(Self.listed) {
            table.append([
                group.field == "terms" ? group.value : "\(group.field)=\(group.value)",
                Format.number(group.rows), Format.percent(group.share), Self.area(group.matchedNearest),
                Self.area(group.ownNearest),
                group.otherRows.map { "\(Format.number($0)) in \(nearest)" } ?? "",
                group.places.first.map { "\($0.shard):\($0.ordinal)" } ?? "-",
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
                shape.isMissing ? "MISSING" : "",
            ])
        }
        return [""] + table.lines(indent: 2)
    }
}
