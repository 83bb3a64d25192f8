import Findings
import Foundation
import TestSupport
import Testing

/// What `assay compare` says of coverage, and of what it cannot judge.
extension ComparisonTests {
    @Test func `a slice that one side lacks is named, and areas are matched by it`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let topics = [
            "pizza oven dough cheese basil", "wheel brake engine clutch gear", "rain cloud storm wind sun",
        ]
        func texts(_ count: Int, topicCount: Int, seed: UInt64) -> [String] {
            var random = SplitMix(seed: seed)
            return (0..<count).map { number in
                let own =
                    topics[number % topicCount].split(separator: " ")
                    + Self.words.prefix(6).map { Substring($0) }
                return (0..<8).map { _ in own[random.below(own.count)] }.joined(separator: " ")
            }
        }
        let left = try write(folder, "left.jsonl", texts(600, topicCount: 2, seed: 6)) {
            ", \"topic\": \"t\($0 % 2)\""
        }
        let right = try write(folder, "right.jsonl", texts(600, topicCount: 3, seed: 7)) {
            ", \"topic\": \"t\($0 % 3)\""
        }
        let outcome = try compare(
            folder, "run", ["--synthetic", left, "--production", right, "--slice", "topic"])
        let figures = try figures(folder, "run")
        let first = try #require(figures.uncovered.first)
        #expect(first.value == "t2" && first.stands && first.otherRows == 0 && first.rows == 200)
        #expect(figures.uncovered.dropFirst().allSatisfy { !$0.stands })
        #expect(figures.all.auc > 0.6 && abs((figures.all.matchedAuc ?? 1) - 0.5) < 0.06)
        #expect(outcome.text.contains("write more topic=t2"))
    }

    @Test func `a field of one side alone is told, and copies are pointed out`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let texts = Self.texts(400, seed: 33)
        let left = try write(folder, "left.jsonl", texts)
        let right = try write(folder, "right.jsonl", texts) { ", \"topic\": \"t\($0 % 3)\"" }
        let outcome = try compare(
            folder, "run", ["--synthetic", left, "--production", right, "--slice", "topic"])
        #expect(outcome.text.contains("--slice topic: no row of synthetic has it"), "\(outcome.both)")
        #expect(outcome.text.contains(" % of production rows stand word for word in synthetic: the sides"))
        #expect(try figures(folder, "run").left.withSlice == 0)
    }

    @Test func `a field that cannot group the rows gives way to words`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(300, seed: 34)) {
            ", \"id\": \"l\($0)\", \"topic\": \"a\($0 % 3)\""
        }
        let right = try write(folder, "right.jsonl", Self.texts(300, seed: 35)) {
            ", \"id\": \"\($0 < 3 ? "l" : "r")\($0)\", \"topic\": \"A\($0 % 3)\""
        }
        let sides = ["--synthetic", left, "--production", right, "--slice"]
        let byID = try compare(folder, "id", sides + ["id"])
        #expect(
            byID.text.contains("--slice id: most rows of production lie in values of under ten"),
            "\(byID.both)")
        let byTopic = try compare(folder, "topic", sides + ["topic"])
        #expect(byTopic.text.contains("--slice topic: no value is on both sides"), "\(byTopic.both)")
        #expect(try figures(folder, "topic").coverage?.groupedBy == "terms")
    }

    @Test func `a rarer slice is covered, and rows without the field are not judged`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let left = try write(folder, "left.jsonl", Self.texts(600, seed: 36)) {
            ", \"topic\": \"\($0 % 10 == 0 ? "refund" : "rest")\""
        }
        let right = try write(folder, "right.jsonl", Self.texts(600, seed: 37)) {
            $0 % 4 == 0 ? "" : ", \"topic\": \"\($0 % 4 == 1 ? "rest" : "refund")\""
        }
        let outcome = try compare(
            folder, "run",
            ["--synthetic", left, "--production", right, "--slice", "topic", "--max-uncovered-share", "0.9"])
        let found = try figures(folder, "run")
        #expect(
            found.uncovered.first { $0.value == "refund" }?.isRare == true
                && found.coverage?.uncoveredShare == 0)
        #expect(outcome.text.contains("covered, but far rarer in synthetic"), "\(outcome.both)")
        #expect(outcome.text.contains("write more topic=refund: 50.0 % of production, 10.0 % of synthetic"))
        #expect(found.coverage?.withoutField == 150 && outcome.status == 1)
        #expect(outcome.text.contains("150 of 600 rows have no topic"))
    }

    @Test func `chats beside messages, and few different rows, are not judged`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let chats = folder.appendingPathComponent("chats.jsonl").path
        let texts = Self.texts(900, seed: 38)
        let rows = (0..<300).map { row in
            let turns = (0..<3).map { "{\"role\": \"user\", \"content\": \"\(texts[row * 3 + $0])\"}" }
            return "{\"messages\": [\(turns.joined(separator: ", "))]}"
        }
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: chats))
        let right = try write(folder, "right.jsonl", Self.texts(300, seed: 39))
        let outcome = try compare(
            folder, "run", ["--synthetic", chats, "--production", right, "--max-uncovered-share", "0.9"])
        #expect(outcome.status == 1 && outcome.text.contains("COVERAGE  cannot be judged: rows of one side"))
        #expect(outcome.text.contains("compare first turns (--first-turn)"), "\(outcome.both)")
        let few = try write(folder, "few.jsonl", (0..<400).map { texts[$0 % 20] })
        let none = try compare(folder, "few", ["--synthetic", few, "--production", right])
        #expect(none.text.contains("20 different rows in 400"), "\(none.both)")
    }
}
