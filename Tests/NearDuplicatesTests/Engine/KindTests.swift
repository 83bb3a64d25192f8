import Corpus
import Findings
import TestSupport
import Testing
import TextForms

@testable import NearDuplicates

/// Kinds and difference classes, and what is never a pair.
@Suite struct KindTests {
    static let sentence =
        "please send the parcel with the blue lamp back to our shop in the old town before friday"

    static func decide(
        _ rows: [MadeRow], slices: [String] = [], _ change: (inout DedupConfiguration) -> Void = { _ in }
    ) throws -> DedupDecision {
        var configuration = DedupConfiguration()
        configuration.keeper = .first
        change(&configuration)
        return try RowCorpus(rows, slices: slices).decide(configuration)
    }

    static func decide(json: [String], ignored: [String] = []) throws -> DedupDecision {
        var configuration = DedupConfiguration()
        configuration.keeper = .first
        var corpus = RowCorpus(json: json)
        corpus.ignoredFields = ignored
        return try corpus.decide(configuration)
    }

    @Test func `identical, exact and near are told apart`() throws {
        let decision = try Self.decide([
            MadeRow(Self.sentence), MadeRow(Self.sentence), MadeRow(Self.sentence.uppercased() + "  "),
            MadeRow(Self.sentence.replacing("parcel", with: "package")),
        ])
        #expect(decision.lines == ["0", "1>0 identical identical", "2>0 exact form", "3>0 near wording"])
        #expect(decision.verdicts.casualty(2)?.similarity == 1)
        #expect(decision.verdicts.casualty(2)?.textLost == 0)
        #expect((decision.verdicts.casualty(3)?.textLost ?? 0) > 0)
        #expect(decision.firstOfText == [0, 0, 0, 3])
    }

    @Test(arguments: ["a", "?", "ok", "42", "\u{4F60}", "\u{1F600}"])
    func `distinct rows shorter than a shingle stay, equal ones go`(text: String) throws {
        for shingle in ["char-5", "word-5"] {
            let decision = try Self.decide([
                MadeRow(text), MadeRow("b"), MadeRow(text), MadeRow("no"), MadeRow("43"), MadeRow("!"),
                MadeRow(user: text, assistant: "b"), MadeRow(user: "b", assistant: text),
                MadeRow(user: text, assistant: "b"),
            ]) {
                $0.shingle = ShingleForm(shingle) ?? .characters(5)
                $0.sparedClasses = []
            }
            #expect(decision.removed == [2, 8])
        }
    }

    @Test func `all strings of up to three letters stay apart`() throws {
        let letters = ["a", "b", "c"]
        var texts = letters
        for _ in 0..<2 { texts += texts.flatMap { text in letters.map { text + $0 } } }
        let distinct = Set(texts).sorted()
        let decision = try Self.decide((distinct + distinct).map { MadeRow($0) }) { $0.sparedClasses = [] }
        #expect(distinct.count == 39)
        #expect(decision.removed == Array(distinct.count..<2 * distinct.count))
    }

