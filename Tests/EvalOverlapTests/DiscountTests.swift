import Findings
import Testing

@testable import EvalOverlap

/// What common text does, and does not do, to verdicts.
@Suite struct DiscountTests {
    static let prompt =
        "You are the patient clerk of the harbour office and answer every letter in plain words, with the berth, the "
        + "tide, and the name of the pilot on duty. "
    static let tasks = [
        "Tell the owner of the green barge why her mooring fee went up after the dredging of the inner basin.",
        "Write to the school about the broken railing where the children feed the seals on Saturday mornings.",
        "Explain to the new baker which trucks may cross the swing bridge while the ferry is being loaded.",
        "Refuse the request of the film crew to close the north pier during the herring auction next month.",
    ]

    @Test func `a prompt shared by many rows and items flags no row`() throws {
        let rows = (0..<60).map { [Self.prompt, "Letter \($0)", "Answer \($0)"] }
        let fixture = try OverlapFixture(Self.tasks.map { OverlapFixture.item(Self.prompt + $0) }, rows: rows)
        #expect(try fixture.verdicts(rows[0]).isEmpty)
        #expect(fixture.decision.discounts[0].rows == 60)
        #expect(fixture.decision.uncheckable.allSatisfy { $0 == nil })
        #expect(try fixture.verdicts([Self.tasks[1]]) == [1: .edited])
    }

    @Test func `the turn of a hit is that of the item's own words, not of the prompt`() throws {
        let rows = (0..<60).map { [Self.prompt, "Letter \($0)", "Answer \($0)"] }
        let fixture = try OverlapFixture(Self.tasks.map { OverlapFixture.item(Self.prompt + $0) }, rows: rows)
        let found = try fixture.verdicts([Self.prompt, Self.tasks[1]], roles: [.system, .user])
        #expect(found == [1: .verbatim])
    }

    @Test func `truncating keeps the share of the item's own words`() throws {
        let rows = (0..<60).map { [Self.prompt + "Letter \($0)"] }
        let fixture = try OverlapFixture(
            Self.tasks.map { OverlapFixture.item(Self.prompt + Self.prompt + $0) }, rows: rows)
        let power = try OverlapPower(fixture.decision).measure(4).filter {
            $0.edit == PlantedEdit.truncated.rawValue
        }
        // Eleven words of 18 are left: at the border of what is covered.
        #expect(power.count == 1 && power[0].found >= 3)
    }

    @Test func `power does not depend on threads`() throws {
        let fixture = try OverlapFixture(
            Self.tasks.map { OverlapFixture.item($0, answer: "Yes, and: " + $0) }, rows: [])
        let power = OverlapPower(fixture.decision)
        let expected = try power.measure(3).map { "\($0)" }
        #expect(expected.count == PlantedEdit.allCases.count - 1)
        for threads in [2, 3, 40] {
            #expect(try power.measure(3, threads: threads).map { "\($0)" } == expected)
        }
    }

    @Test func `an item of which two texts are discounted counts once`() throws {
        let rows = (0..<60).map { ["\(Self.prompt) \($0)"] }
        let fixture = try OverlapFixture(
            Self.tasks.map { OverlapFixture.item(Self.prompt + $0, answer: Self.prompt + "So: " + $0) },
            rows: rows)
        #expect(fixture.decision.discounts[0].items == Self.tasks.count)
    }

    @Test func `an item of n-grams that stand in too many items is uncheckable, whatever the rows`() throws {
        let items = (0...300).map { number in
            number == 0
                ? Self.prompt : Self.prompt + (0..<12).map { "w\(number)x\($0)" }.joined(separator: " ")
        }
        let decision = try OverlapFixture(items.map { OverlapFixture.item($0) }).decision
        #expect(decision.uncheckable[0] == .sharedText)
        #expect(decision.uncheckable.dropFirst().allSatisfy { $0 == nil })
    }

    @Test func `rare turns are forgotten before common ones`() throws {
        let decision = try OverlapFixture(Self.tasks.map { OverlapFixture.item($0) }).decision
        var tally = OverlapTally(decision, mostTurns: 4)
        for (ordinal, hash) in [1, 1, 2, 3, 4, 5, 1, 6, 7, 8, 5].enumerated() {
            tally.add(
                [OverlapTally.Line(item: 0, verdict: .verbatim, role: "user", turnHash: UInt64(hash))],
                shard: 0,
                ordinal: ordinal)
        }
        #expect(tally.rows(of: 0) == 11)
        #expect(tally.turnsForgotten == 4)
        #expect(tally.figures(shardNames: ["s"]).sharedTurns.map(\.rows) == [3, 2])
    }

    @Test func `one item in thousands of rows stays flagged`() throws {
        let rows = (0..<3000).map { [Self.tasks[0], "Ticket \($0)"] }
        let fixture = try OverlapFixture(Self.tasks.map { OverlapFixture.item($0) }, rows: rows)
        #expect(try fixture.verdicts(rows[7]) == [0: .verbatim])
        #expect(fixture.decision.discounts[0] == OverlapDecision.Discount())
    }

    @Test func `a common short phrase is uncheckable, a long short item is not`() throws {
        let items = ["How are you today?", "Which river feeds the lake behind the old glass works?"]
        let rows = (0..<30).map { [items[0], items[1], "\($0)"] }
        let fixture = try OverlapFixture(items.map { OverlapFixture.item($0) }, rows: rows)
        #expect(fixture.decision.uncheckable == [.commonText, nil])
        #expect(try fixture.verdicts(rows[0]) == [1: .shortExact])
    }

    @Test func `items that no route can check have a reason`() throws {
        let shared = Array(repeating: Self.prompt, count: 1) + Self.tasks.map { Self.prompt + $0 }
        let rows = (0..<30).map { [Self.prompt, "\($0)"] }
        let items =
            [OverlapFixture.item(""), OverlapFixture.item("Why?")] + shared.map { OverlapFixture.item($0) }
        let fixture = try OverlapFixture(items, rows: rows)
        #expect(fixture.decision.uncheckable == [.noText, .tooShort, .sharedText, nil, nil, nil, nil])
    }

    @Test(arguments: [
        "Our committee heard that which of the following best explains why the tides came so late, then had lunch",
        "Tell the owner of the green barge. Then we sang all evening about something else entirely, my friend.",
    ])
    func `common phrases are not contamination`(_ row: String) throws {
        let fixture = try OverlapFixture([
            OverlapFixture.item(
                "Which of the following best explains why the tides came so late to Port Amber in 1811?"),
            OverlapFixture.item(
                "Tell the owner of the green barge. Her mooring fee went up; say why, and name the basin."),
        ])
        #expect(try fixture.verdicts([row]).values.allSatisfy(\.isLabel))
    }
}
