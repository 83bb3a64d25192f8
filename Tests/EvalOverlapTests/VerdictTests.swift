import Corpus
import Findings
import Foundation
import Testing

@testable import EvalOverlap

/// The documented table of verdicts, one case a verdict at least.
@Suite struct VerdictTests {
    static let question =
        "Mara sells nine baskets of plums for 4 coins each and spends half of the coins on a lantern for the old "
        + "mill near the river; how many coins does she carry home?"
    static let answer =
        "Nine baskets bring 9 * 4 = 36 coins, half of them pay for the lantern, and so Mara walks home along the "
        + "river with the other 18 coins in her pocket."
    static let item = OverlapFixture.item(question, answer: answer)

    @Test(arguments: [
        ([question, answer], OverlapVerdict.verbatim),
        (["Look at this: " + question + " Thanks!", answer], .verbatim),
        ([question.uppercased(), answer.uppercased()], .verbatim),
        ([question.replacingOccurrences(of: "baskets of plums", with: "crates of pears"), answer], .edited),
        ([question], .questionOnly),
        (["Explain the last one, please.", answer], .answerOnly),
    ])
    func `verdicts of a long item`(_ turns: [String], _ verdict: OverlapVerdict) throws {
        #expect(try OverlapFixture([Self.item]).verdicts(turns) == [0: verdict])
    }

    @Test func `an item split over two turns is whole`() throws {
        let words = Self.question.split(separator: " ")
        let turns = [words[..<15].joined(separator: " "), words[15...].joined(separator: " "), Self.answer]
        #expect(try OverlapFixture([Self.item]).verdicts(turns) == [0: .verbatim])
    }

    static let turns = [
        "Describe how a lamplighter of the old harbour spends a night in winter; name the streets in their order.",
        "Who is he?",
        "Now tell the same night again as the dog of the lamplighter would tell it to the cats of the fish market.",
    ]

    static func conversation(_ turns: [String], answers: [String] = []) -> EvalItem {
        var item = OverlapFixture.item(
            turns.joined(separator: "\n"), answer: answers.joined(separator: "\n"))
        item.questionTurns = turns.map(\.utf8.count)
        item.answerTurns = answers.map(\.utf8.count)
        return item
    }

    @Test func `of a conversation each long turn is found by itself, and all turns as the whole item`() throws
    {
        let fixture = try OverlapFixture([Self.conversation(Self.turns)])
        #expect(fixture.index.texts[0].turns == [0..<19, 19..<22, 22..<44])
        #expect(try fixture.verdicts(["Hello! " + Self.turns[0], "Gladly."]) == [0: .edited])
        #expect(try fixture.verdicts([Self.turns[2]]) == [0: .edited])
        #expect(try fixture.verdicts(["Ask him: Who is he?"]).isEmpty)
        #expect(try fixture.verdicts(Self.turns) == [0: .verbatim])
        let numbers = Self.turns[0].replacingOccurrences(of: "streets", with: "gates")
        #expect(try fixture.verdicts([numbers]) == [0: .edited])
    }

    @Test func `a lone turn is found by its letters`() throws {
        var row = ""
        for (place, character) in Self.turns[0].enumerated() {
            row.append(character)
            if place % 5 == 2 { row += "-\n" }
        }
        #expect(try OverlapFixture([Self.conversation(Self.turns)]).verdicts([row]) == [0: .mistyped])
    }

    @Test func `half of a turn's first sentence is no finding, as in an item of one turn`() throws {
        let first =
            "Describe how a lamplighter of the old harbour spends a night in winter and in summer too. "
        let turn =
            first + "Name the streets in their order, and say at each of them what he sees, hears and smells."
        let fixture = try OverlapFixture([Self.conversation([turn, Self.turns[2]])])
        #expect(try fixture.verdicts([first + "I did that once, with a friend, for money."]).isEmpty)
    }

    @Test func `a short first turn is found whole, and not a later one`() throws {
        let fixture = try OverlapFixture([
            Self.conversation(["What does a lamplighter carry?", Self.turns[2], "And who pays him for it?"])
        ])
        #expect(try fixture.verdicts(["Hi. What does a lamplighter carry?", "Oil."]) == [0: .shortExact])
        #expect(try fixture.verdicts(["And who pays him for it?"]).isEmpty)
    }