    @Test func `the answers of a preference pair are compared each by itself`() throws {
        var maker = RowMaker(seed: 31)
        let (prompt, long) = (Self.sentence, maker.text(80))
        func row(_ chosen: String, _ rejected: String) -> String {
            #"{"prompt":"\#(prompt)","chosen":"\#(chosen)","rejected":"\#(rejected)"}"#
        }
        let rejected = "we do not know where it is and cannot tell you when it will come to your house at all"
        let decision = try Self.decide(json: [
            row(long, rejected), row(long, "go away."), row(long, rejected.replacing("house", with: "home")),
            row(rejected, long), row("go away.", long + " and so on"),
        ])
        // Another rejected answer is another pair; each pair the other way round contradicts it.
        #expect(decision.lines[..<3] == ["0", "1", "2>0 near spelling"], "\(decision.lines)")
        #expect((decision.verdicts.casualty(2)?.similarity ?? 1) < 0.98)
        #expect(
            decision.spared.filter { $0.match.difference == .labelConflict }.map(\.match.row).sorted() == [
                3, 4,
            ])
    }

    @Test func `one long reply under different requests is never merged`() throws {
        var maker = RowMaker(seed: 12)
        let macro = maker.text(120)
        let rows = (0..<40).map { _ in MadeRow(user: maker.text(12), assistant: macro) }
        let decision = try Self.decide(rows) { $0.sparedClasses = [] }
        #expect(decision.removed.isEmpty)
        #expect(decision.figures.sameSides.sameReply == 40)
        #expect(decision.figures.sameSides.sameRequest == 0)
        let whole = try Self.decide(rows) {
            $0.sparedClasses = []
            $0.on = .row
        }
        #expect(whole.removed.count == 39)
    }

    @Test func `a template does not chain its rows`() throws {
        var maker = RowMaker(seed: 13)
        let base = maker.sentence(40)
        // Each row replaces one more word than the one before: neighbours are near, the ends are not.
        var words = base
        let rows = (0..<30).map { step -> MadeRow in
            if step > 0 { words[step] = maker.word() }
            return MadeRow(words.joined(separator: " "))
        }
        let decision = try Self.decide(rows) { $0.sparedClasses = [] }
        let oracle = try SimilarityOracle(rows, DedupConfiguration())
        #expect(!oracle.similarity(29, 0).reaches(500_000))
        var neighbours = 0
        for row in 1..<30 where oracle.similarity(row, row - 1).reaches(800_000) { neighbours += 1 }
        #expect(neighbours == 29)
        #expect((2...8).contains(30 - decision.removed.count))
        for row in decision.removed {
            let keeper = Int(try #require(decision.verdicts.casualty(row)).keeper)
            #expect(!decision.verdicts.isRemoved(keeper))
            #expect(oracle.similarity(row, keeper).reaches(800_000))
        }
    }

    @Test func `contradicting labels stay, a missing label is a field`() throws {
        let rows = [
            MadeRow(Self.sentence).with("label", "good"), MadeRow(Self.sentence).with("label", "bad"),
            MadeRow(Self.sentence), MadeRow(Self.sentence).with("label", "good"),
        ]
        let decision = try Self.decide(rows)
        #expect(decision.lines == ["0", "1", "2>0 exact fields", "3>0 identical identical"])
        #expect(decision.sparedLines == ["1>0 label-conflict"])
        let open = try Self.decide(rows) { $0.sparedClasses = [] }
        #expect(open.lines[1] == "1>0 exact label-conflict")
    }

    @Test func `swapped preferences are a label conflict`() throws {
        var maker = RowMaker(seed: 14)
        let (prompt, one, two) = (maker.text(10), maker.text(20), maker.text(20))
        func row(_ chosen: String, _ rejected: String) -> String {
            "{\"prompt\":\"\(prompt)\",\"chosen\":\"\(chosen)\",\"rejected\":\"\(rejected)\"}"
        }
        let decision = try Self.decide(json: [row(one, two), row(two, one), row(one, two)])
        #expect(decision.lines == ["0", "1", "2>0 identical identical"])
        #expect(decision.sparedLines == ["1>0 label-conflict"])
    }

    @Test func `another system prompt or field is class fields, an ignored field is none`() throws {
        func chat(_ system: String, _ id: Int) -> String {
            """
            {"messages":[{"role":"system","content":"\(system)"},{"role":"user","content":"\(Self.sentence)"},\
            {"role":"assistant","content":"certainly, the label is on its way to you"}],"id":\(id)}
            """
        }
        let rows = [chat("Be kind.", 1), chat("Be brief.", 1), chat("Be kind.", 2), chat("Be kind.", 1)]
        #expect(
            try Self.decide(json: rows).lines
                == ["0", "1>0 exact fields", "2>0 identical fields", "3>0 identical identical"])
        #expect(
            try Self.decide(json: rows, ignored: ["id"]).lines
                == ["0", "1>0 exact fields", "2>0 identical identical", "3>0 identical identical"])
    }

    @Test func `another image or tool call is another text`() throws {
        func image(_ url: String) -> String {
            """
            {"messages":[{"role":"user","content":[{"type":"text","text":"\(Self.sentence)"},\
            {"type":"image_url","image_url":{"url":"\(url)"}}]},{"role":"assistant","content":"a lamp"}]}
            """
        }
        func call(_ arguments: String) -> String {
            """
            {"messages":[{"role":"user","content":"\(Self.sentence)"},{"role":"assistant","content":"\(Self.sentence)",\
            "tool_calls":[{"type":"function","function":{"name":"send","arguments":"\(arguments)"}}]}]}
            """
        }
        let rows = [image("a"), image("b"), image("a"), call("x"), call("y"), call("x")]
        let decision = try Self.decide(json: rows)
        #expect(decision.removed == [2, 5])
        #expect(decision.pairs.isEmpty)
    }

    @Test func `text that only reads like a tool call is another row`() throws {
        let call = """
            {"messages":[{"role":"user","content":"\(Self.sentence)"},{"role":"assistant",\
            "tool_calls":[{"type":"function","function":{"name":"send","arguments":"now"}}]}]}
            """
        let text = """
            {"messages":[{"role":"user","content":"\(Self.sentence)"},\
            {"role":"assistant","content":"\\n<tool_call> send now"}]}
            """
        #expect(try Self.decide(json: [call, text]).removed.isEmpty)
    }

    @Test(arguments: [
        (
            "number", "the fee for the parcel with the blue lamp is 30 euros and will be paid by the shop",
            "30", "90"
        ),
        (
            "operator", "the rule of the function says that x < y holds for all the values in the list", "<",
            ">"
        ),
        (
            "negation", "you should open the valve of the large tank before the pump has come to rest",
            "should", "should not"
        ),
    ])
    func `a difference that turns the meaning is spared by default and removed on request`(
        id: String, text: String, from: String, to: String
    ) throws {
        let rows = [MadeRow(text), MadeRow(text.replacing(from, with: to, maxReplacements: 1))]
        let decision = try Self.decide(rows)
        #expect(decision.lines == ["0", "1"])
        #expect(decision.sparedLines == ["1>0 \(id)"])
        let open = try Self.decide(rows) {
            $0.sparedClasses.remove($0.sparedClasses.first { $0.name == id } ?? .wording)
        }
        #expect(open.lines == ["0", "1>0 near \(id)"])
    }

    @Test func `a row spared from one keeper joins another`() throws {
        let base =
            "the fee for the parcel with the blue lamp and the grey box is 30 euros and paid by the shop"
        let other = base.replacing("30", with: "90")
        let decision = try Self.decide([
            MadeRow(base), MadeRow(other), MadeRow(other + " of ours"),
        ])
        #expect(decision.lines == ["0", "1", "2>1 near extension"])
        #expect(decision.sparedLines == ["1>0 number"])
    }

    @Test func `rows without text are kept and never match`() throws {
        let decision = try Self.decide(
            json: [
                "{}", "{}", "[]", "null", "3", "{\"text\":\"\"}", "{\"text\":\" \\n \"}", "{\"messages\":[]}",
                "{\"a\":1}",
            ])
        #expect(decision.removed.isEmpty)
        #expect(decision.table.rowCount == 9)
    }

    @Test func `an empty corpus is decided`() throws {
        let decision = try Self.decide([])
        #expect(decision.table.rowCount == 0)
        #expect(decision.pairs.isEmpty && decision.spared.isEmpty)
    }

    @Test func `the same request with other replies is counted and kept`() throws {
        var maker = RowMaker(seed: 15)
        let request = maker.text(12)
        let replies = (0..<3).map { _ in maker.text(20) }
        let rows =
            replies.map { MadeRow(user: request, assistant: $0) } + [
                MadeRow(user: request, assistant: replies[0]),
                MadeRow(user: maker.text(9), assistant: maker.text(9)),
            ]
        let decision = try Self.decide(rows)
        #expect(decision.removed == [3])
        #expect(decision.figures.sameSides.sameRequest == 4)
        #expect(decision.figures.sameSides.sameReply == 0)
    }
}
