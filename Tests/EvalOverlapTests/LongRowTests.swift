import Corpus
import Testing

@testable import EvalOverlap

/// Rows that are very long or say one thing very often: bounded time and memory.
@Suite struct LongRowTests {
    private static func read(_ turn: String) throws -> OverlapText {
        let text = try OverlapText()
        text.begin()
        Array(turn.utf8).withUnsafeBytes { text.append($0) }
        return text
    }

    @Test func `a long turn is folded in stretches as in one piece`() throws {
        let text = try Self.read(String(repeating: "Caf\u{E9} e\u{301}t\u{E9}  ", count: 150_000))
        let short = try Self.read("Caf\u{E9} e\u{301}t\u{E9}  ")
        #expect(text.count == 300_000)
        #expect(!text.isCut)
        #expect((0..<text.count).allSatisfy { text.words[$0] == short.words[$0 % 2] })
    }

    @Test func `a row that folds to many times its bytes is read up to the bound, and says so`() throws {
        let text = try Self.read(String(repeating: "\u{FDFA}", count: 600_000))
        #expect(text.isCut)
        #expect(text.count <= OverlapText.mostWords)
        #expect(text.stream.count <= OverlapText.mostFolded + 1 << 22)
        text.begin()
        #expect(!text.isCut)
    }

    @Test(.timeLimit(.minutes(1)))
    func `one word said very often in a row and in many items takes little time`()
        throws
    {
        let items = (0..<200).map {
            OverlapFixture.item("begin\($0) " + String(repeating: "0 ", count: 60 + $0) + "end\($0)")
        }
        let fixture = try OverlapFixture(items)
        _ = try fixture.verdicts([String(repeating: "0 ", count: 50_000)])
        let long = String(repeating: "0 ", count: 50_000) + VerdictTests.question
        let other = try OverlapFixture(items + [VerdictTests.item])
        #expect(try other.verdicts([long, VerdictTests.answer])[200] == .verbatim)
    }
}
