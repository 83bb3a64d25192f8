import Corpus
import Testing

@testable import NearDuplicates

@Suite struct DifferenceClassifierTests {
    // MARK: Contained

    static let containedCases: [(id: String, row: String, keeper: String, expected: DifferenceClass)] = [
        ("added at the end", "The box is here.", "The box is here. It has 5 items and no dents.", .extension),
        ("added inside", "The box is here.", "The big box with 3 bows is here.", .extension),
        ("one word added", "The box is here for us.", "The box is finally here for us.", .extension),
        ("number replaced", "The fee is 5 in all.", "The fee is 6 in all, and it is due on Monday.", .number),
        ("number of the row missing", "The fee of 5 is due.", "The fee is due, and it is due now.", .number),
        (
            "not put amid the row", "You may send the lid back.", "You may not send the lid back, as we say.",
            .negation
        ),
        (
            "no for any", "Send it at any time of the day.",
            "Send it at no time of the day. We close in May.", .negation
        ),
        ("not in what is added", "The fee is due.", "The fee is due. It is not due in May.", .extension),
        ("not in the row alone", "The fee is not due.", "The fee is due, and it is due now.", .negation),
        ("word of the row missing", "The large fee is due.", "The fee is due, and it is due now.", .wording),
        ("only form in the row", "The fee is due!", "the fee is due", .form),
    ]

    @Test(arguments: containedCases.indices)
    func `of a contained pair only what the row has counts`(_ index: Int) {
        let item = Self.containedCases[index]
        let verdict = TextFixture(item.row).verdict(against: TextFixture(item.keeper), contained: true)
        #expect(verdict.difference == item.expected, "\(item.id)")
    }

    @Test func `a short row in a long keeper is an extension`() {
        let row = "The box is here and I like the colour of it, thank you for that."
        let filler = (0..<1500).map { "filler\($0 % 700) and the" }.joined(separator: " ")
        let keeper = TextFixture(filler + " " + row + " " + filler)
        #expect(TextFixture(row).verdict(against: keeper, contained: true).difference == .extension)
    }

    // MARK: Turns

    @Test func `turns are compared pair by pair`() {
        let row = TextFixture([(.user, "How much is it?"), (.assistant, "It is $40 in all.")])
        let other = TextFixture([(.user, "How much is it?"), (.assistant, "It is $45 in all.")])
        #expect(row.verdict(against: other).difference == .number)
        #expect(row.verdict(against: row).difference == .identical)
    }

    @Test func `replies exchanged among requests contradict one another, exchanges in another order do not`()
    {
        func text(_ turns: [String]) -> TextFixture {
            TextFixture(turns.enumerated().map { ($0 % 2 == 0 ? .user : .assistant, $1) })
        }
        let row = text(["It came wet.", "damage claims", "I paid too much.", "billing desk"])
        let swapped = text(["It came wet.", "billing desk", "I paid too much.", "damage claims"])
        let reversed = text(["I paid too much.", "billing desk", "It came wet.", "damage claims"])
        let reworded = text(["It came wet.", "damage claims", "I paid too much.", "the billing desk"])
        #expect(row.verdict(against: swapped).difference == .labelConflict)
        #expect(swapped.verdict(against: row).difference == .labelConflict)
        #expect(reversed.verdict(against: swapped).difference == .labelConflict)
        #expect(row.verdict(against: reversed).difference == .order)
        // What is asked with one word hangs on what stands before it.
        let short = text(["Continue.", "damage claims", "Shorter?", "billing desk"])
        let exchanged = text(["Shorter?", "damage claims", "Continue.", "billing desk"])
        #expect(short.verdict(against: exchanged).difference == .wording)
        // A tool's answers are no requests.
        func calls(_ order: [Int]) -> TextFixture {
            let turns: [[(Role, String)]] = [
                [(.assistant, "weather of Rome"), (.tool, "it is warm there")],
                [(.assistant, "weather of Oslo"), (.tool, "it is cold there")],
            ]
            return TextFixture([(.user, "How is the weather?")] + order.flatMap { turns[$0] })
        }
        #expect(calls([0, 1]).verdict(against: calls([1, 0])).difference != .labelConflict)
        #expect(row.verdict(against: reworded).difference == .wording)
    }

