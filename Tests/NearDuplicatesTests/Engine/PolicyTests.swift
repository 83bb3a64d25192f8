import Corpus
import Findings
import TestSupport
import Testing

@testable import NearDuplicates

/// Which row of a pair stays, and which rows a rule holds.
@Suite struct PolicyTests {
    static func decide(
        _ rows: [MadeRow], against: [MadeRow] = [], _ change: (inout DedupConfiguration) -> Void = { _ in }
    ) throws -> DedupDecision {
        var configuration = DedupConfiguration()
        configuration.keeper = .first
        configuration.sparedClasses = []
        change(&configuration)
        var corpus = RowCorpus(rows, slices: ["group"])
        if !against.isEmpty { corpus.against = [against.map(\.json)] }
        return try corpus.decide(configuration)
    }

    /// One text with a number of words replaced at its end.
    static func variants(seed: UInt64, words: Int, edits: [Int]) -> [String] {
        var maker = RowMaker(seed: seed)
        let base = maker.sentence(words)
        return edits.map { count in
            var words = base
            for place in 0..<count { words[words.count - 1 - place] = maker.word() }
            return words.joined(separator: " ")
        }
    }

    @Test func `the keeper is the first, the longest, the rarest or the one that a field prefers`() throws {
        let texts = Self.variants(seed: 21, words: 40, edits: [0, 0, 0, 0])
        let rows = [
            MadeRow(texts[0]).with("group", "common"),
            MadeRow(texts[1] + " and more").with("group", "common"),
            MadeRow(texts[2] + "!").with("group", "rare"), MadeRow(texts[3] + "!!!").with("group", "other"),
            MadeRow("something else of a very different kind").with("group", "other"),
        ]
        func keeper(_ policy: KeeperPolicy) throws -> [Int] {
            let decision = try Self.decide(rows) { $0.keeper = policy }
            return (0..<4).filter { !decision.verdicts.isRemoved($0) }
        }
        #expect(try keeper(.first) == [0])
        #expect(try keeper(.longest) == [1])
        #expect(try keeper(.rarestSlice) == [2])
        #expect(try keeper(.priority(field: "group", values: ["x", "other", "common"])) == [3])
        #expect(try keeper(.priority(field: "group", values: ["common", "other"])) == [0])
        #expect(try keeper(.priority(field: "group", values: ["nothing"])) == [0])
    }

