import Foundation
import TestSupport
import Testing

/// Nothing from data or file names can steer a terminal.
@Suite struct TerminalSafetyTests {
    /// Sets a title, clears the screen, rings, overwrites the line, C1 control, bidi override, zero width.
    static let hostile = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{8}\r\u{9B}31m\u{202E}gnp\u{2066}\u{200B}"

    @Test func `control characters and bidi overrides from data and names are never printed raw`() throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let folder = corpus.folder.appendingPathComponent("hostile")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let name = "\u{1B}[31m\u{202E}evil.jsonl"
        var rows: [String] = []
        for number in 0..<12 {
            let text = SmallCorpus.text(number / 6) + " " + Self.hostile + " say\(number)"
            let row = ["text": text, "tone\u{1B}[5m": Self.hostile, "id": "\(number)\u{1B}c"]
            rows.append(String(decoding: try JSONEncoder().encode(row), as: UTF8.self))
        }
        rows.append("\u{1B}[2J not JSON")
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent(name))
        let run = corpus.run
        let commands = [
            ["dedup", folder.path, "--slice", "tone\u{1B}[5m", "--out", run, "--show-text"],
            ["gate", run, "--max-drop-per-slice", "tone\u{1B}[5m:0"],
            ["explain", run, "\(name):1", "--show-text"], ["explain", run, "\(name):12", "--show-text"],
            ["explain", run, "\(name):1"], ["explain", run, "\u{1B}[2Jno:1"],
            ["apply", run, "--out", corpus.out], ["apply", run, "--out", corpus.out, "--accept", "bad-rows"],
            ["apply", run, "--out", corpus.out, "--accept", "bad-rows"],
            ["dedup", "/no/\u{1B}[2J\u{202E}"], ["dedup", folder.path, "--keeper", "\u{1B}[2J"],
        ]
        for command in commands {
            let outcome = try CommandRunner.assay(command)
            #expect(!outcome.both.isEmpty)
            for scalar in outcome.both.unicodeScalars where scalar != "\n" {
                let isInert =
                    scalar.properties.generalCategory != .control
                    && scalar.properties.generalCategory != .format
                #expect(
                    isInert,
                    "\(command[0]): U+\(String(scalar.value, radix: 16)) in \(outcome.both.debugDescription)")
                if !isInert { break }
            }
        }
        let written = try FileManager.default.contentsOfDirectory(atPath: corpus.out)
        #expect(written == [name], "the output keeps the name as it is")
    }
}
