import Findings

/// What to do about a comparison, line by line: what to write more of, how to write it, what to drop.
///
/// Names and values are as the data has them: whoever shows the lines escapes them.
struct ComparisonAdvice {
    private let figures: ComparisonFigures

    private static let groupsNamed = 5
    private static let featuresNamed = 5

    init(_ figures: ComparisonFigures) { self.figures = figures }

    private var left: String { figures.left.name }
    private var right: String { figures.right.name }

    var lines: [String] {
        guard figures.apart != nil else { return [] }
        let lines = copies + missingGroups + missingShapes + manners + unseenGroups
        return lines + weights(isFirst: lines.isEmpty)
    }

    /// From this share of copies on one side is hardly another sample.
    static let mostCopied = 0.05

    private var copies: [String] {
        guard let share = figures.coverage?.copiedShare, share >= Self.mostCopied else { return [] }
        return [
            "\(Format.percent(share)) of \(right) stand word for word in \(left): if \(left) was made from these rows, hold "
                + "other rows of \(right) back and compare with those"
        ]
    }

    private var missingGroups: [String] {
        guard let coverage = figures.coverage, coverage.doubt == nil else { return [] }
        return figures.uncovered.filter(\.stands).prefix(Self.groupsNamed).map { group in
            let name =
                group.field == "terms" ? "rows about \(group.value)" : "\(group.field)=\(group.value)"
            return "write more \(name): \(Format.percent(group.share)) of \(right)"
                + (group.otherRows.map {
                    ", \(Format.number($0)) of \(Format.count(figures.left.sampled, "sampled \(left) row"))"
                } ?? "")
        }
    }

    private var missingShapes: [String] {
        figures.shapes.filter(\.isMissing).map { shape in
            "write more that are \(shape.id): \(Format.percent(shape.rightShare)) of \(right), "
                + "\(Format.percent(shape.leftShare)) of \(left)"
        }
    }

    // MARK: Manner

    private var manners: [String] {
        var named: Set<String> = []
        return figures.features.filter(\.stands).compactMap { feature -> String? in
            guard let line = manner(feature), named.insert(line.subject).inserted else { return nil }
            return line.text
        }.prefix(Self.featuresNamed).map { $0 }
    }

    /// What to change so that the left side has as much of a feature as the right one; `nil` where nothing follows.
    private func manner(_ feature: ComparisonFigures.Feature) -> (subject: String, text: String)? {
        let leftHasMore = feature.delta > 0
        guard let words = Self.manners[feature.id] else {
            guard feature.kind == "rate" else { return nil }
            return (
                feature.id,
                "\(leftHasMore ? "fewer" : "more") rows with \(feature.id): \(shares(feature))"
            )
        }
        let text = leftHasMore ? words.less : words.more
        guard feature.kind == "rate" else {
            guard
                let median = (feature.left.median.flatMap { left in feature.right.median.map { (left, $0) } })
            else { return nil }
            return (
                words.subject,
                "\(text): \(feature.id) \(Self.short(median.0)) in the middle of \(left), \(Self.short(median.1)) in "
                    + "\(right)"
            )
        }
        return (words.subject, "\(text): \(shares(feature))")
    }

    private func shares(_ feature: ComparisonFigures.Feature) -> String {
        "\(Format.percent(feature.left.mean)) of \(left), \(Format.percent(feature.right.mean)) of \(right)"
    }

    private static func short(_ value: Double) -> String {
        value >= 10 ? Format.number(Int(value.rounded())) : Format.plain((value * 100).rounded() / 100)
    }

    private struct Manner {
        /// Features of one subject are named once.
        var subject: String
        var more: String
        var less: String
    }

    private static func manner(_ subject: String, _ more: String, _ less: String) -> Manner {
        Manner(subject: subject, more: more, less: less)
    }

