import Foundation
import TestSupport

/// A training shard with three leaks of two items, and an eval set of three items.
struct OverlapCorpus {
    let folder: URL
    var train: String { folder.appendingPathComponent("train.jsonl").path }
    var items: String { folder.appendingPathComponent("items.jsonl").path }

    static let questions = [
        "A cooper in Larkmoor planes fourteen staves an hour and needs thirty of them for one barrel; how long does he "
            + "plane for six barrels if he rests every second hour?",
        "Which of the seven bridges of the old town stays open when the river rises above the mark of 1871?",
        "Why do the bells of the customs house ring twice on the last Friday of a month with five Fridays?",
    ]

    init() throws {
        folder = try Fixture.scratchFolder()
        var rows: [String] = []
        for number in 0..<400 {
            let text = SmallCorpus.text(number)
            rows.append(
                "{\"text\": \"row \(number) \(text)\", \"source\": \"\(number % 3 == 0 ? "web" : "chat")\"}"
            )
        }
        rows[7] = "{\"text\": \"Help me: \(Self.questions[0]) Thanks.\", \"source\": \"chat\"}"
        rows[100] = "{\"text\": \"\(Self.questions[0].uppercased())\", \"source\": \"chat\"}"
        rows[300] = "{\"text\": \"\(Self.questions[1])\", \"source\": \"web\"}"
        try write(train, rows)
        try write(
            items,
            Self.questions.enumerated().map {
                "{\"id\": \"q\($0.offset)\", \"question\": \"\($0.element)\"}"
            })
    }

    func write(_ path: String, _ rows: [String]) throws {
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: path))
    }

    func run(_ name: String, _ options: [String] = []) throws -> CommandRunner.Outcome {
        try CommandRunner.assay(
            ["overlap", train, "--eval", "own=\(items)", "--quiet", "--out", path(name)] + options)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    func remove() { try? FileManager.default.removeItem(at: folder) }
}