    @Test func `a conversation that grew is an extension`() {
        let row = TextFixture([(.user, "How much is it?"), (.assistant, "It is $40 in all.")])
        let keeper = TextFixture(row.turns.map { ($0.0, $0.2) } + [(.user, "And for 2 of them, not 3?")])
        #expect(row.verdict(against: keeper, contained: true).difference == .extension)
        #expect(row.verdict(against: keeper).difference == .number)
    }

    @Test func `unlike roles are never identical`() {
        let row = TextFixture([(.user, "Hello to you all")])
        let other = TextFixture([(.assistant, "Hello to you all")])
        #expect(row.verdict(against: other).difference == .wording)
    }

    @Test func `the same words in two turns are not identical`() {
        let row = TextFixture([(.user, "Hello to you."), (.user, "How is it?")])
        let other = TextFixture([(.user, "Hello to you. How is it?")])
        #expect(row.verdict(against: other).difference == other.verdict(against: row).difference)
        #expect(row.verdict(against: other).difference == .wording)
    }

    @Test func `turns that are not compared are not looked at`() {
        let row = TextFixture([(.system, "You are 1."), (.user, "Hello to you")])
        let other = TextFixture([(.system, "You are 2."), (.user, "Hello to you")])
        let classifier = DifferenceClassifier(on: .sides)
        #expect(row.verdict(against: other, by: classifier).difference == .identical)
        #expect(row.verdict(against: other).difference == .number)
    }

    @Test func `the first class over all turns wins`() {
        let row = TextFixture([(.user, "The box is large."), (.assistant, "It is not 5.")])
        let other = TextFixture([(.user, "The box is huge."), (.assistant, "It is 6.")])
        #expect(row.verdict(against: other).difference == .number)
    }

    // MARK: Preferences

    private func preference(_ chosen: String, _ rejected: String) -> TextFixture {
        TextFixture([
            (.user, .none, "Is it good?"), (.assistant, .chosen, chosen), (.assistant, .rejected, rejected),
        ])
    }

