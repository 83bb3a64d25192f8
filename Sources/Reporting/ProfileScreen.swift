import Findings

/// The screen of a profile: first the misspellings that matter most, then what is apart from them.
///
/// A value made into text; every name and value from data is shown through `TerminalText`.
package struct ProfileScreen {
    typealias Form = LanguageProfileFigures.Misspelling

    private let summary: RunSummary
    private let groups: [(mapping: String, shards: Int)]
    private let notes: [String]
    private let runPath: String
    private let samples: [ProfileSample]?

    /// Forms on the first screen.
    static let listed = 5

    /// - Parameter samples: row text for `--show-text`; `nil` leaves all of it out.
    package init(
        summary: RunSummary, groups: [(mapping: String, shards: Int)], notes: [String], runPath: String,
        samples: [ProfileSample]? = nil
    ) {
        self.summary = summary
        self.groups = groups
        self.notes = notes
        self.runPath = runPath
        self.samples = samples
    }

    var figures: LanguageProfileFigures { summary.languageProfile ?? LanguageProfileFigures() }

    package func text() -> String {
        let first = isUnread ? ["NOTHING WAS READ  see below why"] : warnings() + sections()
        return (first + input() + end()).joined(separator: "\n")
    }

    /// No text, so that "none found" would say too much.
    private var isUnread: Bool { figures.lengths.isEmpty }

    /// What all figures below lack.
    private func warnings() -> [String] {
        var lines: [String] = []
        if let shard = summary.shards.first(where: { $0.state != .complete }) {
            lines += [
                "INCOMPLETE  \(TerminalText.sanitized(shard.name)) could not be read to its end: the figures are of what was "
                    + "read before", "",
            ]
        }
        if let fields = figures.leftOutText {
            let names = fields.prefix(4).map { TerminalText.sanitized($0) }.joined(separator: ", ")
            lines += [
                "LEFT OUT  text in \(names)\(fields.count > 4 ? " and \(Format.count(fields.count - 4, "field")) more" : "") "
                    + "is not read; name what to read by --text, or by --prompt and --response", "",
            ]
        }
        return lines
    }

    /// What a scan's screen has too.
    package func sections() -> [String] {
        misspellings() + habits() + RemovedSection(figures.removed).lines() + entrenched() + variants()
            + shown() + phrases() + lifts() + signals()
            + characters()
            + words()
    }

    private func misspellings() -> [String] {
        var lines = [
            "MISSPELLINGS  what a model would learn to write; rate: rows with the wrong form among rows with either, in what is learnt"
        ]
        if figures.misspellings.isEmpty {
            lines.append("  none found")
            return lines
        }
        let shown = figures.misspellings.filter(\.isShown).prefix(Self.listed)
        lines += shown.isEmpty ? ["  none in two rows or more"] : table(Array(shown))
        let count = figures.forms["listed"] + figures.forms["neighbour"] + figures.forms["run-together"]
        if count > shown.count {
            lines.append(
                "  and \(Format.count(count - shown.count, "form")) more: sqlite3 \(Format.shellWord(runPath + "/findings.sqlite")) 'select * from misspellings'"
            )
        }
        if figures.formsLeftOut > 0 {
            lines.append(
                "  \(Format.count(figures.formsLeftOut, "rare form")) left out: too many for one report")
        }
        if shown.contains(where: { $0.learnt == nil }) {
            lines.append(
                "  alone: users type it or rejected answers have it, no answer that is learnt does")
        }
        lines.append("  intervals of 95 %, drawn by \(unit)")
        if let without = figures.signals.rowsWithoutAuthor, without > 0 {
            lines.append("  \(Format.count(without, "row")) without an author, each a draw of its own")
        }
        return lines
    }

    private var unit: String {
        switch figures.unit {
        case "author": "author (\(Format.number(figures.authors ?? 0)) in all)"
        case "conversation": "conversation; name the writers by --author FIELD"
        default: "near-duplicate cluster; name the writers by --author FIELD"
        }
    }

    private func table(_ forms: [Form]) -> [String] {
        let hasSlices = forms.contains { !$0.slices.isEmpty }
        var table = TextTable(
            [
                .init("wrong", maximumWidth: 24), .init("right", maximumWidth: 24), .init("rows", .right),
                .init("rate", .right), .init("interval"), .init("who"), .init("clusters", .right),
                .init("kind"),
            ] + (hasSlices ? [.init("most in", maximumWidth: 40)] : []))
        for form in forms.prefix(Self.listed) {
            let top = form.topSlice.map {
                "\($0.field)=\($0.value) \(Format.number($0.wrongRows)) of \(Format.number($0.wrongRows + $0.rightRows))"
            }
            let rows = form.told
            table.append(
                [
                    form.wrong, form.right,
                    "\(Format.number(rows.wrongRows)) of \(Format.number(rows.wrongRows + rows.rightRows))",
                    Format.percent(rows.rate), "\(Format.percent(rows.low)) to \(Format.percent(rows.high))",
                    who(form),
                    Format.number(rows.clusters ?? form.clusters), form.kind,
                ] + (hasSlices ? [top ?? "-"] : []))
        }
        return table.lines(indent: 2)
    }

    /// `assistant 6, user 2; 2 of 9 authors`.
    private func who(_ form: Form) -> String {
        var text = form.roles.filter { $0.wrongRows > 0 }
            .map { "\($0.role) \(Format.number($0.wrongRows))" }.joined(separator: ", ")
        if form.learnt == nil { text += " alone" }
        if let authors = form.authors, let all = form.ofAuthors {
            text += "; \(Format.number(authors)) of \(Format.count(all, "author"))"
        }
        return text
    }

    private func habits() -> [String] {
        var lines = ["", "HABITS  what else a model would learn to write; rate: turns that have it"]
        var table = TextTable([
            .init("habit"), .init("who"), .init("rate", .right), .init("interval"),
            .init("user turns", .right),
            .init("reference", .right), .init("most in", maximumWidth: 40),
        ])
        // Two features of one pattern (an apology, and one at the beginning) are one line.
        var habits: [LanguageProfileFigures.Habit] = []
        for habit in figures.habits where !habits.contains(where: habit.repeats) { habits.append(habit) }
        for habit in habits.prefix(Self.listed) {
            table.append([
                habit.id, habit.role, Format.percent(habit.rate),
                "\(Format.percent(habit.low)) to \(Format.percent(habit.high))",
                habit.userRate.map(Format.percent) ?? "-", habit.reference.map(Format.percent) ?? "-",
                habit.slice.map { "\($0.field)=\($0.value) \(Format.percent($0.rate))" } ?? "-",
            ])
        }
        lines += habits.isEmpty ? ["  none above the reference"] : table.lines(indent: 2)
        if habits.count > Self.listed {
            let names = habits.dropFirst(Self.listed).prefix(Self.listed).map {
                TerminalText.sanitized($0.id)
            }
            lines.append(
                "  and \(Format.count(habits.count - Self.listed, "habit")) more: \(names.joined(separator: ", "))"
                    + (habits.count > 2 * Self.listed ? ", …" : "")
                    + "; sqlite3 \(Format.shellWord(runPath + "/findings.sqlite")) 'select * from features'")
        }
        if let corpus = figures.habits.compactMap(\.referenceCorpus).first {
            lines.append("  reference: \(TerminalText.sanitized(corpus)), measured by this program")
        }
        if !figures.slicesLeftOut.isEmpty {
            let fields = figures.slicesLeftOut.map { TerminalText.sanitized($0) }.joined(separator: ", ")
            lines.append("  too many values to count habits by: \(fields)")
        }
        if let template = figures.promptTemplate {
            lines.append(
                "  \(Format.percent(template.share)) of the user turns begin with \"\(TerminalText.sanitized(template.text))\": a "
                    + "template, so that it cannot be told whether they were typed")
        }
        for habit in figures.tooClean {
            lines.append(
                "  user turns: \(Format.percent(habit.rate)) \(TerminalText.sanitized(habit.id)), "
                    + "\(Format.percent(habit.reference ?? 0)) in \(TerminalText.sanitized(habit.referenceCorpus ?? "")): "
                    + "too clean to be typed")
        }
        return lines
    }

    private func phrases() -> [String] {
        guard !figures.phrases.isEmpty else { return [] }
        let lines = ["", "RECURRENT PHRASES  the boilerplate that a model will repeat"]
        var table = TextTable([
            .init("phrase", maximumWidth: 64), .init("rows", .right), .init("where"),
            .init("clusters", .right), .init("authors", .right),
            .init("first", maximumWidth: 40, keepsEnd: true),
        ])
        for phrase in figures.phrases.prefix(2 * Self.listed) {
            table.append([
                phrase.text, Format.number(phrase.rows), phrase.position == "any" ? "-" : phrase.position,
                phrase.clusterRows < phrase.rows
                    ? "\(Format.number(phrase.clusters)) in \(Format.number(phrase.clusterRows))"
                    : Format.number(phrase.clusters),
                phrase.authors.map(Format.number) ?? "-", "\(phrase.first.shard):\(phrase.first.ordinal)",
            ])
        }
        return lines + table.lines(indent: 2)
    }

    private func lifts() -> [String] {
        guard !figures.lifts.isEmpty else { return [] }
        let lines = ["", "PREFERENCE  features that tell one kind of answer, label or score from the other"]
        var table = TextTable([
            .init("feature"), .init("in"), .init("rate", .right), .init("in"), .init("rate", .right),
            .init("times", .right),
        ])
        // Two features of one pattern (an apology, and one at the beginning) are one line.
        var lifts: [LanguageProfileFigures.Lift] = []
        for lift in figures.lifts where !lifts.contains(where: lift.repeats) { lifts.append(lift) }
        for lift in lifts.prefix(Self.listed) {
            let times =
                lift.secondRate > 0
                ? Format.plain((lift.firstRate / lift.secondRate * 10).rounded() / 10) : "-"
            table.append([
                lift.id, Self.counted(lift.first, lift.firstTurns), Format.percent(lift.firstRate),
                Self.counted(lift.second, lift.secondTurns), Format.percent(lift.secondRate), times,
            ])
        }
        return lines + table.lines(indent: 2)
    }

    /// A kind of answer with its turns: a rate of ten is none of a thousand.
    private static func counted(_ name: String, _ turns: Int?) -> String {
        turns.map { "\(name) (\(Format.number($0)))" } ?? name
    }

    private func characters() -> [String] {
        let unicode = figures.features.filter { $0.category == "unicode" }
        guard !unicode.isEmpty else { return [] }
        let lines = ["", "CHARACTERS  turns with characters that should be looked at"]
        var table = TextTable([
            .init("what"), .init("turns", .right), .init("who"),
            .init("first", maximumWidth: 52, keepsEnd: true),
        ])
        for feature in unicode {
            let roles = feature.roles.filter { $0.hits > 0 }
            let first = roles.compactMap(\.places.first).first
            table.append([
                feature.id, Format.number(roles.reduce(0) { $0 + $1.hits }),
                roles.map { "\($0.role) \(Format.number($0.hits))" }.joined(separator: ", "),
                first.map { "\($0.shard):\($0.ordinal)" } ?? "-",
            ])
        }
        return lines + table.lines(indent: 2)
    }

    private func entrenched() -> [String] {
        guard !figures.entrenched.isEmpty else { return [] }
        var lines = [
            "", "ENTRENCHED  no list knows them, one letter from one word that lists know: look at each",
        ]
        lines += table(figures.entrenched)
        let more = figures.forms["entrenched"] - Self.listed
        if more > 0 { lines.append("  and \(Format.count(more, "form")) more") }
        return lines
    }

    private func variants() -> [String] {
        guard !figures.variants.isEmpty else { return [] }
        var lines = ["", "TWO SPELLINGS  both right; a corpus of one style has one"]
        var table = TextTable([
            .init("rarer", maximumWidth: 24), .init("commoner", maximumWidth: 24), .init("rows", .right),
            .init("rate", .right), .init(""),
        ])
        for form in figures.variants.prefix(Self.listed) {
            table.append([
                form.wrong, form.right,
                "\(Format.number(form.wrongRows)) of \(Format.number(form.wrongRows + form.rightRows))",
                Format.percent(form.rate),
                form.kind == "normal-form" ? "one word in two Unicode normal forms" : "",
            ])
        }
        lines += table.lines(indent: 2)
        let more = figures.forms["variant"] + figures.forms["normal-form"] - Self.listed
        if more > 0 { lines.append("  and \(Format.count(more, "pair")) more") }
        return lines
    }

    private func shown() -> [String] {
        guard let samples, !samples.isEmpty else { return [] }
        var lines = ["", "IN CONTEXT"]
        for sample in samples {
            lines.append(
                "  \(TerminalText.sanitized(sample.name)), "
                    + "\(TerminalText.sanitized(sample.shard)):\(sample.ordinal) \(sample.role): "
                    + TerminalText.sanitized(sample.before) + "[" + TerminalText.sanitized(sample.form) + "]"
                    + TerminalText.sanitized(sample.after))
        }
        return lines
    }

    private func words() -> [String] {
        guard !figures.words.isEmpty else { return reach().isEmpty ? [] : ["", "WORDS  none"] + reach() }
        var lines = [
            "", "WORDS  \(Format.number(figures.types)) different; unknown ones are mostly names and terms",
        ]
        var table = TextTable([
            .init("role"), .init("words", .right), .init("unknown", .right), .init("not judged", .right),
            .init("turns", .right), .init("median words", .right),
        ])
        for role in figures.words {
            let length = figures.lengths.first { $0.role == role.role }
            let share = Double(role.unknown) / Double(max(1, role.words))
            let other = Double(role.otherLanguage) / Double(max(1, role.words + role.otherLanguage))
            table.append([
                role.role, Format.number(role.words), Format.percent(share), Format.percent(other),
                Format.number(length?.turns ?? 0), Format.number(length?.medianWords ?? 0),
            ])
        }
        lines += table.lines(indent: 2)
        lines.append("  not judged: stretches that look like another language or program text")
        return lines + reach()
    }

    /// What the word lists do not reach.
    private func reach() -> [String] {
        if hasFewWords {
            return [
                "  most turns have hardly a word between spaces (Chinese, Japanese, Thai and the like have none): spelling "
                    + "and habits of words say little there"
            ]
        }
        let judged = figures.words.reduce(0) { $0 + $1.words }
        let other = figures.words.reduce(0) { $0 + $1.otherLanguage }
        if other <= judged { return [] }
        return [
            "  most words look like another language than English: name it by --language (de, fr, …), or spelling and "
                + "habits of words are out of reach"
        ]
    }

    private func input() -> [String] {
        RowsSection(
            summary: summary, groups: groups, notes: notes, removed: "removed",
            closing: "; a profile changes nothing", untaken: "read"
        ).lines()
    }

    private func end() -> [String] {
        var lines = [""]
        for cause in summary.causes { lines.append("exit: \(TerminalText.sanitized(cause.message))") }
        lines.append("run: \(Format.shellWord(runPath))    next: \(next())")
        return lines
    }

    /// The same advice as a dedup's after a broken shard or bad rows.
    private func next() -> String {
        if let shard = summary.shards.first(where: { $0.state != .complete }) {
            return
                "copy \(TerminalText.sanitized(shard.name)) again from its source, then repeat this command"
        }
        let store = "sqlite3 \(Format.shellWord(runPath + "/findings.sqlite"))"
        if summary.causes.contains(where: { $0.code == .badRows }) {
            return "\(store) 'select * from quarantine'"
        }
        guard summary.rows.kept > 0 else { return "name inputs that have rows: assay look INPUT… shows them" }
        return "\(store) 'select * from \(figures.misspellings.isEmpty ? "features" : "misspellings")'"
    }
}
