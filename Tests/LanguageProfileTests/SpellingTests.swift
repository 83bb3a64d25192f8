import Corpus
import Findings
import Foundation
import Testing

@testable import LanguageProfile

/// From rows to decided pairs.
@Suite struct SpellingTests {
    static let words = """
        a
        about
        and
        at
        back
        bank
        card
        cards
        cancelled
        color
        credit
        deductible
        don't
        e
        for
        good
        have
        help
        i
        insurance
        is
        it
        lot
        mail
        my
        need
        not
        of
        on
        order
        please
        receive
        received
        separate
        another
        any
        other
        swinging
        the
        time
        to
        transaction
        was
        when
        will
        with
        year
        your
        """

    static func knowledge(listed: String = "definately->definitely\nalot->a lot") -> SpellingKnowledge {
        let lexicon = SpellingLexicon()
        Array(words.utf8).withUnsafeBytes { lexicon.add(wordList: $0, variety: .any) }
        Array("canceled\ncolor".utf8).withUnsafeBytes { lexicon.add(wordList: $0, variety: .american) }
        let british = SpellingLexicon.Variety.british
        Array("colour".utf8).withUnsafeBytes { lexicon.add(wordList: $0, variety: british) }
        Array("oddment".utf8).withUnsafeBytes { lexicon.add(wordList: $0, variety: .rare) }
        var forms = ListedForms()
        Array(listed.utf8).withUnsafeBytes { _ = forms.add(list: $0) }
        return SpellingKnowledge(lexicon: lexicon, listed: forms)
    }

    static func withRow(_ turns: [(Role, String)], _ body: (RowText) -> Void) {
        var bytes: [UInt8] = []
        var marks: [Turn] = []
        for (role, text) in turns {
            marks.append(Turn(role: role, offset: bytes.count, length: text.utf8.count))
            bytes += Array(text.utf8)
        }
        bytes.withUnsafeBytes { text in
            marks.withUnsafeBufferPointer { body(RowText(bytes: text, turns: $0)) }
        }
    }

