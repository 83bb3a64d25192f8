import Corpus
import Testing

@testable import EvalOverlap

@Suite struct DoorTests {
    /// Intervals as R 4.2 `fisher.test` gives them (its ratio is the conditional estimate, ours the plain one).
    @Test(arguments: [
        ([8, 2, 1, 5], 20.0, 1.008, 1049.8),
        ([3, 1, 1, 3], 9.0, 0.2117, 621.9),
    ])
    func `exact interval of an odds ratio`(_ table: [Int], _ ratio: Double, _ low: Double, _ high: Double) {
        let odds = ExactOddsRatio(table[0], table[1], table[2], table[3])
        #expect(odds.ratio == ratio)
        #expect(abs(odds.low / low - 1) < 0.01, "\(odds.low)")
        #expect(abs(odds.high / high - 1) < 0.01, "\(odds.high)")
    }

    @Test func `an odds ratio without failures is bounded on one side`() {
        let odds = ExactOddsRatio(5, 0, 3, 4)
        #expect(odds.ratio == .infinity && odds.high == .infinity && odds.low > 0)
        #expect(ExactOddsRatio(0, 5, 3, 4).low == 0)
    }

    private static func item(_ question: String, turns: [String] = []) -> EvalItem {
        var item = OverlapFixture.item(question)
        item.turns = turns.map { Array($0.utf8) }
        return item
    }

    /// The items that a row's turns share something with, by kind.
    private static func joined(_ items: [EvalItem], _ row: [String]) throws -> [DoorKey.Kind: Set<Int>] {
        let doors = try RowDoors(
            identities: [], time: nil, collected: nil, sets: [EvalSet(name: "set", items: items)])
        let text = try OverlapText()
        var found: [DoorKey.Kind: Set<Int>] = [:]
        OverlapFixture.withRow(row) { row in
            text.read(row)
            for hash in doors.shared(inText: row, text, IdentityMiner()) {
                if let entry = doors[hash] { found[entry.kind, default: []].formUnion(entry.items) }
            }
        }
        return found
    }

    @Test func `a conversation is joined by a turn of eight words or by its beginning`() throws {
        let turns = [
            "My kettle has a dent.", "Is the seam still tight when you pour?",
            "It drips when I fill it above the second rivet of the spout.",
        ]
        let items = [Self.item(turns.joined(separator: " "), turns: turns)]
        #expect(try Self.joined(items, Array(turns[..<2]) + ["Never mind."]) == [.turn: [0], .history: [0]])
        #expect(try Self.joined(items, ["Hello", "Yes?", turns[2].uppercased()]) == [.turn: [0]])
        #expect(try Self.joined(items, [turns[0], "Oh."]).isEmpty)
        #expect(try Self.joined([Self.item(turns[2])], [turns[2]]).isEmpty)
    }

    @Test func `identities in text join, those of over three items do not`() throws {
        let items = [
            Self.item("Where is order 58213907, asks jo@example.com?"),
            Self.item("Is jo@example.com a member?"),
            Self.item("jo@example.com again"), Self.item("and jo@example.com once more"),
        ]
        #expect(try Self.joined(items, ["I wait for #58213907 (jo@example.com)"]) == [.orderNumber: [0]])
        #expect(
            try Self.joined(Array(items.prefix(3)), ["I am JO@example.com"]) == [.email: [0, 1, 2]])
    }

    @Test func `a key in over twenty rows is common`() {
        var rows = DoorRows()
        for row in 0..<21 {
            var output = RowWatch.Output()
            output.hits = [RowWatch.Hit(key: 7, row: 0)] + (row < 20 ? [RowWatch.Hit(key: 8, row: 1)] : [])
            rows.take(output, shard: row % 2, first: row * 2)
        }
        #expect(rows.joins.map(\.key) == [8] && rows.joins[0].rows.count == 20 && rows.commonKeys == [7])
        #expect(rows.joins[0].rows == rows.joins[0].rows.sorted())
    }

    @Test func `a row is alike to an item as a whole or not at all`() throws {
        let question = Array(
            "Which of the seven bridges of the old town stays open when the river rises above the mark?".utf8)
        let likeness = try ItemLikeness()
        let text = String(decoding: question, as: UTF8.self)
        for (row, expected) in [
            ([text, "An answer of another kind"], true), ([text.uppercased() + " Please."], true),
            (["A long story comes first, of many words that no item has. " + text], false),
            (["Nothing"], false),
        ] {
            OverlapFixture.withRow(row) {
                likeness.begin()
                #expect(likeness.isAlike(question, $0) == expected, "\(row)")
            }
        }
    }

    @Test(arguments: [
        ("1970-01-01", 0.0), ("2024-02-29", 1_709_164_800), ("2024-02-29T23:59:59Z", 1_709_251_199),
        ("2024-03-01 00:00:00.5", 1_709_251_200), ("1709251200", 1_709_251_200),
        ("1709251200000", 1_709_251_200), ("20240229", 1_709_164_800), ("1709251200000000000", 1_709_251_200),
        ("1709251200000000", 1_709_251_200),
    ])
    func `times are read`(_ text: String, _ seconds: Double) {
        #expect(RowDoors.seconds(text) == seconds)
    }

    @Test(arguments: ["", "yesterday", "2024-13-01", "12:30", "inf", "nan", "1e999", "٢٠٢٤-01-01"])
    func `what is no time is none`(_ text: String) {
        #expect(RowDoors.seconds(text) == nil)
    }

    @Test func `planted edits are the same each time`() {
        for edit in PlantedEdit.allCases {
            let question = Array(
                "How many staves does the cooper of Larkmoor plane in a week of six days?".utf8)
            let turns = edit.turns(question: question, answer: [], seed: 3)
            #expect(turns == edit.turns(question: question, answer: [], seed: 3))
            #expect(!turns.isEmpty && turns.allSatisfy { !$0.isEmpty }, "\(edit)")
        }
    }
}
