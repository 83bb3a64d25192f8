import Findings

/// What to do about a comparison, line by line: what to write more of, how to write it, what to drop.
///
/// Names and values are as the data has them: whoever shows the lines escapes them.
struct ComparisonAdvice {
    private let figures: ComparisonFigures

    private static let groupsNamed = 5
    /// Part of the rows that weighted ones must be worth.
    private static let leastWorth = 0.5
    /// Told apart in so many pairs, sides have hardly a row that could stand for one of the other.
    private static let mostApart = 0.95
    private static let featuresNamed = 5
    private static let unseenNamed = 3
    /// Below it sides that are matched by a field write alike; chosen, as for all areas.
    private static let leastMatchedArea = 0.52
    /// Of so many right rows in another language, features tell of the language.
    private static let mostOtherLanguage = 0.05
    /// The left side lacks a repeated text of which it has less than this part of the share.
    private static let repeatedPart = 0.25

    init(_ figures: ComparisonFigures) { self.figures = figures }

    private var left: String { figures.left.name }
    private var right: String { figures.right.name }

    var lines: [String] {
        guard figures.apart != nil else { return [] }
        let lines =
            turns + copies + repeated + missingGroups + missingShapes
            + (isMixAlone ? mix : hasOtherLanguage ? [] : manners)
            + unseenGroups
        return lines + weights(isFirst: lines.isEmpty)
    }

    /// Whether the sides write alike within each value of the slice field: what differs is how much there is of each.
    private var isMixAlone: Bool {
        guard figures.apart == true, let auc = figures.register.matchedAuc,
            let low = figures.register.matchedLow
        else { return false }
        return low <= 0.5 || auc < Self.leastMatchedArea
    }

    /// Whether so many right rows are in another language that features tell of that alone.
    private var hasOtherLanguage: Bool {
        let rows = figures.uncovered.filter { $0.stands && $0.isLanguage == true }
        return rows.reduce(0) { $0 + $1.share } >= Self.mostOtherLanguage
    }

    private var mix: [String] {
        guard let field = figures.matchedBy, let auc = figures.register.matchedAuc else { return [] }
        return [
            "bring as many rows of each \(field) as \(right) has: with as many of each the sides write alike "
                + "(\(Format.thousandths(auc))), so that nothing follows for the manner of writing"
        ]
    }

    /// Chats beside single messages differ in all that comes with length.
    private var turns: [String] {
        guard figures.hasOtherTurns else { return [] }
        return [
            "compare first turns (--first-turn): rows of one side have far more turns, and most of what follows may come of that"
        ]
    }

    private var repeated: [String] {
        guard let most = figures.right.repeated, most.otherShare < Self.repeatedPart * most.share else {
            return []
        }
        return [
            "\(Format.percent(most.share)) of \(right) are one text (\(figures.name(of: most.place, side: right))), "
                + "\(Format.percent(most.otherShare)) of \(left): write what users repeat, too"
        ]
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
        let groups = figures.uncovered.filter { $0.stands || $0.isRare == true }
        let rest = groups.count - Self.groupsNamed
        let lines = groups.prefix(Self.groupsNamed).map { group in
            let name =
                group.field == "terms"
                ? "rows \(Self.about(group))" : "\(group.field)=\(group.value)"
            return "write more \(name): \(Format.percent(group.share)) of \(right)"
                + others(group, left)
        }
        return lines + (rest > 0 ? ["and \(Format.count(rest, "group")) more (table comparison_groups)"] : [])
    }

    /// What the other side has of a group.
    private func others(_ group: ComparisonFigures.Group, _ side: String) -> String {
        guard let rows = group.otherRows else { return "" }
        if let share = group.otherShare, rows > 0 { return ", \(Format.percent(share)) of \(side)" }
        return ", \(Format.number(rows)) sampled rows of \(side)"
    }

    private var missingShapes: [String] {
        // A language that is named as a topic already.
        let named = figures.uncovered.filter(\.stands).map(\.value)
        return figures.shapes.filter { $0.isMissing && !named.contains($0.id) }.map { shape in
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
            guard let first = feature.left.median, let second = feature.right.median else { return nil }
            let means = (Format.short(feature.left.mean), Format.short(feature.right.mean))
            // A difference that no figure shows is nothing to act upon.
            if Format.short(first) == Format.short(second), means.0 == means.1 { return nil }
            if feature.id == "capitals-share",
                self.figures.features.contains(where: { $0.id == "all-caps" && $0.stands })
            {
                return nil
            }
            let figures =
                Format.short(first) == Format.short(second)
                ? "\(means.0) a row of \(left) on average, \(means.1) of "
                    + right
                : "\(Format.short(first)) in the middle of \(left), \(Format.short(second)) in \(right)"
            return (words.subject, "\(text): \(feature.id) \(figures)")
        }
        return (words.subject, "\(text): \(shares(feature))")
    }

    private func shares(_ feature: ComparisonFigures.Feature) -> String {
        "\(Format.percent(feature.left.mean)) of \(left), \(Format.percent(feature.right.mean)) of \(right)"
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
        "question": manner(
            "questions", "use question marks in more rows", "use question marks in fewer rows"),
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
        guard let coverage = figures.coverage, coverage.doubt == nil else { return [] }
        let rest = figures.unseen.count - Self.unseenNamed
        let lines = figures.unseen.prefix(Self.unseenNamed).map { group in
            let shares = "\(Format.percent(group.share)) of \(left)" + others(group, right)
            if group.field == "terms" {
                return "look at rows \(Self.about(group)), which \(right) hardly has: \(shares)"
            }
            return (group.otherRows ?? 0) == 0
                ? "drop or rewrite \(group.field)=\(group.value): \(shares)"
                : "take fewer of \(group.field)=\(group.value): \(shares)"
        }
        return lines
            + (rest > 0
                ? ["and \(Format.count(rest, "group")) of \(left) more (table comparison_groups)"] : [])
    }

    /// `about puppy, cats`, `in Han script`.
    private static func about(_ group: ComparisonFigures.Group) -> String {
        group.isLanguage == true ? group.value : "about \(group.value)"
    }

    private func weights(isFirst: Bool) -> [String] {
        guard let weights = figures.weights, weights.rows > 0, figures.apart == true else { return [] }
        if weights.clipped * 2 > weights.rows || figures.all.auc > Self.mostApart {
            return [
                "weights will not mend it (weights.jsonl.zst): hardly a row of \(left) is like one of \(right)"
            ]
        }
        let worth =
            "weighted rows (weights.jsonl.zst) are worth \(Format.number(Int(weights.effectiveRows))) of "
            + Format.count(weights.rows, "row")
        if weights.effectiveRows < Self.leastWorth * Double(weights.rows) {
            return ["weights cost more than they mend: \(worth)"]
        }
        return [
            isFirst
                ? "train on weighted rows: \(worth)"
                : "until then, train on weighted rows: \(worth)"
                    + (figures.uncovered.contains(where: \.stands)
                        ? "; a topic that is missing stays missing" : "")
        ]
    }
}
