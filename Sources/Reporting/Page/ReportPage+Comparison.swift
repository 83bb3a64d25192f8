import Findings

extension ReportPage {
    func comparisonSection(_ comparison: ComparisonFigures) -> PageSection {
        var section = PageSection(
            anchor: "comparison", heading: "\(comparison.left.name) against \(comparison.right.name)",
            meaning: comparison.verdict,
            limit: "which difference matters: sort by effect and look at the rows.")
        let advice = ComparisonAdvice(comparison).lines
        if !advice.isEmpty { section.blocks.append(.notes(["What to do:"] + advice)) }
        section.blocks.append(.table(sides(comparison)))
        guard comparison.apart != nil else { return section }
        section.blocks.append(.table(areas(comparison)))
        section.blocks.append(.table(features(comparison), query: "select * from comparison_features"))
        if !comparison.terms.isEmpty {
            section.blocks.append(.table(terms(comparison), query: "select * from comparison_terms"))
        }
        let groups = [
            (
                "Groups of \(comparison.right.name) rows, the least covered first", "uncovered",
                comparison.uncovered
            ),
            (
                "Groups of \(comparison.left.name) rows that the other side has not", "unseen",
                comparison.unseen
            ),
        ]
        for (caption, anchor, list) in groups where !list.isEmpty {
            section.blocks.append(
                .table(self.groups(caption, anchor, list), query: "select * from comparison_groups"))
        }
        if !comparison.shapes.isEmpty {
            section.blocks.append(.table(shapes(comparison), query: "select * from comparison_shapes"))
        }
        return section
    }

    private func sides(_ comparison: ComparisonFigures) -> PageTable {
        var table = PageTable(
            "The two samples", anchor: "sides",
            [
                .init("side"), .init("rows", isFigure: true), .init("sampled", isFigure: true),
                .init("distinct draws", isFigure: true), .init("without text", isFigure: true),
                .init("quarantined", isFigure: true),
            ])
        table.fill([comparison.left, comparison.right], most: 2) { side in
            [
                .head(side.name), .count(side.rows), .count(side.sampled), .count(side.components),
                .count(side.withoutText), .count(side.quarantined),
            ]
        }
        return table
    }

    private func areas(_ comparison: ComparisonFigures) -> PageTable {
        var table = PageTable(
            "Pairs of rows that an unseen classifier orders rightly: 0.5 is chance, the line in a bar; 1 is always",
            anchor: "areas",
            [
                .init("told apart by"), .init("pairs", isFigure: true), .init("interval"),
                .init("chance alone"),
                .init(comparison.matchedBy.map { "matched by \($0)" } ?? "matched", isFigure: true),
            ])
        let areas = [
            ("all that is written", comparison.all),
            ("register: style and grammar words", comparison.register),
            ("content: other words", comparison.content),
        ]
        table.fill(areas, most: areas.count) { name, area in
            let null = area.nullLow.flatMap { low in
                area.nullHigh.map { "\(Format.thousandths(low)) to \(Format.thousandths($0))" }
            }
            var pairs = PageTable.Cell.figure(area.auc, Format.thousandths(area.auc))
            pairs.bar = .interval(
                area.auc, low: area.low, high: area.high, scale: 1, mark: 0.5, markName: "chance")
            return [
                .head(name), pairs,
                .text("\(Format.thousandths(area.low)) to \(Format.thousandths(area.high))"),
                .text(null ?? "-"), .text(area.matchedAuc.map(Format.thousandths) ?? "-"),
            ]
        }
        return table
    }

    private func features(_ comparison: ComparisonFigures) -> PageTable {
        var table = PageTable(
            "Features, the largest effect first (\(Format.number(comparison.featuresTested)) tested); of numbers the "
                + "mean, and the middle eight tenths with the median",
            anchor: "compared-features",
            [
                .init("feature"), .init(comparison.left.name, isFigure: true),
                .init(comparison.right.name, isFigure: true), .init("Cliff's delta", isFigure: true),
                .init("q", isFigure: true), .init("stands"),
            ])
        table.fill(comparison.features, most: Self.mostItems, of: comparison.featuresTested) { feature in
            [
                .head(feature.id), Self.distribution(feature.left, feature),
                Self.distribution(feature.right, feature),
                .figure(feature.delta, Self.signed(feature.delta, Format.thousandths)),
                .figure(feature.q, Format.thousandths(feature.q)), .text(feature.stands ? "yes" : "no"),
            ]
        }
        return table
    }

    /// A rate as an area; of a number the mean, with its distribution on the scale of both sides.
    private static func distribution(
        _ spread: ComparisonFigures.Spread, _ feature: ComparisonFigures.Feature
    ) -> PageTable.Cell {
        if feature.kind == "rate" { return .share(spread.mean, bar: .share(spread.mean)) }
        var bar: PageBar?
        if let low = spread.low, let median = spread.median, let high = spread.high {
            let ends = [feature.left, feature.right].flatMap { [$0.low, $0.high].compactMap { $0 } }
            bar = .spread(
                low, median, high, start: min(0, ends.min() ?? 0), end: ends.max() ?? high)
        }
        return .figure(spread.mean, signed(spread.mean, plus: "", Format.plain), bar: bar)
    }

    private func terms(_ comparison: ComparisonFigures) -> PageTable {
        var table = PageTable(
            "Words and phrases that one side has far more often, by rows", anchor: "compared-terms",
            [
                .init("word or phrase"), .init(comparison.left.name, isFigure: true),
                .init(comparison.right.name, isFigure: true), .init("z", isFigure: true),
            ])
        table.fill(comparison.terms, most: Self.mostItems) { term in
            [
                .head(term.term), .count(term.leftRows), .count(term.rightRows),
                .figure(term.z, Self.signed((term.z * 10).rounded() / 10, Format.plain)),
            ]
        }
        return table
    }

    private func groups(
        _ caption: String, _ anchor: String, _ groups: [ComparisonFigures.Group]
    ) -> PageTable {
        var table = PageTable(
            caption, anchor: anchor,
            [
                .init("group"), .init("rows", isFigure: true), .init("share", isFigure: true),
                .init("nearest of the other side", isFigure: true), .init("of its own", isFigure: true),
                .init("stands"),
            ])
        table.fill(groups, most: Self.mostItems) { group in
            [
                .head(group.field == "terms" ? group.value : "\(group.field)=\(group.value)"),
                .count(group.rows), .share(group.share, bar: .share(group.share)),
                .figure(group.matchedNearest, Format.thousandths(group.matchedNearest)),
                .figure(group.ownNearest, Format.thousandths(group.ownNearest)),
                .text(group.stands ? "yes" : "no"),
            ]
        }
        return table
    }

    private func shapes(_ comparison: ComparisonFigures) -> PageTable {
        var table = PageTable(
            "Kinds of input", anchor: "shapes",
            [
                .init("kind"), .init(comparison.left.name, isFigure: true),
                .init(comparison.right.name, isFigure: true), .init("missing"),
            ])
        table.fill(comparison.shapes, most: Self.mostItems) { shape in
            [
                .head(shape.id), .share(shape.leftShare, bar: .share(shape.leftShare)),
                .share(shape.rightShare, bar: .share(shape.rightShare)),
                .text(shape.mark),
            ]
        }
        return table
    }

    /// A figure with its sign.
    static func signed(_ value: Double, plus: String = "+", _ format: (Double) -> String) -> String {
        (value < 0 ? "-" : plus) + format(abs(value))
    }
}
