import Findings
import Foundation
import TestSupport
import Testing

/// `assay diff` as a whole: two versions of a small corpus with planted changes.
@Suite struct DiffTests {
    private static func rows(_ numbers: Range<Int>, apologies: Int, wrong: Int) -> [String] {
        numbers.enumerated().map { place, number in
            let opening = place < apologies ? "I am sorry about that." : "Good day to you."
            let word = place < wrong ? "recieve" : "receive"
            return
                "{\"messages\": [{\"role\": \"user\", \"content\": \"Where is it? \(SmallCorpus.text(number))\"}, "
                + "{\"role\": \"assistant\", \"content\": \"\(opening) You will \(word) the parcel soon. "
                + "\(SmallCorpus.text(number + 5000))\"}], \"queue\": \"\(place % 2 == 0 ? "refunds" : "billing")\"}"
        }
    }

    private func scan(_ folder: URL, _ name: String, _ rows: [String], _ options: [String] = []) throws
        -> String
    {
        let shard = folder.appendingPathComponent("\(name).jsonl")
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: shard)
        let run = folder.appendingPathComponent("run-\(name)").path
        let outcome = try CommandRunner.assay(
            ["scan", shard.path, "--slice", "queue", "--max-drop", "1", "--quiet", "--out", run] + options)
        try #require(outcome.status == 0, "\(outcome.both)")
        return run
    }

    private func state(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        return files
    }

    @Test func `planted changes are told, and nothing is written`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let old = try scan(folder, "old", Self.rows(0..<300, apologies: 3, wrong: 2))
        let more = Self.rows(300..<700, apologies: 100, wrong: 90)
        let new = try scan(folder, "new", more + more.prefix(40))
        let before = (try state(old), try state(new))
        let outcome = try CommandRunner.assay(["diff", old, new])
        #expect(outcome.status == 0 && outcome.errorText.isEmpty, "\(outcome.both)")
        #expect(outcome.text.hasPrefix("A: \(old)  (scan)\nB: \(new)  (scan)\n\nROWS\n"), "\(outcome.text)")
        let lines = outcome.text.split(separator: "\n").map {
            $0.split(separator: " ").joined(separator: " ")
        }
        #expect(lines.contains("in 300 440 +140"), "\(outcome.text)")
        #expect(lines.contains("removed 0 (0.0 %) 40 (9.1 %) +40"))
        #expect(lines.contains("identical 0 (0.0 %) 40 (9.1 %)"))
        let habits = try #require(lines.firstIndex { $0.hasPrefix("HABITS") })
        #expect(lines[habits + 2].hasPrefix("apology assistant 1.0 % 31.8 % +30.8 ("), "\(lines[habits + 2])")
        #expect(lines[habits + 2].hasSuffix(" 3 140 apart <0.001"))
        let form = try #require(lines.first { $0.hasPrefix("recieve receive changed 0.7 % 29.5 % +28.9 (") })
        #expect(form.hasSuffix(" 2 of 300 130 of 440 2 -> 130"), "\(form)")
        #expect(try (state(old), state(new)) == before)
        let json = try CommandRunner.assay(["diff", old, new, "--json"])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
        #expect(json.status == 0 && object["isSameInput"] as? Bool == false)
        #expect((object["settings"] as? [Any])?.isEmpty == true)
        let habit = try #require((object["habits"] as? [[String: Any]])?.first)
        #expect(habit["id"] as? String == "apology")
        let difference = try #require(habit["difference"] as? [String: Any])
        #expect(difference["basis"] as? String == "intervals")
        #expect((difference["after"] as? [String: Any])?["hits"] as? Int == 140)
    }

    @Test func `a run does not differ from itself, and other settings are named`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows = Self.rows(0..<60, apologies: 6, wrong: 2)
        let run = try scan(folder, "a", rows)
        let same = try CommandRunner.assay(["diff", run, run + "/"])
        #expect(same.status == 0 && same.text.hasSuffix("\nno figure differs\n"), "\(same.both)")
        #expect(same.text.contains("both read the same shards, byte for byte"))
        let other = try scan(folder, "b", rows, ["--threshold", "0.9"])
        let outcome = try CommandRunner.assay(["diff", run, other])
        #expect(
            outcome.status == 0 && outcome.text.contains("  threshold: 0.8 -> 0.9\n"),
            "\(outcome.text)")
        let profile = folder.appendingPathComponent("profile").path
        _ = try CommandRunner.assay(
            ["profile", folder.appendingPathComponent("a.jsonl").path, "--quiet", "--out", profile])
        let mixed = try CommandRunner.assay(["diff", run, profile])
        #expect(mixed.text.contains("  command: \"scan\" -> \"profile\"\n"), "\(mixed.text)")
        #expect(mixed.text.contains("removed rows are not compared: B looked for none"))
        let dedup = folder.appendingPathComponent("dedup").path
        _ = try CommandRunner.assay(
            ["dedup", folder.appendingPathComponent("a.jsonl").path, "--quiet", "--out", dedup])
        #expect(try CommandRunner.assay(["diff", dedup, run]).text.contains("no profile in A: "))
    }

    @Test func `a folder that is no run, was changed or is incomplete is refused`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try scan(folder, "a", Self.rows(0..<30, apologies: 3, wrong: 1))
        let none = try CommandRunner.assay(["diff", run, folder.path])
        #expect(none.status == 2 && none.text.isEmpty)
        #expect(
            none.errorText.contains("\(folder.path)/run.json: cannot be read; is this a run's folder?"),
            "\(none.both)")
        #expect(try CommandRunner.assay(["diff", run]).status == 2)
        let short = folder.appendingPathComponent("short.jsonl.gz")
        let packed = try CommandRunner.tool("gzip", ["-c", folder.appendingPathComponent("a.jsonl").path])
            .output
        try Data(packed.dropLast(20)).write(to: short)
        let part = folder.appendingPathComponent("part").path
        #expect(try CommandRunner.assay(["profile", short.path, "--quiet", "--out", part]).status == 3)
        let incomplete = try CommandRunner.assay(["diff", run, part])
        #expect(incomplete.status == 2, "\(incomplete.both)")
        #expect(incomplete.errorText.contains("the run is incomplete"), "\(incomplete.both)")
        #expect(incomplete.errorText.contains("short.jsonl.gz could not be read to the end"))
        let summary = URL(fileURLWithPath: "\(run)/summary.json")
        let text = try String(contentsOf: summary, encoding: .utf8)
        try Data(text.replacingOccurrences(of: "\"hits\": 3,", with: "\"hits\": 4,").utf8).write(to: summary)
        let changed = try CommandRunner.assay(["diff", run, run])
        #expect(changed.status == 2 && changed.errorText.contains("was changed after the run was written"))
    }

    @Test func `misspellings beyond the first twenty are compared too`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let wrong = [
            "recieve", "definately", "seperate", "untill", "occured", "neccessary", "accomodate", "beleive",
            "becuase", "wich", "adress", "goverment", "enviroment", "tommorow", "calender", "collegue",
            "existance",
            "gaurd", "happend", "independant", "knowlege", "libary", "maintainance", "noticable", "occassion",
        ]
        func rows(_ forms: [String]) -> [String] {
            forms.enumerated().flatMap { place, form in
                // The later ones are rarer.
                (0..<(2 + (forms.count - place))).map { number in
                    let text = SmallCorpus.text(place * 100 + number)
                    return "{\"messages\": [{\"role\": \"user\", \"content\": \"It is \(text)\"}, "
                        + "{\"role\": \"assistant\", \"content\": \"The word \(form) stands here. \(text)\"}]}"
                }
            }
        }
        let old = try scan(folder, "old", rows(wrong).map { $0.dropLast() + ", \"queue\": \"a\"}" })
        let new = try scan(
            folder, "new", rows(Array(wrong.dropLast())).map { $0.dropLast() + ", \"queue\": \"a\"}" })
        let known = try #require(try RunSummary(run: old).languageProfile)
        try #require(known.forms["listed"] > LanguageProfileFigures.listed, "\(known.forms)")
        let outcome = try CommandRunner.assay(["diff", old, new, "--json"])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
        let forms = try #require(object["misspellings"] as? [[String: Any]])
        let states = Dictionary(
            uniqueKeysWithValues: forms.compactMap { form in
                (form["wrong"] as? String).map { ($0, form["status"] as? String ?? "") }
            })
        #expect(states["occassion"] == "went", "\(states)")
        #expect(!states.values.contains("left") && !states.values.contains("entered"))
    }
}
