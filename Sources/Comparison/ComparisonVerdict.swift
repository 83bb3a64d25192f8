import Findings

/// The sentence on top, from the figures alone.
package enum ComparisonVerdict {
    /// An area that differs from chance by less is no difference to act upon; chosen.
    static let leastDifference = 0.02

    /// Below it the sides overlap for the most part; chosen.
    static let weakArea = 0.6

    /// Fills `apart` and `verdict`.
    package static func judge(_ figures: inout ComparisonFigures) {
        let names = (figures.left.name, figures.right.name)
        // What chance gives here is seen to be no less.
        figures.detectable = max(figures.detectable, figures.all.nullHigh ?? 0)
        let least = min(figures.left.sampled, figures.right.sampled)
        let distinct = min(figures.left.components, figures.right.components)
        guard least >= ComparisonFigures.leastRows, distinct >= ComparisonFigures.leastDistinctRows else {
            figures.apart = nil
            figures.verdict =
                "No verdict: \(names.0) has \(rows(figures.left)) and \(names.1) \(rows(figures.right)), and "
                + (least >= ComparisonFigures.leastRows
                    ? "\(ComparisonFigures.leastDistinctRows) different ones a side are needed."
                    : "\(ComparisonFigures.leastRows) a side are needed.")
            for side in [figures.left, figures.right] where side.rows > 0 && side.withoutText == side.rows {
                figures.verdict +=
                    " No row of \(side.name) has a compared turn: name its fields by --text, or the turns by --role."
            }
            return
        }
        let areas = [
            ("all that is written", figures.all), ("register", figures.register),
            ("content", figures.content),
        ]
        let isApart = [figures.all, figures.content, figures.register].contains { isTold($0) }
        figures.apart = isApart
        let standing = figures.features.filter(\.stands)
        if isApart {
            let isWeak = figures.all.auc < Self.weakArea
            figures.verdict =
                "\(names.0) and \(names.1) \(isWeak ? "differ a little: they are" : "are") told apart in \(percent(figures.all)) of pairs\(isWeak ? " (50 % is chance)" : ""), by register alone in "
                + "\(percent(figures.register)), by content alone in \(percent(figures.content))\(matched(figures))\(most(figures))."
        } else if !standing.isEmpty {
            figures.verdict =
                "\(names.0) and \(names.1) are not told apart by their words (\(percent(figures.all)) of pairs, 50 % is "
                + "chance), yet \(standing.count) of \(figures.featuresTested) rates and lengths differ."
        } else if let (name, area) = areas.first(where: { isNear($0.1) }) {
            figures.verdict =
                "\(names.0) and \(names.1) may differ a little: by \(name) they are told apart in \(percent(area)) of pairs, "
                + "where chance gives up to \(percent(max(area.nullHigh ?? 0.5, 0.5))) here; more rows would tell"
                + (isDrawn(figures) ? " (--sample)." : ", and these are all there are.")
        } else {
            figures.verdict =
                "\(names.0) and \(names.1) cannot be told apart: \(percent(figures.all)) of pairs, where 50 % is chance; "
                + "of this size, a difference under "
                + "\(percent(figures.detectable)) may go unseen."
        }
    }

    private static func rows(_ side: ComparisonFigures.Side) -> String {
        let withText = side.rows - side.withoutText
        if side.components < ComparisonFigures.leastDistinctRows, side.sampled >= ComparisonFigures.leastRows
        {
            return
                "\(grouped(side.components)) different row\(side.components == 1 ? "" : "s") in \(grouped(withText)) (near "
                + "duplicates counted once)"
        }
        return side.sampled < min(withText, ComparisonFigures.leastRows) && side.repeated != nil
            ? "\(grouped(side.sampled)) different text\(side.sampled == 1 ? "" : "s") in \(grouped(withText)) rows"
            : "\(grouped(side.sampled)) row\(side.sampled == 1 ? "" : "s") with text"
    }

    /// Whether rows are told apart beyond what chance gives.
    static func isTold(_ area: ComparisonFigures.Area) -> Bool {
        area.low > max(area.nullHigh ?? 0.5, 0.5) && area.auc >= 0.5 + leastDifference
    }

    /// Whether a side has more rows than were drawn.
    private static func isDrawn(_ figures: ComparisonFigures) -> Bool {
        let sides = [figures.left, figures.right]
        return sides.reduce(figures.copiesLeftOut) { $0 + $1.sampled }
            < sides.reduce(0) { $0 + $1.rows - $1.withoutText }
    }

    /// Whether rows are told apart by more than chance gives, but not surely.
    private static func isNear(_ area: ComparisonFigures.Area) -> Bool {
        area.low > 0.5 && area.auc > (area.nullHigh ?? 0.5) && area.auc >= 0.5 + leastDifference
    }

    private static func matched(_ figures: ComparisonFigures) -> String {
        guard let field = figures.matchedBy, let auc = figures.all.matchedAuc else { return "" }
        return "; with as many rows of each \(field), in \(percent(auc))"
    }

    /// The largest difference and the strongest words.
    private static func most(_ figures: ComparisonFigures) -> String {
        var parts: [String] = []
        if let feature = figures.features.first(where: \.stands) {
            let (left, right) = (feature.left, feature.right)
            if let first = left.median, let second = right.median, plain(first) != plain(second) {
                parts.append("\(feature.id) (\(plain(first)) against \(plain(second)))")
            } else if feature.kind == "number" {
                parts.append("\(feature.id) (\(plain(left.mean)) against \(plain(right.mean)))")
            } else {
                parts.append("\(feature.id) (\(percent(left.mean)) against \(percent(right.mean)))")
            }
        }
        let words = figures.terms.prefix(3).map { "\"\($0.term)\"" }
        if !words.isEmpty {
            parts.append("the \(words.count == 1 ? "word" : "words") \(words.joined(separator: ", "))")
        }
        return parts.isEmpty ? "" : "; most of all by " + parts.joined(separator: " and ")
    }

    private static func grouped(_ count: Int) -> String {
        count < 1000
            ? "\(count)"
            : grouped(count / 1000)
                + ",\(count % 1000 < 100 ? "0" : "")\(count % 1000 < 10 ? "0" : "")\(count % 1000)"
    }

    private static func plain(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        if hundredths % 100 == 0 { return "\(hundredths / 100)" }
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    private static func percent(_ area: ComparisonFigures.Area) -> String { percent(area.auc) }

    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}