    private static let manners: [String: Manner] = [
        "words": manner("length", "write longer rows", "write shorter rows"),
        "characters": manner("length", "write longer rows", "write shorter rows"),
        "words-per-sentence": manner("sentences", "write longer sentences", "write shorter sentences"),
        "word-length": manner("word length", "use longer words", "use shorter words"),
        "capitals-share": manner("capitals", "use more capitals", "use fewer capitals"),
        "digits-share": manner("digits", "use more numbers", "use fewer numbers"),
        "number": manner("digits", "use numbers in more rows", "use numbers in fewer rows"),
        "punctuation-share": manner("marks", "use more punctuation", "use less punctuation"),
        "unknown-word-share": manner(
            "unknown words", "let more words be misspelt, cut short or names",
            "use fewer unknown or misspelt words"),
        "misspelt": manner("unknown words", "misspell in more rows", "misspell in fewer rows"),
        "request-clauses": manner("requests", "ask for more in one row", "ask for less in one row"),
        "two-requests-or-more": manner(
            "requests", "ask for two things in more rows", "ask for two things in fewer rows"),
        "lower-case-start": manner(
            "capital at the head", "begin more rows in lower case", "begin fewer rows in lower case"),
        "no-final-mark": manner(
            "final mark", "leave the final mark off more rows", "end more rows with a mark"),
        "all-caps": manner("all capitals", "write more rows in capitals", "write fewer rows in capitals"),
        "question": manner("questions", "ask questions in more rows", "ask questions in fewer rows"),
        "politeness": manner("politeness", "be polite in more rows", "be polite in fewer rows"),
        "greeting": manner("greeting", "greet in more rows", "greet in fewer rows"),
        "first-person": manner(
            "first person", "say \"I\" and \"my\" in more rows", "say \"I\" and \"my\" in fewer rows"),
        "second-person": manner(
            "second person", "say \"you\" in more rows", "say \"you\" in fewer rows"),
        "contraction": manner("contractions", "contract in more rows", "contract in fewer rows"),
        "bare-contraction": manner(
            "bare contractions", "leave the apostrophe out in more rows",
            "leave the apostrophe out in fewer rows"),
        "apostrophe": manner("apostrophes", "use apostrophes in more rows", "use apostrophes in fewer rows"),
        "shorthand": manner("shorthand", "use shorthand in more rows", "use shorthand in fewer rows"),
        "comma": manner("commas", "use commas in more rows", "use commas in fewer rows"),
        "lower-case-i": manner(
            "lower-case i", "write \"i\" small in more rows", "write \"I\" large in more rows"),
        "apology": manner("apology", "apologise in more rows", "apologise in fewer rows"),
        "hostile": manner("tone", "be angry in more rows", "be angry in fewer rows"),
    ]

    // MARK: What nobody types, and weights

    private var unseenGroups: [String] {
        guard figures.coverage?.doubt == nil else { return [] }
        return figures.unseen.filter(\.stands).prefix(3).map { group in
            let name =
                group.field == "terms" ? "rows about \(group.value)" : "\(group.field)=\(group.value)"
            return "drop or rewrite \(name): \(Format.percent(group.share)) of \(left)"
                + (group.otherRows.map { ", \(Format.number($0)) sampled rows of \(right)" } ?? "")
        }
    }

    private func weights(isFirst: Bool) -> [String] {
        guard let weights = figures.weights, weights.rows > 0, figures.apart == true else { return [] }
        let ends =
            "\(Format.number(weights.clipped)) of \(Format.count(weights.rows, "row")) have the least or the largest weight "
            + "there is"
        return [
            weights.clipped * 2 > weights.rows
                ? "weights will not mend it (weights.jsonl.zst): \(ends)"
                : "\(isFirst ? "" : "or ")train on weighted rows (weights.jsonl.zst): worth "
                    + "\(Format.number(Int(weights.effectiveRows))) of \(Format.count(weights.rows, "row")); \(ends)"
        ]
    }
}
