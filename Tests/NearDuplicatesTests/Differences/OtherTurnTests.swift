import Corpus
import Testing

@testable import NearDuplicates

/// Rows that are alike as wholes, with a turn that says something else.
@Suite struct OtherTurnTests {
    private static let request =
        "I ordered a red lamp three weeks ago and it has still not arrived, though the page says it was delivered."
    private static let reply =
        "I have opened an investigation with the carrier, and you will get an answer from us within some working days."

    private func chat(_ turns: [String], role: Role = .user) -> TextFixture {
        let other: Role = role == .user ? .assistant : .user
        return TextFixture(turns.enumerated().map { ($0 % 2 == 0 ? role : other, $1) })
    }

    /// A chat with one more exchange.
    private func row(_ second: String, _ answer: String = "It is done.") -> TextFixture {
        chat([Self.request, Self.reply, second, answer])
    }

    private func instruction(_ input: String) -> TextFixture {
        var fixture = TextFixture([(.user, Self.request), (.user, input), (.assistant, "delivery")])
        fixture.areFields = true
        return fixture
    }

    /// The class in both orders.
    private func difference(
        _ row: TextFixture, _ other: TextFixture, contained: Bool = false,
        by classifier: DifferenceClassifier = DifferenceClassifier()
    ) -> DifferenceClass {
        let verdict = row.verdict(against: other, contained: contained, by: classifier)
        if !contained {
            #expect(other.verdict(against: row, by: classifier).difference == verdict.difference)
        }
        return verdict.difference
    }

    @Test(arguments: [
        ("Where is the nearest shop of yours?", "Please cancel my order of last week."),
        ("Can I also change my address?", "How do I cancel my subscription?"),
        // Hardly a word in common, however long the other one is.
        (
            "Where is the nearest shop?",
            "I bought a red lamp, and now the cord of it is torn near the plug, where next?"
        ),
        ("Yes, close it.", "May I keep the old battery for spare parts?"),
        ("Please cancel it.", "May I keep the battery?"),
        ("取消订单", "修改地址"), ("¿Puedo cambiar la dirección?", "Quiero cancelar mi suscripción."),
        ("Kann ich auch die Adresse ändern?", "Wie kündige ich mein Abonnement?"),
        // What both share besides is no word.
        (
            "==================== ======\nWhere is the nearest shop?",
            "==================== ======\nCancel my order please."
        ),
    ])
    func `another request in a long chat`(_ own: String, _ other: String) {
        #expect(difference(row(own), row(other)) == .turn)
        // On a side of its own the threshold has judged it; as one side only the row as a whole matters.
        let isParted = own.contains("\n")
        #expect((difference(chat([own, "Yes."]), chat([other, "Yes."])) == .turn) == isParted)
        #expect(difference(row(own), row(other), by: DifferenceClassifier(on: .row)) != .turn)
        // Exchanges that only one of them has do not hide it.
        let longer = chat([Self.request, Self.reply, own, "It is done.", "Thanks", "Bye"])
        #expect(difference(longer, row(other)) == .turn)
        let later = chat([Self.request, Self.reply, "Thanks", "Bye", own, "It is done."])
        #expect(difference(later, row(other)) == .turn)
    }

    @Test(arguments: [
        // Reworded, with words added, misspelt, spelt otherwise.
        ("Where is the nearest shop of yours?", "Where can I find the nearest shop?"),
        ("Please cancel my order.", "Please cancel my order of last week and refund it."),
        ("Please cancle my ordre.", "Please cancel my order."),
        ("e-mail on-line check-in set-up", "email online checkin setup"),
        ("Koennen Sie fuer mich pruefen", "Können Sie für mich prüfen"),
        ("pleeeease heeelp meeee nowww", "please help me now"),
        // Small talk.
        ("Thank you so much for your help!", "Perfect, I really appreciate it, cheers"),
        ("Hi there, good morning!", "Hello, how are you doing today?"), ("Thanks, bye", "Great"),
        ("谢谢你的帮助", "再见"), ("ありがとうございました", "おねがいします"),
        ("Vielen herzlichen Dank!", "Alles klar, schönen Tag noch."),
        // Names and codes alone.
        ("My name is Ada Lovelace", "My name is Grace Hopper"),
        ("Ada Lovelace", "Grace Brewster Murray Hopper"), ("It is AB-12345", "This: ZX-99999"),
    ])
    func `no other request`(_ own: String, _ other: String) {
        #expect(difference(row(own), row(other)) != .turn)
    }

    @Test func `words in capitals are names only where the lexicon has no such word`() {
        var lexicon = Lexicon()
        lexicon.add(words: ["cancel", "order", "change", "delivery", "address"])
        let (own, other) = (row("Cancel My Order"), row("Change Delivery Address"))
        #expect(difference(own, other, by: DifferenceClassifier(lexicon: lexicon)) == .turn)
    }