    @Test func `the longest, then the first stays when slices tie`() throws {
        let texts = Self.variants(seed: 22, words: 40, edits: [0, 0, 0])
        let rows = [MadeRow(texts[0]), MadeRow(texts[1] + " end"), MadeRow(texts[2] + "  END")]
        let decision = try Self.decide(rows) { $0.keeper = .rarestSlice }
        #expect(
            decision.lines == ["0>1 near extension", "1", "2>1 exact form"] || decision.removed == [0, 2])
    }

    @Test func `of copies with a label and without one the labelled row stays`() throws {
        let texts = Self.variants(seed: 24, words: 40, edits: [0, 0, 0])
        let rows = [
            MadeRow(texts[0] + " and more"), MadeRow(texts[1]).with("label", "refund"), MadeRow(texts[2]),
            MadeRow(texts[0]).with("label", "cancel"),
        ]
        func kept(_ policy: KeeperPolicy) throws -> [Int] {
            let decision = try Self.decide(rows) {
                $0.keeper = policy
                $0.sparedClasses = [.labelConflict]
            }
            return rows.indices.filter { !decision.verdicts.isRemoved($0) }
        }
        // Another label is a contradiction, which stays; without a label there is none.
        #expect(try kept(.rarestSlice) == [1, 3])
        #expect(try kept(.priority(field: "group", values: ["none"])) == [1, 3])
        #expect(try kept(.longest) == [0])
        #expect(try kept(.first) == [0])
    }

    @Test func `protected rows stay whatever the kind`() throws {
        var maker = RowMaker(seed: 23)
        let long = maker.text(60)
        let short = long.split(separator: " ").prefix(30).joined(separator: " ")
        let chat: [(Role, String)] = [
            (.user, maker.text(12)), (.assistant, maker.text(12)), (.user, maker.text(9)),
        ]
        func both(_ row: MadeRow) -> MadeRow { row.with("group", "safe") }
        let rows = [
            MadeRow(long), both(MadeRow(long)), both(MadeRow(long)), both(MadeRow(long.uppercased())),
            both(MadeRow(long + " extra")), both(MadeRow(short)), MadeRow(chat),
            both(MadeRow(Array(chat.prefix(2)))),
        ]
        let decision = try Self.decide(rows) {
            $0.protected = [SliceSelector("group=safe")]
            $0.containedMillionths = 900_000
            $0.removesPrefixes = true
        }
        #expect(decision.removed == [0])
        #expect(decision.figures.prefixRows == 1)
        let rules = Dictionary(grouping: decision.spared, by: { Int($0.match.row) })
        for row in [2, 3, 4, 5, 7] { #expect(rules[row]?.map(\.rule) == [.protect], "row \(row)") }
        let open = try Self.decide(rows) {
            $0.containedMillionths = 900_000
            $0.removesPrefixes = true
        }
        #expect(open.removed == [1, 2, 3, 4, 5, 7])
        #expect(open.verdicts.casualty(5)?.kind == .contained)
        #expect(open.verdicts.casualty(7)?.kind == .prefix)
    }

    @Test func `a floor spares the most unlike near duplicates and no copies`() throws {
        // Row 0 is the keeper; 1 is its copy; 2...5 are ever less like it.
        let texts = Self.variants(seed: 24, words: 60, edits: [0, 0, 1, 2, 3, 4])
        let rows = texts.map { MadeRow($0).with("group", "small") }
        func kept(_ floor: Int) throws -> [Int] {
            let decision = try Self.decide(rows) {
                $0.floors = [SliceFloor(slice: SliceSelector("group=small"), rows: floor)]
            }
            for row in decision.removed {
                #expect(!decision.verdicts.isRemoved(Int(decision.verdicts.casualty(row)?.keeper ?? 0)))
            }
            return rows.indices.filter { !decision.verdicts.isRemoved($0) }
        }
        #expect(try kept(1) == [0])
        #expect(try kept(2) == [0, 5])
        #expect(try kept(3) == [0, 4, 5])
        #expect(try kept(100) == [0, 2, 3, 4, 5])
        let byField = try Self.decide(rows + [MadeRow(texts[2]).with("group", "other")]) {
            $0.floors = [SliceFloor(slice: SliceSelector("group"), rows: 1)]
        }
        #expect(!byField.verdicts.isRemoved(0))
    }

    @Test func `a floor spares one of several copies of a near duplicate`() throws {
        let texts = Self.variants(seed: 25, words: 60, edits: [0, 3])
        let rows = [texts[0], texts[1], texts[1], texts[1]].map { MadeRow($0).with("group", "small") }
        let decision = try Self.decide(rows) {
            $0.floors = [SliceFloor(slice: SliceSelector("group=small"), rows: 10)]
        }
        #expect(decision.removed == [2, 3])
        #expect(decision.lines[2] == "2>1 identical identical")
        #expect(decision.sparedLines == ["1>0 floor"])
    }

    @Test func `keep N keeps the keeper and the farthest rows, never two copies`() throws {
        let texts = Self.variants(seed: 26, words: 80, edits: [0, 1, 5, 5])
        // 4 is nearly 3; after 2, the farthest from all that stay is 3, not 4's twin.
        let rows = ([texts[0], texts[0], texts[1], texts[2], texts[2], texts[2] + "!", texts[3]]).map {
            MadeRow($0)
        }
        func kept(_ count: Int) throws -> [Int] {
            let decision = try Self.decide(rows) { $0.keptPerCluster = count }
            return rows.indices.filter { !decision.verdicts.isRemoved($0) }
        }
        #expect(try kept(1) == [0])
        let two = try kept(2)
        #expect(two.count == 2 && (two[1] == 3 || two[1] == 5 || two[1] == 6))
        let three = try kept(3)
        #expect(three.count == 3 && three.contains(6) && (three.contains(3) || three.contains(5)))
        let all = try kept(100)
        #expect(all == [0, 2, 3, 5, 6])
    }

    @Test func `rows of an against corpus are keepers and never go`() throws {
        let texts = Self.variants(seed: 27, words: 50, edits: [0, 2, 1])
        let rows = [
            MadeRow(texts[0]).with("group", "safe"), MadeRow(texts[1]), MadeRow("quite another text it is"),
        ]
        let against = [
            MadeRow(texts[0]), MadeRow(texts[0]), MadeRow(texts[2]), MadeRow("quite another text it is."),
        ]
        let decision = try Self.decide(rows, against: against)
        #expect(decision.removed == [0, 1, 2])
        #expect(decision.lines[0] == "0>3 identical fields")
        let protected = try Self.decide(rows, against: against) { $0.protected = [SliceSelector("group")] }
        #expect(protected.removed == [1, 2])
        #expect(protected.sparedLines == ["0>3 protect"])
        let corpusShare = SliceLosses.corpusShare(protected)
        #expect(corpusShare == 2.0 / 3.0)
    }

    @Test func `contained rows go for the longest row that holds them`() throws {
        var maker = RowMaker(seed: 28)
        let long = maker.sentence(100)
        let rows = [
            MadeRow(long[10..<40].joined(separator: " ")), MadeRow(long[0..<70].joined(separator: " ")),
            MadeRow(long.joined(separator: " ")), MadeRow(long[0..<19].joined(separator: " ")),
        ]
        let decision = try Self.decide(rows) { $0.containedMillionths = 950_000 }
        #expect(decision.lines == ["0>2 contained extension", "1>2 contained extension", "2", "3"])
        #expect(try Self.decide(rows).removed.isEmpty)
    }

    @Test func `a row for whose sake others went is not removed as contained or as a prefix`() throws {
        var maker = RowMaker(seed: 29)
        let long = maker.sentence(100)
        let part = long[0..<40].joined(separator: " ")
        let near = maker.edited(part, edits: 1)
        let decision = try Self.decide([MadeRow(part), MadeRow(near), MadeRow(long.joined(separator: " "))]) {
            $0.containedMillionths = 900_000
        }
        #expect(decision.removed == [1])
        #expect(decision.sparedLines == ["0>2 keeper"])
        // Copies alone do not hold it: they go with it.
        let copies = try Self.decide([MadeRow(part), MadeRow(part), MadeRow(long.joined(separator: " "))]) {
            $0.containedMillionths = 900_000
        }
        #expect(copies.lines == ["0>2 contained extension", "1>2 contained extension", "2"])
    }

    @Test func `prefixes are counted always and removed on request`() throws {
        var maker = RowMaker(seed: 30)
        let turns: [(Role, String)] = (0..<6).map { ($0 % 2 == 0 ? .user : .assistant, maker.text(12)) }
        var other = turns
        other[1].1 = maker.text(12)
        let rows = [
            MadeRow(Array(turns.prefix(2))), MadeRow(turns), MadeRow(Array(turns.prefix(4))), MadeRow(other),
            MadeRow(Array(turns.prefix(4))),
        ]
        let counted = try Self.decide(rows)
        #expect(counted.lines == ["0", "1", "2", "3", "4>2 identical identical"])
        #expect(counted.figures.prefixRows == 2)
        let removed = try Self.decide(rows) { $0.removesPrefixes = true }
        #expect(removed.figures.prefixRows == 2)
        #expect(
            removed.lines
                == ["0>1 prefix extension", "1", "2>1 prefix extension", "3", "4>1 prefix extension"])
    }

    @Test func `a contained row with an image of its own stays`() throws {
        var maker = RowMaker(seed: 31)
        let text = maker.text(60)
        func row(_ text: String, _ url: String) -> String {
            """
            {"messages":[{"role":"user","content":[{"type":"text","text":"\(text)"},\
            {"type":"image_url","image_url":{"url":"\(url)"}}]}]}
            """
        }
        var configuration = DedupConfiguration()
        configuration.containedMillionths = 800_000
        let decision = try RowCorpus(json: [row(text, "a"), row(text + " " + maker.text(60), "b")])
            .decide(configuration)
        #expect(decision.removed.isEmpty)
    }

    @Test func `a row is spared at most once, and no removed row is listed as spared`() throws {
        var maker = RowMaker(seed: 32)
        let long = maker.sentence(60)
        let head = long[0..<24].joined(separator: " ")
        // Row 1 is spared from row 0 by its number, then lies in row 2.
        let rows = [
            MadeRow(head + " costs 30 now"), MadeRow(head + " costs 90 now"),
            MadeRow(head + " costs 90 now " + long[24...].joined(separator: " ")),
        ]
        let decision = try Self.decide(rows) {
            $0.sparedClasses = DedupConfiguration.defaultSparedClasses
            $0.containedMillionths = 950_000
        }
        #expect(decision.removed == [1])
        #expect(decision.spared.allSatisfy { !decision.verdicts.isRemoved(Int($0.match.row)) })
        #expect(Set(decision.spared.map(\.match.row)).count == decision.spared.count)
    }
}
