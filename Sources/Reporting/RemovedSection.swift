import Findings

/// The register of the rows that a dedup removes beside that of the rows that it keeps: does it remove the messy ones?
struct RemovedSection {
    private typealias Feature = LanguageProfileFigures.RemovedFeature

    private let figures: LanguageProfileFigures.Removed?

    /// Categories of what people type, and in which tone: what must not go.
    private static let messy: Set<String> = ["typed", "tone", "spelling"]
    /// Of these, what is shown whether or not it differs.
    private static let always = ["misspelt", "lower-case-start", "no-final-mark", "shorthand", "hostile"]
    /// Further features that differ.
    private static let others = 5

    init(_ figures: LanguageProfileFigures.Removed?) { self.figures = figures }

    func lines() -> [String] {
        guard let figures else { return [] }
        var lines = [
            "",
            "REMOVED ROWS  \(Format.number(figures.removedRows)) beside \(Format.number(figures.keptRows)) kept; "
                + "rate: turns that have it, intervals drawn by cluster",
        ]
        guard !figures.lengths.isEmpty else {
            return lines + ["  no turns to compare"]
        }
        var table = TextTable([
            .init("what"), .init("who"), .init("removed", .right), .init("interval"), .init("kept", .right),
            .init("difference in points"),
        ])
        let writer = figures.lengths.contains { $0.role == "user" } ? "user" : "text"
        let typed = Self.always.compactMap { id in
            figures.features.first { $0.id == id && $0.role == writer }
        }
        let rest = figures.features.filter { $0.isApart && !typed.contains($0) }.prefix(Self.others)
        for feature in typed + rest { table.append(row(feature)) }
        for length in figures.lengths { table.append(row(length)) }
        lines += table.lines(indent: 2)
        lines.append("  " + verdict(figures, writer))
        return lines
    }

    private func row(_ feature: Feature) -> [String] {
        [
            feature.id, feature.role, Format.percent(feature.removedRate),
            "\(Format.percent(feature.removedLow)) to \(Format.percent(feature.removedHigh))",
            Format.percent(feature.keptRate),
            "\(Format.points(feature.difference, isSigned: true)) (\(Format.points(feature.low)) to "
                + "\(Format.points(feature.high)))" + (feature.isApart ? "" : "  not told apart"),
        ]
    }

    private func row(_ length: LanguageProfileFigures.RemovedLength) -> [String] {
        let range = length.low.flatMap { low in
            length.high.map { " (\(Format.tenths(low)) to \(Format.tenths($0)))" }
        }
        return [
            "mean words a turn", length.role, Format.tenths(length.removedMeanWords), "",
            Format.tenths(length.keptMeanWords),
            "\(length.difference > 0 ? "+" : "")\(Format.tenths(length.difference)) words\(range ?? "")"
                + (length.isApart ? "" : "  not told apart"),
        ]
    }

    /// The answer in a sentence.
    private func verdict(_ figures: LanguageProfileFigures.Removed, _ writer: String) -> String {
        let who = writer == "user" ? "user turns" : "texts"
        let typed = figures.features.filter { $0.role == writer && Self.messy.contains($0.category) }
        guard !typed.isEmpty else { return "no \(who) have typing errors, typed language or a hostile tone" }
        let more = typed.filter { $0.isApart && $0.difference > 0 }.map(\.id)
        let less = typed.filter { $0.isApart && $0.difference < 0 }.map(\.id)
        if more.isEmpty, less.isEmpty {
            return "typing errors, typed language and tone: no difference that chance would not make"
        }
        var parts: [String] = []
        if !more.isEmpty { parts.append("removed \(who) have more \(Self.list(more))") }
        if !less.isEmpty {
            parts.append("\(more.isEmpty ? "removed \(who) have " : "")less \(Self.list(less))")
        }
        return parts.joined(separator: ", ")
            + (less.isEmpty ? ": the messy ones go first; --protect or --floor keeps a slice of them" : "")
    }

    private static func list(_ names: [String]) -> String { names.prefix(5).joined(separator: ", ") }
}