    @Test(arguments: [
        ("a lamp", "two screws", true), ("lamp", "ladder", true), ("Ada", "Grace", true),
        ("👎", "👍", true), ("差", "好", true), ("win", "wine", true),
        ("where is my parcel", "where is my order", true),
        ("our shelf got lost", "our toaster got lost", true),
        ("renew", "I love the new store", true), ("our shelf got lost", "this toaster got lost", true),
        ("The food was cold", "The food was very cold", false), ("AB-12345", "ZX-99999", true),
        ("a lamp", "A lamp!", false), ("I love this phone of yours", "I lvoe this phone of yours", false),
        ("Oslo", "What is the weather in Oslo today?", false), ("n/a", ".", false), ("[]", "empty", false),
        ("U.S.A.", "USA", false),
    ])
    func `one of the fields of a request counts however short it is`(
        _ own: String, _ other: String, _ isOther: Bool
    ) {
        #expect((difference(instruction(own), instruction(other)) == .turn) == isOther)
    }

    @Test func `fields are looked at where there is no reply too`() {
        func fields(_ input: String) -> TextFixture {
            var fixture = TextFixture([(.user, Self.request), (.user, input)])
            fixture.areFields = true
            return fixture
        }
        #expect(difference(fields("where is my parcel"), fields("charge for wrapping doubled")) == .turn)
    }

    @Test func `messages of one speaker are no fields`() {
        func messages(_ first: String) -> TextFixture {
            TextFixture([(.user, first), (.user, Self.request), (.assistant, Self.reply)])
        }
        #expect(difference(messages("hi"), messages("hello")) == .wording)
        #expect(difference(messages("👍"), messages("ok")) == .wording)
    }

    @Test func `an input within the instruction is the same input`() {
        var merged = TextFixture([(.user, Self.request + "\nlamp"), (.assistant, "delivery")])
        merged.areFields = true
        #expect(difference(merged, instruction("lamp")) != .turn)
    }

    @Test func `of a contained row the words of its turn lie in a turn of the keeper`() {
        let keeper = row("Where is the nearest shop of yours, and is it open today?")
        func verdict(_ text: String) -> DifferenceClass { difference(row(text), keeper, contained: true) }
        #expect(verdict("Where is the nearest shop?") == .extension)
        #expect(verdict("Please cancel my order.") == .turn)
        #expect(verdict("thanks") != .turn)
        let longer = chat([
            Self.request, Self.reply, "Thanks", "Bye", "Where is the nearest shop?", "It is done.",
        ])
        #expect(difference(row("Where is the nearest shop?"), longer, contained: true) != .turn)
    }

    @Test func `turns that moved are no other turns`() {
        let texts = ["Where is the shop?", "In the mall.", "When do you open?", "At noon."]
        let opening = "Hello, this is the lamp shop, how may I help you?"
        let own = chat([opening] + [Self.request, Self.reply] + texts, role: .assistant)
        let moved = chat([opening] + texts + [Self.request, Self.reply], role: .assistant)
        #expect(difference(own, moved) == .order)
        let mended = chat([opening] + texts + [Self.request, Self.reply + " Bye."], role: .assistant)
        #expect(![.turn, .order].contains(difference(own, mended)))
        let oneSide = DifferenceClassifier(on: .prompt)
        let (first, second) = (chat([Self.request, "a"] + texts), chat(texts + [Self.request, "b"]))
        #expect(difference(first, second, by: oneSide) == .order)
    }

    @Test func `another turn comes before what else differs, and what keeps a row before what does not`() {
        let number = (
            row("Where is the nearest shop?", "It costs 5."), row("Cancel my order please.", "It costs 6.")
        )
        #expect(difference(number.0, number.1) == .turn)
        let others = DifferenceClassifier(sparing: [.number])
        #expect(difference(number.0, number.1, by: others) == .number)
        #expect(difference(number.0, number.1, by: DifferenceClassifier(sparing: [])) == .turn)
        // In one segment too.
        let (own, other) = (TextFixture("We do not take 5 of them."), TextFixture("We take 6 of them."))
        #expect(difference(own, other) == .number)
        #expect(difference(own, other, by: DifferenceClassifier(sparing: [.negation])) == .negation)
        let (ada, grace) = (TextFixture("Call AB-12345 and Ada."), TextFixture("Call ZX-99999 and Grace."))
        #expect(difference(ada, grace) == .identifier)
        #expect(difference(ada, grace, by: DifferenceClassifier(sparing: [.name])) == .name)
    }
}