    @Test func `swapped answers are a label conflict`() {
        let row = preference("Yes, it is good.", "No, it is 5 times bad.")
        #expect(
            row.verdict(against: preference("no, it is 5 times bad", "yes it is good")).difference
                == .labelConflict)
        #expect(row.verdict(against: row).difference == .identical)
        let changed = preference("Yes, it is good.", "No, it is 6 times bad.")
        #expect(row.verdict(against: changed).difference == .number)
    }

    @Test func `equal answers on both sides are no conflict`() {
        let row = preference("It is good.", "It is good.")
        #expect(row.verdict(against: preference("It is good!", "It is good")).difference == .form)
    }

    // MARK: Languages

    static let unchecked: [(id: String, row: String, keeper: String, checked: Bool)] = [
        ("english", "The box is large for us.", "The box is huge for us.", true),
        ("georgian", "ყუთი ჩვენთვის ძალიან დიდია", "ყუთი ჩვენთვის ძალიან პატარაა", false),
        ("thai", "กล่องนี้ใหญ่มาก", "กล่องนี้เล็กมาก", false),
        ("greek", "Το κουτί είναι μεγάλο.", "Το κουτί είναι μικρό.", false),
        ("hebrew", "הקופסה גדולה מאוד", "הקופסה קטנה מאוד", false),
        ("bengali", "বাক্সটি খুব বড়", "বাক্সটি খুব ছোট", false),
        ("chinese", "这个盒子很漂亮。", "这个盒子很好看。", true),
        ("japanese", "この箱は綺麗です。", "この箱は立派です。", true),
        ("korean", "이 상자는 큽니다.", "이 상자는 작습니다.", true),
        ("only form", "Laatikko on meille liian iso.", "LAATIKKO on meille liian iso", true),
    ]

    @Test(arguments: unchecked.indices)
    func `a language without a list says so and gives wording`(_ index: Int) {
        let item = Self.unchecked[index]
        let verdict = TextFixture(item.row).verdict(against: TextFixture(item.keeper))
        #expect(verdict.negationChecked == item.checked, "\(item.id)")
        #expect(verdict.difference == (item.id == "only form" ? .form : .wording), "\(item.id)")
    }

    @Test func `what is form in prose counts in program text`() {
        func difference(_ row: String, _ keeper: String) -> DifferenceClass {
            TextFixture(row).verdict(against: TextFixture(keeper)).difference
        }
        let loop = "for row in rows:\n    total += row\n    return total"
        // How deep a line lies and a sign count; not how wide a step or a space is, nor a case.
        #expect(difference(loop, "for row in rows:\n    total += row\nreturn total") == .operator)
        #expect(difference(loop, "for row in rows:\n  total += row\n  return total\n") == .form)
        #expect(difference(loop, loop.replacing("total += row", with: "total  += row")) == .form)
        #expect(difference(loop, loop.replacing("row in", with: "Row in")) == .form)
        #expect(difference("Call `print(rows)` here", "Call `print(*rows)` here") == .operator)
        #expect(difference("Call `f(a, b)` here", "call `f(a,b)` here!") == .form)
        #expect(difference("Run it:\n```\nrm -rf ./tmp\n```", "Run it:\n```\nrm -rf /tmp\n```") == .operator)
        #expect(difference("Run It:\n```\nls\n```", "run it\n```\nls\n```") == .form)
        let braces = "int f(int a) {\n  return a + 1;\n}"
        #expect(difference(braces, "int f(int a)\n{\n    return a + 1;\n}") == .form)
        #expect(difference(braces, "int f(int a) {\n  return (a) + 1;\n}") == .operator)
        #expect(difference("Call ``x`` now", "Call ``(x)`` now") == .operator)
        #expect(difference("Press the `Save` button", "Press the Save button") == .form)
        #expect(difference("SELECT a\nFROM t;", "select a from t") == .form)
        #expect(difference("It`s a walk, isn`t it, my Friend", "it`s a walk, isn`t it my friend") == .form)
        #expect(difference("Call `x now", "call `x now") == .form)
        #expect(
            difference("Bring your form(s)\nand your Card(s)", "bring your form(s)\nand your card(s)")
                == .form)
        #expect(difference("One line.\nAnother line, here.", "one line\nAnother line here") == .form)
    }

    @Test func `every data file has what a language needs`() {
        for language in LanguageCatalogue.shared.languages {
            #expect(language.hasNegation, "\(language.code)")
            var roles: WordMeaning.Roles = []
            language.meanings.forEach { roles.formUnion($1.roles) }
            #expect(roles.isSuperset(of: [.number, .unit]), "\(language.code)")
        }
    }

    // MARK: Lexicon

    private func withLexicon() -> DifferenceClassifier {
        var lexicon = Lexicon()
        lexicon.add(words: [
            "hello", "please", "make", "take", "definitely", "kindly", "thanks", "Mary", "where", "there",
        ])
        return DifferenceClassifier(lexicon: lexicon)
    }

    static let lexiconCases: [DifferenceCase] = [
        .init(
            "one outside", "I definitely want it to be here.", "I definately want it to be here.", .spelling),
        .init("both inside", "I want you to make it.", "I want you to take it.", .wording),
        .init("both outside", "I want the foobar of it.", "I want the foobaz of it.", .wording),
        .init("other first letter", "I know where it is.", "I know vhere it is.", .spelling),
        .init("name at the start", "Mary is here for you.", "Thanks is here for you.", .name),
        .init("no name at the start", "Thanks for being here.", "Hello for being here.", .wording),
    ]

    @Test(arguments: lexiconCases)
    func `with a lexicon spelling means one side outside it`(_ pair: DifferenceCase) {
        #expect(pair.outcome(by: withLexicon()) == [pair.expected, pair.expected])
    }

    @Test func `without a lexicon a start of a sentence is no name`() {
        let row = TextFixture("Mary is here for you.")
        #expect(row.verdict(against: TextFixture("Anna is here for you.")).difference == .wording)
    }

    // MARK: Evidence

    @Test func `the evidence points at what decided`() throws {
        let row = "The box is large, and it costs $40 now."
        let keeper = "The box is huge, and it costs $45 now."
        let hunk = try #require(TextFixture(row).verdict(against: TextFixture(keeper)).evidence)
        #expect(Array(row.utf8)[hunk.rowRange].elementsEqual("40".utf8))
        #expect(Array(keeper.utf8)[hunk.keeperRange].elementsEqual("45".utf8))
        #expect(hunk.kind == .replaced)
    }
}