    @Test func `a short first turn that many rows have is a common phrase`() throws {
        let rows = Array(repeating: ["How are you?"], count: 30)
        let fixture = try OverlapFixture([Self.conversation(["How are you?", Self.turns[2]])], rows: rows)
        #expect(try fixture.verdicts(["How are you?"]).isEmpty)
        #expect(fixture.decision.uncheckable == [nil])
    }

    @Test func `one long reply of a conversation is an answer`() throws {
        let reply =
            "He carries a ladder, a can of oil and a pole with a hook, and on the coldest nights a flask of tea "
            + "that the baker's widow fills for him at the corner of the rope walk."
        let item = Self.conversation(Self.turns, answers: ["I am glad to.", reply, "Meow, said he."])
        #expect(try OverlapFixture([item]).verdicts(["Tell me of him.", reply]) == [0: .answerOnly])
    }

    @Test func `in a system turn an item is few-shot`() throws {
        let found = try OverlapFixture([Self.item]).verdicts(
            [Self.question + "\n" + Self.answer], role: .system)
        #expect(found == [0: .fewShot])
    }

    @Test func `among the examples of a user turn an item is few-shot, as its last question it is not`()
        throws
    {
        let own = "Q: " + Self.question + "\nA: " + Self.answer + "\n"
        let other = "Q: What stands by the stairs?\nA: A shelf.\n"
        let fixture = try OverlapFixture([Self.item])
        #expect(
            try fixture.verdicts([other + own + "Q: Which notice hangs in the tram?\nA:"]) == [0: .fewShot])
        #expect(try fixture.verdicts([other + own]) == [0: .verbatim])
        #expect(try fixture.verdicts([other + "Q: " + Self.question + "\nA:"]) == [0: .questionOnly])
        #expect(try fixture.verdicts([own]) == [0: .verbatim])
    }

    @Test(arguments: [
        ("", 0), ("Q: a\nA: b", 0), ("Q: a\nA: b\nQ: c", 10),
        ("## Input 1:\nx\n## Output 1:\ny\n## Input 2:\nz", 29),
        ("Q: a\nQ: b\nQ: c", 0), ("note: a\nA: b\nquite: c", 0), ("Q1. a: b\nA", 0),
    ])
    func `the examples of a turn end before its last labelled question`(_ turn: String, _ end: Int) {
        #expect(Array(turn.utf8).withUnsafeBytes { ExampleList.examples(in: $0) } == end)
    }

    static let speech =
        "We did not come up this hill for the view, although the view is fair; we came because the bell below has rung "
        + "the hours of other people for a hundred years and we mean to hear one hour of our own"
    static let about =
        "What do the speakers of this old address want, and which word tells that they expect to be refused?"

    @Test(arguments: [
        "\"\(speech)\" \(about)", "> \(speech)\n\(about)", "\u{201C}\(speech)\u{201D}\n\(about)",
    ])
    func `a quotation without the item's own words is a common source, with them it is the item`(
        _ item: String
    ) throws {
        let fixture = try OverlapFixture([OverlapFixture.item(item)])
        #expect(try fixture.verdicts(["We read this aloud: " + Self.speech]) == [0: .commonSource])
        #expect(try fixture.verdicts([Self.speech + "\n" + Self.about]) == [0: .verbatim])
        #expect(try fixture.verdicts(["Tell me: " + Self.about])[0] != .commonSource)
    }

    @Test func `a passage that items of a set share is a common source`() throws {
        let fixture = try OverlapFixture([
            OverlapFixture.item(Self.speech + ". " + Self.about),
            OverlapFixture.item(
                Self.speech + ". Who rang the bell for a hundred years before the speakers came up?"),
        ])
        #expect(try fixture.verdicts([Self.speech]) == [0: .commonSource, 1: .commonSource])
        #expect(try fixture.verdicts([Self.speech + ". " + Self.about])[0] == .verbatim)
    }

    @Test func `a program's string is no quotation`() throws {
        let item =
            "def f(a):\n    \"\"\"\(Self.speech)\"\"\"\n" + "    first = a; second = b; third = c; return 1"
        let fixture = try OverlapFixture([OverlapFixture.item(item)])
        #expect(try fixture.verdicts([Self.speech])[0] != .commonSource)
    }

    /// Held against each other place by place, 100,000 equal words would take hours.
    @Test(.timeLimit(.minutes(1))) func `a word said very often on both sides takes linear time`() throws {
        let text = Self.question + String(repeating: " no", count: 100_000)
        let fixture = try OverlapFixture([OverlapFixture.item(text), Self.item])
        #expect(try fixture.verdicts([text, Self.answer])[1] == .verbatim)
    }

    @Test func `a sentence that a row ends in its own words is another one, a truncated one is the item`()
        throws
    {
        let opening =
            "Write a small script that walks through a folder of letters page by page and counts the number of"
        let fixture = try OverlapFixture([
            OverlapFixture.item(opening + " replies to one given sender in every single year.")
        ])
        #expect(try fixture.verdicts([opening + " stamps. Print the sum."]).isEmpty)
        #expect(try fixture.verdicts([opening]) == [0: .edited])
    }

    @Test func `other numbers make a template mate`() throws {
        let row = Self.question.replacingOccurrences(of: "4", with: "17")
        #expect(try OverlapFixture([Self.item]).verdicts([row]) == [0: .templateMate])
    }

    @Test func `mistyped and hard-wrapped text is found by its letters`() throws {
        var row = ""
        for (place, character) in Self.question.enumerated() {
            row.append(character)
            if place % 5 == 2 { row += "-\n" }
        }
        #expect(try OverlapFixture([OverlapFixture.item(Self.question)]).verdicts([row]) == [0: .mistyped])
    }

    @Test func `a short question is found as line, sentence and turn, and nowhere else`() throws {
        let fixture = try OverlapFixture([
            OverlapFixture.item("What colour is the sky on Mars?", answer: "Butterscotch")
        ])
        for row in [
            "What colour is the sky on Mars?", "Hello. What colour is the sky on Mars? Thanks",
            "Q: what COLOUR is the sky on Mars\nA: Butterscotch",
            "1. \u{201C}What colour is the sky on Mars?\u{201D}",
        ] { #expect(try fixture.verdicts([row]) == [0: .shortExact], "\(row)") }
        #expect(try fixture.verdicts(["Ask what colour is the sky on Mars or Venus today"]).isEmpty)
    }

    @Test func `symbols tell short items apart`() throws {
        let fixture = try OverlapFixture([OverlapFixture.item("What is 12 + 7?")])
        #expect(try fixture.verdicts(["What is 12 + 7?"]) == [0: .shortExact])
        #expect(try fixture.verdicts(["What is 12 - 7?"]).isEmpty)
    }

    @Test func `passage and rubric have their own verdicts`() throws {
        let passage =
            "The lighthouse keeper of Varn kept three logbooks, one for storms, one for ships, and one for the gulls "
            + "that nested under the gallery each spring."
        let rubric =
            "Award full marks only if the reply names both causes, cites the page, and refuses to guess the year of "
            + "the fire."
        let fixture = try OverlapFixture([OverlapFixture.item("Who?", passage: passage, rubric: rubric)])
        #expect(try fixture.verdicts(["I read this: " + passage]) == [0: .passage])
        #expect(try fixture.verdicts([rubric]) == [0: .rubric])
    }

    @Test func `a long quotation without the item is a common source`() throws {
        let quotation =
            "four score and seven autumns ago our grandmothers brought forth upon this shore a small library "
            + "conceived in patience and dedicated to the proposition that every lamp deserves its own shelf"
        let item =
            "Consider the speech that begins with the words " + quotation
            + " and explain in at most three sentences why the speaker compares lamps with readers, which older text "
            + "she borrows the rhythm from, whom she wants to persuade, and what the committee decided after hearing it "
            + "twice in the same rainy week of the harvest festival"
        let fixture = try OverlapFixture([OverlapFixture.item(item)])
        #expect(try fixture.verdicts(["Our school motto is: " + quotation]) == [0: .commonSource])
    }

    @Test func `the list is closed, in its order, and only labels are no flags`() {
        #expect(
            OverlapVerdict.allCases.map(\.name) == [
                "verbatim", "edited", "short-exact", "question-only", "answer-only", "passage", "rubric",
                "mistyped", "few-shot", "template-mate", "common-source",
            ])
        #expect(OverlapVerdict.allCases.filter(\.isLabel).map(\.name) == ["template-mate", "common-source"])
        for verdict in OverlapVerdict.allCases { #expect(OverlapVerdict(name: verdict.name) == verdict) }
    }
}
