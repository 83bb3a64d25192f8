import Findings

/// Groups of rows of one side by words that the other side hardly has, where no slice field names topics.
///
/// A word names a topic that is not covered where three things meet: the other side has less than a tenth of its
/// share, beyond chance; its rows lie farther from the other side than rows with words that both sides have, so that a
/// habit of one side, which stands in rows of all topics, is none; and it does so beyond chance. Words that share rows
/// make one group. What is found is a lower bound: a topic of too few rows, or written in words that both sides have, is
/// not seen.
struct AbsentTopics {
    /// Words and pairs that make a group, the commonest first, and the rows of the index that have one of them. No row is
    /// in two groups.
    struct Group {
        var terms: [Int] = []
        var members: [Int] = []
        /// Rows of the other side that have one of them.
        var others: Set<Int32> = []
        /// The script or language that its rows share, in place of words.
        var language: String?
    }

    private(set) var groups: [Group] = []
    /// What rows with words of both sides fall short by in the middle.
    private(set) var usual = CoverageReport.Usual()
    /// Part of the topic words that the other side has too; `nil` where too few words are common enough to tell.
    private(set) var sharedWords: Double?
    /// Words that the other side hardly has, whose rows lie no farther than others: topics, or ways of writing.
    private(set) var uncountedWords: [ComparisonFigures.Coverage.Word] = []

    private static let mostUncountedWords = 12

    /// A word of which the other side has less than this part of the share is absent there.
    static let leastPart = 0.1
    /// A word of which it has so much of the share is one of both sides.
    private static let sharedPart = 0.25
    /// Rows that are copies of few templates make a topic by themselves from this share on.
    private static let leastTemplateShare = 0.05
    private static let leastCopies = 10.0

    /// A word of over half the rows names no topic.
    private static let mostShare = 0.5
    /// Part of a term's rows that lie in a group already, from which it belongs to the group.
    private static let joiningPart = 0.1
    /// Words that are common enough, for the part of shared ones: so many of which the other side would have so many
    /// rows, if it had them as often.
    private static let leastWords = 20
    private static let leastExpected = 5.0

    /// A term that is common enough on the report's side.
    private struct Candidate {
        var term: Int
        /// Rows of the index.
        var members: [Int]
        /// Rows of the sample.
        var others: [Int32]
        var share: Double
        var otherShare: Double
        var isPair: Bool

        /// By how much the other side lacks it, beyond what makes it absent.
        var lack: Double { AbsentTopics.leastPart * share - otherShare }

        var isAbsent: Bool { otherShare < AbsentTopics.leastPart * share }
    }

    private let report: CoverageReport

    /// - Parameter languages: by the sample's rows, the script or language where it is another one.
    /// - Throws: `TextFormsError`.
    init(_ terms: SampleTerms, languages: [String?], _ report: CoverageReport) throws {
        self.report = report
        let all = candidates(terms)
        let words = all.filter { !$0.isPair }
        usual = report.usualGaps(
            words.map(\.members), words.map { (rows: $0.others.count, share: $0.otherShare) })
        // Beside a word that is missing, a small distance says enough, unless all rows are far.
        if usual.gap < CoverageReport.leastGap { usual.least = CoverageReport.leastGap }
        let expected = words.filter { $0.share * report.otherWeight >= Self.leastExpected }
        if expected.count >= Self.leastWords {
            sharedWords =
                Double(expected.count { $0.otherShare >= Self.sharedPart * $0.share })
                / Double(expected.count)
        }
        addLanguages(languages)
        let absent = absent(all, terms)
        let others = try CompactTexts(
            report.otherRows.map {
                (report.sample.rows[$0], report.sample.rows[$0].weight * report.sample.multiplicity[$0])
            })
        group(absent.standing.filter { isAbsentInAnySpelling($0, others, terms) })
        let grouped = Set(groups.flatMap(\.members))
        for candidate in absent.others
        where candidate.members.count(where: { grouped.contains($0) }) * 2 < candidate.members.count
            && uncountedWords.count < Self.mostUncountedWords
            && isAbsentInAnySpelling(candidate, others, terms)
        {
            uncountedWords.append(
                ComparisonFigures.Coverage.Word(word: terms.text(of: candidate.term), share: candidate.share))
        }
    }

    private func candidates(_ terms: SampleTerms) -> [Candidate] {
        let own = terms.counts(in: report.index.rows)
        let all = report.index.rows.count
        // A row may stand for many copies.
        let leastRows = report.sample.copiesLeftOut > 0 ? 1 : CoverageReport.leastRows
        let rows = terms.rows {
            Int(own[$0]) >= leastRows && Double(own[$0]) <= Self.mostShare * Double(all)
        }
        var places = [Int32](repeating: -1, count: report.sample.rows.count)
        for (place, row) in report.index.rows.enumerated() { places[row] = Int32(place) }
        return rows.sorted { $0.key < $1.key }.compactMap { term, rows in
            let members = rows.map { Int(places[Int($0)]) }.filter { $0 >= 0 }
            guard report.rowCount(members) >= CoverageReport.leastRows else { return nil }
            let others = rows.filter { places[Int($0)] < 0 }
            return Candidate(
                term: term, members: members, others: others,
                share: report.weight(members) / max(1, report.ownWeight),
                otherShare: report.otherShare(others.map { Int($0) }),
                isPair: terms.words(ofPair: term) != nil)
        }
    }

