import Corpus
import Testing

@testable import NearDuplicates

/// Parts of one message: an input that stands below its instruction.
@Suite struct MessagePartTests {
    private static let instruction =
        "You are a careful annotator of the requests that customers send to the shop. Read what follows and decide "
        + "which department has to act first: billing, delivery, returns or support. Answer with its name alone."
    private static let ask = "My parcel has not arrived yet."
    private static let other = "The kettle leaks water everywhere."

    private func row(_ message: String, _ reply: String = "delivery") -> TextFixture {
        TextFixture([(.user, message), (.assistant, reply)])
    }

    private func difference(_ first: String, _ second: String, contained: Bool = false) -> DifferenceClass {
        let verdict = row(first).verdict(against: row(second), contained: contained)
        if !contained {
            #expect(row(second).verdict(against: row(first)).difference == verdict.difference)
        }
        return verdict.difference
    }

    @Test(arguments: [
        "\n\n### Input:\n@\n\n### Response:", "\n\n### Input\n\n@\n", "\nText: @\nDepartment:", "\n\n@",
        "\n@",
        "\n\n**Input:** @", "\n\n<input>\n@\n</input>", "\r\n\r\n### Input:\r\n@\r\n\r\n### Response:\r\n",
        "\n\n[INST]\n@\n[/INST]", "\n\nContext:\n@", "\n\n\"@\"", "\n\n输入：@",
        " Text: @", " ### Input: @ ### Response:", " <text>@</text>", " **Sentence:** @",
        "\nThe request is this\n@",
        "\n\n" + String(repeating: "- one more rule for you to follow.\n", count: 90) + "\n@",
    ])
    func `another input under one instruction is another request`(_ layout: String) {
        func message(_ input: String) -> String {
            Self.instruction
                + layout.split(separator: "@", omittingEmptySubsequences: false).joined(separator: input)
        }
        #expect(difference(message(Self.ask), message(Self.other)) == .turn)
        #expect(difference(message(Self.ask), message("My parcel has still not arrived.")) != .turn)
        #expect(difference(message(Self.ask), message("my parcel  has not arrived yet")) != .turn)
        // In the reply it is wording.
        #expect(
            row(Self.instruction, message(Self.ask)).verdict(
                against: row(Self.instruction, message(Self.other))
            )
            .difference != .turn)
    }

    @Test(arguments: [("Paris", "London"), ("5", "7"), ("👍", "👎"), ("win", "wine"), ("好", "差")])
    func `of a labelled input every word counts`(_ own: String, _ other: String) {
        func message(_ input: String) -> String {
            Self.instruction + "\n\n### Input:\n\(input)\n\n### Response:"
        }
        #expect(difference(message(own), message(other)) == .turn)
        #expect(difference(message(own), message(own + "!")) != .turn)
        #expect(difference(message(own), message("None")) != .turn)
    }

    private static let mail =
        "Hello,\n\nI ordered a red lamp from your shop last month and it has still not arrived, though the page says "
        + "that it was delivered. Nobody knows where the parcel is, neither the carrier nor the neighbours. Please "
        + "find out what has happened, since I need the lamp for the new flat of my daughter.\n\n"

    @Test(arguments: [
        ("Best regards,\nJohn Smith\nSales Manager, Acme", "Kind regards,\nMary Jones\nHead of Procurement"),
        ("Best regards,\n\nAda from the sales office", "Best regards,\n\nGrace, who leads our warehouse"),
        ("Thanks in advance for a quick answer", "With kind regards from the whole family"),
        ("I hope this email finds you well.", "Looking forward to your reply."),
        ("Sent from my Samsung smartphone", "Photos are attached"),
        ("期待您的回复", "此致敬礼"), ("よろしくお願いします", "お世話になっております"),
        ("Product: electric kettle", "Product: cordless vacuum cleaner"),
        ("Customer: maria keller\nStatus: open", "Customer: tom hardy\nStatus: waiting"),
        ("Product: Blue Kettle", "Product: Red Toaster"), ("Order: AB-4411", "Order: ZX-9912"),
        ("", "Also tell me when the shop opens."),
    ])
    func `greetings, signatures and slots are no other request`(_ own: String, _ other: String) {
        #expect(difference(Self.mail + own, Self.mail + other) != .turn)
    }

    @Test func `a paragraph that says something else is another request`() {
        let greeted = (
            "Hi, my red lamp has arrived with a torn cord.",
            "Hi, the invoice of last month was charged twice."
        )
        #expect(difference(Self.mail + greeted.0, Self.mail + greeted.1) == .turn)
        #expect(difference(Self.mail + "MY PARCEL IS LOST", Self.mail + "THE KETTLE LEAKS WATER") == .turn)
        let (own, other) = ("Also tell me when the shop opens.", "Cancel my newsletter subscription.")
        #expect(difference(Self.mail + own, Self.mail + other) == .turn)
        // Wherever it stands.
        #expect(difference(own + "\n\n" + Self.mail, Self.mail + other) == .turn)
        #expect(difference(own + "\n\n" + Self.mail, Self.mail + own) != .turn)
    }

    @Test func `one request about one thing in other words is no other request`() {
        let (own, other) = ("When was Ada Lovelace born?", "Find the birth date of Ada Lovelace.")
        #expect(difference(Self.instruction + "\n\n" + own, Self.instruction + "\n\n" + other) != .turn)
        #expect(
            difference(Self.instruction + "\n\n" + own, Self.instruction + "\n\nWho invented the kettle?")
                == .turn)
    }

    @Test(arguments: ["\n- ", "\n\n", "\n1. ", "</li>\n<li>"])
    func `a paragraph that became a list says nothing else`(_ mark: String) {
        let sentences = [
            "The lamp flickers at night", "The cord is torn near the plug", "Nobody answers the phone",
            "The shop has closed its door", "Two bulbs were broken",
        ]
        let paragraph = sentences.joined(separator: ". ") + "."
        let list = sentences.map { mark + $0 }.joined()
        #expect(difference(Self.mail + paragraph, Self.mail + list) != .turn)
        #expect(
            difference(Self.mail + list, Self.mail + sentences.reversed().map { mark + $0 }.joined()) != .turn
        )
    }

    @Test func `another input in one text with labels is another request`() {
        func text(_ input: String) -> TextFixture {
            TextFixture(
                Self.instruction + "\n\n### Input:\n\(input)\n\n### Response:\nIt goes to the delivery desk.")
        }
        #expect(text(Self.ask).verdict(against: text(Self.other)).difference == .turn)
        #expect(text(Self.ask).verdict(against: text(Self.ask + "!")).difference != .turn)
        // Paragraphs of a document are none.
        let (own, other) = (Self.mail + Self.ask, Self.mail + Self.other)
        #expect(TextFixture(own).verdict(against: TextFixture(other)).difference != .turn)
    }

    @Test func `a long field is looked at by its parts`() {
        func row(_ question: String) -> TextFixture {
            var fixture = TextFixture([
                (.user, "Answer by the passage alone, in one word."),
                (.user, Self.mail + "Question: " + question),
                (.assistant, "delivery"),
            ])
            fixture.areFields = true
            return fixture
        }
        #expect(row("Where is the lamp?").verdict(against: row("Who reads the page?")).difference == .turn)
        #expect(row("Where is the lamp?").verdict(against: row("where is the lamp")).difference != .turn)
    }

    @Test func `a wrapped paragraph is one part`() {
        func wrapped(_ text: String) -> String {
            var line = 0
            return text.split(separator: " ").reduce(into: "") { text, word in
                let breaks = line + word.count > 40
                line = breaks ? word.count : line + word.count + 1
                text += (breaks ? "\n" : " ") + word
            }
        }
        let text = Self.instruction + " " + Self.mail
        let edited = text.replacing(
            "careful annotator of the requests", with: "diligent reader of all the mails")
        #expect(difference(wrapped(text), wrapped(edited)) == .wording)
    }

    @Test func `a contained message asks nothing that its keeper lacks`() {
        let longer = Self.mail + "Also tell me when the shop opens.\n\nIt is for my mother."
        #expect(difference(Self.mail + "It is for my mother.", longer, contained: true) == .extension)
        let lacking = difference(Self.mail + "Cancel my newsletter subscription.", longer, contained: true)
        #expect(lacking == .turn)
    }

    @Test(
        arguments: [
            ("one line", nil), ("a\n\nb", ["a", "b"]), ("a\nb", nil),
            ("A sentence.\nb", ["A sentence.", "b"]),
            ("x\nText: a b\nc", ["x", "a b\nc"]), ("# Head\n\na\n\nb", ["a", "b"]),
            ("a\n\n\n b \n\n", ["a", " b"]),
            ("12:30 b\nc: d", ["12:30 b", "d"]), ("a Text: b", ["a", "b"]),
            ("a b\nThen c", ["a b", "Then c"]),
            ("a b\nI c", nil), ("a b\nI'm c", nil), ("a b\nA c", ["a b", "A c"]),
            ("a b\nÉté", ["a b", "Été"]),
            ("### Text:\n\n\n\na\n\nb", ["a", "b"]), ("a\n나 b", nil), ("a\n\"b\"", ["a", "\"b\""]),
            ("x <text>a</text> y", ["x", "a</text> y"]),
            ("see http://a.b\nnext", nil),
            ("Text:\nText: b", ["", "b"]),
        ] as [(String, [String]?)])
    func `cuts`(_ text: String, _ expected: [String]?) {
        Array(text.utf8).withUnsafeBytes { bytes in
            let parts = MessagePart.parts(of: 0..<bytes.count, in: bytes, from: 0)
            #expect(parts?.map { String(decoding: bytes[$0.range], as: UTF8.self) } == expected)
            // From any place the last parts are the same.
            for start in 0...bytes.count {
                let rest = MessagePart.parts(of: 0..<bytes.count, in: bytes, from: start)
                guard let rest, let parts else { continue }
                #expect(parts.suffix(rest.count).map(\.range) == rest.map(\.range))
            }
        }
    }
}