    static func decide(
        _ rows: [String], role: Role = .user, memoryBytes: Int = 1 << 24,
        knowledge: SpellingKnowledge = knowledge()
    ) throws -> SpellingDecision {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
            "assay-types-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let surveyor = try SpellingSurveyor(
            knowledge, memoryBytes: memoryBytes, scratch: scratch.path, number: 0)
        for row in rows { withRow([(role, row)]) { surveyor.add($0, number: 0) } }
        return try SpellingDecision(try TypeStream([surveyor]), knowledge)
    }

    private func pairs(_ rows: [String]) throws -> [String] {
        try Self.decide(rows).pairs.map { "\($0.kind.name): \($0.wrong) -> \($0.right)" }.sorted()
    }

    private static let usual = Array(
        repeating: "I will receive my credit card and your transaction with a separate order at the bank",
        count: 30)

    @Test(arguments: [
        ("when will i recieve my card", ["neighbour: recieve -> receive"]),
        ("when will i RECIEVE my card", []),
        ("please help Recieve with my card", []),
        ("the tranasction of my card", ["neighbour: tranasction -> transaction"]),
        ("the trnsaciton of my card", ["neighbour: trnsaciton -> transaction"]),
        ("my creditcard is good", ["run-together: creditcard -> credit card"]),
        ("i definately need help", ["listed: definately -> definitely"]),
        ("i dont have my card", []),
        ("i will have receeeeived, and it is your cardd", ["neighbour: cardd -> card"]),
        ("my oddment is good", []),
        ("my cards' order is good", []),
        ("my ordr is good", ["neighbour: ordr -> order"]),
        ("mail recieve@example.com or see example.com/recieve for help", []),
        ("help with `recieve` please", []),
        ("please use recieve_card for it", []),
        ("el dinero recieve llegado todavia nunca banco tarjeta", []),
        // Known words for the most part, and frequent ones of another language.
        ("la transaction de la bank est pour les cards et recieve", []),
    ])
    func `a form beside its commoner right one`(_ row: String, _ expected: [String]) throws {
        #expect(try pairs(Self.usual + [row]) == expected)
    }

    @Test func `two words without their space are rather these than a neighbour with a letter less`() throws {
        let usual = Array(repeating: "I will receive any other card and another order at the bank", count: 30)
        let found = try Self.decide(
            usual + ["I will receive anyother card at the bank", "I will receive anotherr order at the bank"]
        )
        .pairs
        #expect(
            found.map { "\($0.kind.name): \($0.wrong) -> \($0.right)" }.sorted() == [
                "neighbour: anotherr -> another", "neighbour: anyother -> another",
                "run-together: anyother -> any other",
            ])
        // Which of the two holds, the rows say.
        #expect(Self.reported(found, apart: 30) == ["anotherr -> another", "anyother -> any other"])
        #expect(Self.reported(found, apart: 4) == ["anotherr -> another", "anyother -> another"])
    }

    /// The misspellings of a report: each wrong form in a row, neighbours in 30, two words apart in so many.
    private static func reported(_ pairs: [SpellingPair], apart: Int) -> [String] {
        let counts = PairCounts(pairs: pairs.count)
        for (number, pair) in pairs.enumerated() {
            for row in 0...(pair.kind == .runTogether ? apart : 30) {
                var forms = PairTally.Forms()
                forms.add(.user, turn: 0, isWrong: row == 0)
                counts.add(
                    number, forms, FeatureTallies.Place(shard: 0, ordinal: row), unit: nil, slices: [],
                    isWitness: false)
            }
        }
        let report = SpellingReport(
            pairs: pairs, tallies: counts.finish(), clusters: .none, shardNames: ["a"], hasAuthors: false)
        return report.misspellings.map { "\($0.wrong) -> \($0.right)" }.sorted()
    }

    @Test func `a list of the user's counts whatever word lists say`() {
        var forms = ListedForms()
        let own = "kettle->teakettle\nfire fox->firefox\ngithub->GitHub\ndefinately->surely"
        Array("definately->definitely".utf8).withUnsafeBytes { _ = forms.add(list: $0) }
        #expect(Array(own.utf8).withUnsafeBytes { forms.add(list: $0, overrules: true) } == 2)
        #expect(forms.lines == 5)
        #expect(forms.right(of: Array("definately".utf8)) == Array("surely".utf8))
        let lexicon = SpellingLexicon()
        Array("kettle\nteakettle".utf8).withUnsafeBytes { lexicon.add(wordList: $0, variety: .any) }
        let knowledge = SpellingKnowledge(lexicon: lexicon, listed: forms)
        #expect(Array("kettle".utf8).withUnsafeBytes { knowledge.state(of: $0) } == .unknown)
        #expect(Array("teakettle".utf8).withUnsafeBytes { knowledge.state(of: $0) } == .known)
    }

    @Test func `a rule of the user comes before two spellings`() throws {
        for (rule, expected) in [("color->colour", "color -> colour"), ("colour->color", "colour -> color")] {
            var knowledge = Self.knowledge()
            _ = Array(rule.utf8).withUnsafeBytes { knowledge.listed.add(list: $0, overrules: true) }
            let rows =
                Array(repeating: "the color of the card is good", count: 9)
                + Array(repeating: "the colour of my card is not good", count: 3)
            let found = try Self.decide(rows, knowledge: knowledge).pairs.map {
                "\($0.kind.name): \($0.wrong) -> \($0.right)"
            }
            #expect(found == ["listed: \(expected)"])
        }
    }

    /// Knows some nouns of a language that writes them with a capital.
    private struct Nouns: WordDictionary {
        var words: Set<String>
        var capitalisesNouns = true

        func knows(_ key: UnsafeRawBufferPointer) -> Bool {
            words.contains(String(decoding: key, as: UTF8.self))
        }
    }

    @Test func `capitals show no name where the right form has them too`() throws {
        func misspelt(_ right: String, _ wrong: String, _ dictionaries: [any WordDictionary] = []) throws
            -> [String]
        {
            var knowledge = Self.knowledge()
            knowledge.dictionaries = dictionaries
            let rows = Array(repeating: right, count: 40) + Array(repeating: wrong, count: 2)
            return try Self.decide(rows, knowledge: knowledge).pairs.map {
                "\($0.kind.name): \($0.wrong) -> \($0.right)"
            }
        }
        let nouns = Nouns(words: ["bestellung", "ich", "suche", "meine", "schon", "lange"])
        let german = try misspelt(
            "ich suche meine Bestellung schon", "ich suche meine Bestelung schon", [nouns])
        #expect(german == ["neighbour: bestelung -> bestellung"])
        #expect(try misspelt("i help with my Bestellung card", "i help with my Bestelung card").isEmpty)
        #expect(
            try misspelt("PLEASE HELP WITH MY INSURANCE CARD", "PLEASE HELP WITH MY INSURRANCE CARD")
                == ["neighbour: insurrance -> insurance"])
        #expect(
            try misspelt("please help with my insurance card", "please help with my Insurrance card").isEmpty)
    }

    @Test func `a misspelling that everybody writes is entrenched`() throws {
        let rows = Array(repeating: "my insurance is not a deductable of the year", count: 40)
        #expect(try pairs(rows) == ["entrenched: deductable -> deductible"])
    }

    @Test func `American and British forms and hyphens are variants`() throws {
        let rows =
            Array(repeating: "the color of the card is good", count: 9)
            + Array(repeating: "the colour of my card is not good", count: 3)
            + Array(repeating: "i need help with e-mail on my card", count: 9)
        #expect(
            try pairs(rows + Array(repeating: "i need email for my card", count: 2))
                == ["variant: colour -> color", "variant: email -> e-mail"])
    }

    @Test func `a table that spills decides as one in memory`() throws {
        var rows = Self.usual
        for number in 0..<4000 {
            let name = String(number, radix: 26).map {
                String(UnicodeScalar(UInt8($0.hexDigitValue ?? 7) + 97))
            }
            rows.append(
                "please help my card order \(name.joined())zq\(name.reversed().joined()) and recieve it")
        }
        let whole = try Self.decide(rows)
        let knowledge = Self.knowledge()
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
            "assay-types-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let surveyors = try (0..<3).map {
            try SpellingSurveyor(knowledge, memoryBytes: 0, scratch: scratch.path, number: $0)
        }
        for (number, row) in rows.enumerated() {
            let surveyor = surveyors[number % 3]
            Self.withRow([(.user, row)]) { surveyor.add($0, number: 0) }
            if number % 50 == 0 { try surveyor.runs.spill(surveyor.table) }
        }
        let stream = try TypeStream(surveyors)
        #expect(stream.spilledBytes > 0)
        let spilled = try SpellingDecision(stream, knowledge)
        #expect(spilled.typeCount == whole.typeCount)
        #expect(spilled.pairs.map(\.wrong) == whole.pairs.map(\.wrong))
        #expect(spilled.pairs.map(\.tokens) == whole.pairs.map(\.tokens))
    }

    @Test func `the second pass finds the forms by role`() throws {
        let knowledge = Self.knowledge()
        let pairs = [
            SpellingPair(wrong: "recieve", right: "receive", kind: .neighbour, tokens: 1),
            SpellingPair(wrong: "creditcard", right: "credit card", kind: .runTogether, tokens: 1),
        ]
        let witness = try SpellingWitness(SpellingWatch(pairs), knowledge)
        Self.withRow([
            (.user, "my creditcard and my order: i will Recieve and receive it"),
            (.assistant, "your credit card is good, and the credit, card"),
        ]) { witness.read($0) }
        #expect(
            witness.hits.map { "\($0.pair) \($0.role.name) \($0.isWrong) \($0.start)" } == [
                "0 user true 35", "0 user false 47", "1 user true 3", "1 assistant false 12",
            ])
    }

    @Test(
        arguments: [
            ("die bank und das credit sind nicht on time recieve", []),
            ("Los Angeles or El Paso will recieve the card for you and the bank", [true]),
            ("recieve, la bank de la card est pour les cards", []),
        ] as [(String, [Bool])])
    func `the second pass looks at English alone, by frequent words`(_ text: String, _ hits: [Bool]) throws {
        let pairs = [SpellingPair(wrong: "recieve", right: "receive", kind: .neighbour, tokens: 1)]
        let witness = try SpellingWitness(SpellingWatch(pairs), Self.knowledge())
        Self.withRow([(.assistant, text)]) { witness.read($0) }
        #expect(witness.hits.map(\.isWrong) == hits)
    }

    @Test func `a language whose dictionary is asked for is judged`() throws {
        struct French: WordDictionary {
            let capitalisesNouns = false
            func knows(_ key: UnsafeRawBufferPointer) -> Bool {
                ["la", "de", "est", "pour", "les", "et", "banque"].contains(
                    String(decoding: key, as: UTF8.self))
            }
        }
        var knowledge = Self.knowledge()
        knowledge.dictionaries = [French()]
        let rows = Array(repeating: "la banque de la card est pour les cards et la banque", count: 30)
        let pairs = try Self.decide(rows + ["la banqeu de la card est pour les cards"], knowledge: knowledge)
            .pairs
        #expect(pairs.map(\.wrong) == ["banqeu"])
    }

    @Test func `a beginning that most prompts have is a template`() throws {
        func template(_ prompts: [String]) throws -> (text: String, share: Double)? {
            let surveyor = try SpellingSurveyor(
                Self.knowledge(), memoryBytes: 1 << 24, scratch: "/nowhere", number: 0)
            for (number, prompt) in prompts.enumerated() {
                Self.withRow([
                    (.user, prompt), (.assistant, "Below is an instruction that describes a task."),
                ]) {
                    surveyor.add($0, number: UInt64(number))
                }
            }
            var openings = TurnOpenings()
            openings.merge(surveyor.openings)
            return openings.template
        }
        let wrapped = (0..<30).map { "Below is an instruction that describes task \($0)." }
        let own = (0..<30).map { "\($0) days ago my card was lost, and nobody has written to me since." }
        let half = try #require(try template(wrapped + own))
        #expect(half.text == "Below is an instruction that" && half.share == 0.5)
        #expect(try template(wrapped.dropLast() + own) == nil)
        #expect(try template(Array(wrapped.prefix(10))) == nil)
    }

    @Test func `edits are told apart`() {
        func kind(_ wrong: String, _ right: String) -> WordEdit.Kind {
            WordEdit.kind(
                wrong: wrong.unicodeScalars.map(\.value), right: right.unicodeScalars.map(\.value)
            ).kind
        }
        #expect(kind("crad", "card") == .transposed)
        #expect(kind("adress", "address") == .doubling)
        #expect(kind("untill", "until") == .doubling)
        #expect(kind("depost", "deposit") == .missingLetter)
        #expect(kind("whill", "will") == .extraLetter)
        #expect(kind("currancy", "currency") == .nearSubstitution)
        #expect(kind("refurn", "return") == .nearSubstitution || kind("refurn", "return") == .farSubstitution)
    }

    @Test func `the neighbour index finds what a comparison with all words finds`() {
        var state: UInt64 = 7
        func word() -> [UInt32] {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let length = 2 + Int(state >> 60) % 5
            return (0..<length).map { UInt32(97 + (state >> (8 * UInt64($0))) % 4) }
        }
        let words = (0..<300).map { _ in word() }
        for limit in [1, 2] {
            var index = NeighbourIndex(limit: limit, expecting: words.count)
            for word in words { index.add(word) }
            for _ in 0..<200 {
                let query = word()
                let found = index.neighbours(of: query).map(\.number)
                let all = words.indices.filter {
                    let distance = WordEdit.distance(query, words[$0], limit: limit)
                    return distance > 0 && distance <= limit
                }
                #expect(found == all, "limit \(limit), seed 7")
            }
        }
    }
}