    /// Terms that the other side lacks, the commonest first: those whose rows fall short, and words whose rows do not.
    private func absent(
        _ all: [Candidate], _ terms: SampleTerms
    ) -> (standing: [Candidate], others: [Candidate]) {
        var measured = all.map { report.measure($0.members, usual) }
        let isTemplate = zip(all, measured).map { self.isTemplate($0, draws: $1.draws) }
        for place in all.indices where isTemplate[place] { measured[place].group.stands = true }
        /// Words that the other side lacks but whose rows are no farther than others: ways of writing.
        var habits = Set<Int>()
        for (candidate, found) in zip(all, measured)
        where !candidate.isPair && candidate.isAbsent && !found.group.stands { habits.insert(candidate.term) }
        let judged = all.indices.filter { place in
            terms.words(ofPair: all[place].term).map {
                !habits.contains($0.first) && !habits.contains($0.second)
            } ?? true
        }
        let rates = FeatureTable.falseDiscoveryRates(
            judged.map { place in
                let part = measured[place].draws / Double(max(1, measured[place].group.rows))
                return report.chance(ofShares: all[place].share * part, all[place].otherShare)
            })
        let absent = zip(judged, rates).filter { place, q in
            all[place].isAbsent && (q <= CoverageReport.mostQ || isTemplate[place])
        }
        .map(\.0).sorted {
            let (first, second) = (all[$0].members.count, all[$1].members.count)
            return first != second ? first > second : all[$0].term < all[$1].term
        }
        return (
            absent.filter { measured[$0].group.stands }.map { all[$0] },
            absent.map { (place: $0, all[$0]) }.filter { !measured[$0.place].group.stands && !$0.1.isPair }
                .map(\.1)
                .sorted { $0.lack != $1.lack ? $0.lack > $1.lack : $0.term < $1.term }
        )
    }

    /// Whether a term stands in many rows of few templates, and in no row of the other side: no similarity of rows tells
    /// more.
    private func isTemplate(_ candidate: Candidate, draws: Double) -> Bool {
        let copies = Double(report.rowCount(candidate.members)) / max(1, draws)
        return candidate.others.isEmpty && candidate.share >= Self.leastTemplateShare
            && copies >= Self.leastCopies
    }

    /// Whether the other side does not have a term with its parts set in another way, together or with a hyphen.
    private func isAbsentInAnySpelling(_ candidate: Candidate, _ others: CompactTexts, _ terms: SampleTerms)
        -> Bool
    {
        others.share(with: terms.text(of: candidate.term)) < Self.leastPart * candidate.share
    }

    /// Rows in a script or language that the other side hardly has: that alone tells, no other row can be near.
    private mutating func addLanguages(_ languages: [String?]) {
        var found: [String: (members: [Int], others: Set<Int32>)] = [:]
        for (place, row) in report.index.rows.enumerated() {
            if let language = languages[row] { found[language, default: ([], [])].members.append(place) }
        }
        for row in report.otherRows {
            guard let language = languages[row], found[language] != nil else { continue }
            found[language]?.others.insert(Int32(row))
        }
        let all = max(1, report.ownWeight)
        for (language, rows) in found.sorted(by: { $0.key < $1.key })
        where report.rowCount(rows.members) >= CoverageReport.leastRows {
            let draws = report.measure(rows.members, usual).draws
            guard
                report.isAbsent(
                    share: report.weight(rows.members) / all,
                    part: draws / Double(report.rowCount(rows.members)),
                    report.otherShare(rows.others.map { Int($0) }), otherRows: rows.others.count,
                    below: Self.leastPart)
            else { continue }
            groups.append(Group(members: rows.members, others: rows.others, language: language))
        }
    }

    private mutating func group(_ standing: [Candidate]) {
        var groupOfRow = [Int](repeating: -1, count: report.index.rows.count)
        for (number, group) in groups.enumerated() { for row in group.members { groupOfRow[row] = number } }
        for candidate in standing {
            var shared: [Int: Int] = [:]
            for row in candidate.members where groupOfRow[row] >= 0 {
                shared[groupOfRow[row], default: 0] += 1
            }
            let fresh = candidate.members.filter { groupOfRow[$0] < 0 }
            let nearest = shared.max { a, b in a.value != b.value ? a.value < b.value : a.key > b.key }
            var number: Int
            if let nearest, Double(nearest.value) >= Self.joiningPart * Double(candidate.members.count) {
                number = nearest.key
            } else {
                guard report.rowCount(fresh) >= CoverageReport.leastRows else { continue }
                number = groups.count
                groups.append(Group())
            }
            for row in fresh { groupOfRow[row] = number }
            if groups[number].language == nil { groups[number].terms.append(candidate.term) }
            groups[number].members += fresh
            groups[number].others.formUnion(candidate.others)
        }
    }
}
