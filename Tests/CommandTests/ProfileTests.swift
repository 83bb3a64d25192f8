import Findings
import Foundation
import TestSupport
import Testing

/// `assay profile` as a whole: planted truth, the same bytes for any thread count, bad options, privacy.
@Suite struct ProfileTests {
    private static let corpus = Fixture.projectRoot.appendingPathComponent("Corpora/support-tickets/train")
        .path

    func profile(_ folder: URL, _ name: String, _ options: [String]) throws -> CommandRunner.Outcome {
        try CommandRunner.assay(
            ["profile"] + options + ["--quiet", "--out", folder.appendingPathComponent(name).path])
    }

    func figures(_ folder: URL, _ name: String) throws -> LanguageProfileFigures {
        try #require(try RunSummary(run: folder.appendingPathComponent(name).path).languageProfile)
    }

    @Test func `planted misspellings come first, with their true counts and authors`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try profile(folder, "run", [Self.corpus, "--author", "agent", "--slice", "queue"])
        #expect(outcome.status == 3, "the corpus has bad rows on purpose: \(outcome.errorText)")
        let figures = try figures(folder, "run")
        #expect(figures.authors == 12 && figures.unit == "author")
        let deductable = try #require(figures.misspellings.prefix(5).first { $0.wrong == "deductable" })
        #expect(deductable.right == "deductible" && deductable.wrongRows == 6 && deductable.rightRows == 42)
        #expect(deductable.rate == 0.125 && deductable.low < 0.125 && deductable.high > 0.125)
        #expect(deductable.clusters >= 2 && deductable.places.count == 5)
        #expect(deductable.slices.allSatisfy { $0.field == "queue" } && !deductable.slices.isEmpty)
        let wrong = Set(figures.misspellings.map(\.wrong))
        #expect(wrong.isSuperset(of: ["definately", "seperate", "recieve", "untill"]))
        // Nothing but what the corpus was given is flagged.
        let planted: Set = [
            "deductable", "definately", "seperate", "recieve", "untill", "occured", "neccessary",
            "accomodate", "beleive",
        ]
        #expect(wrong.subtracting(planted).isEmpty, "\(wrong.subtracting(planted).sorted())")
        #expect(figures.entrenched.isEmpty)
        #expect(outcome.text.contains("deductable"))
        #expect(!outcome.text.contains("Nordbay"), "no row text without --show-text")
    }

    @Test func `habits have their true rates`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try profile(folder, "run", [Self.corpus])
        let figures = try figures(folder, "run")
        let apology = try #require(
            figures.features.first { $0.id == "apology" }?.roles.first { $0.role == "assistant" })
        // Counted by hand in the corpus: turns with "sorry" or a form of "apologise"; 84 turns only call a tool.
        #expect(apology.hits == 1380 && apology.turns == 3738)
        #expect(apology.low < apology.rate && apology.rate < apology.high)
        #expect(figures.habits.prefix(5).contains { $0.id == "apology" })
        #expect(figures.signals.promiseRows > figures.signals.promiseRowsWithoutCall)
        #expect(figures.signals.safetyRows == 0 && figures.signals.rowsWithoutLicence == 3413)
    }

    @Test func `the run is the same for 1, 2 and 8 threads, with little memory and in any order`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let shards = try FileManager.default.contentsOfDirectory(atPath: Self.corpus).sorted()
            .map { "\(Self.corpus)/\($0)" }
        _ = try profile(folder, "a", [Self.corpus, "--author", "agent", "--threads", "1"])
        _ = try profile(folder, "b", [Self.corpus, "--author", "agent", "--threads", "2"])
        _ = try profile(
            folder, "c", shards.reversed() + ["--author", "agent", "--threads", "8", "--memory", "2M"])
        for file in ["summary.json", "misspellings.jsonl.zst", "findings.sqlite", "run.json"] {
            let first = try Data(contentsOf: folder.appendingPathComponent("a/\(file)"))
            for other in ["b", "c"] {
                #expect(
                    try Data(contentsOf: folder.appendingPathComponent("\(other)/\(file)")) == first,
                    "\(other)/\(file)")
            }
        }
    }

    func write(_ folder: URL, _ name: String, _ rows: [String]) throws -> String {
        let place = folder.appendingPathComponent(name)
        try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: place)
        return place.path
    }

    static func chat(_ user: String, _ assistant: String, _ extra: String = "") -> String {
        "{\"messages\": [{\"role\": \"user\", \"content\": \"\(user)\"}, "
            + "{\"role\": \"assistant\", \"content\": \"\(assistant)\"}]\(extra)}"
    }

    @Test func `chosen answers are told from rejected ones`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows = (0..<80).map { number in
            "{\"prompt\": \"Where is it? \(number)\", \"chosen\": \"Please note that \(SmallCorpus.text(number)).\", "
                + "\"rejected\": \"\(SmallCorpus.text(number + 200)).\"}"
        }
        let shard = try write(folder, "rows.jsonl", rows)
        let outcome = try profile(folder, "run", [shard])
        #expect(outcome.status == 0 && outcome.text.contains("PREFERENCE"))
        let lift = try #require(try figures(folder, "run").lifts.first { $0.id == "caveat" })
        #expect(lift.first == "chosen" && lift.firstRate == 1 && lift.secondRate == 0)
    }

    @Test(arguments: [
        (["--author", "nobody"], "--author nobody: no row has the field nobody"),
        (["--slice", "nothing"], "--slice nothing: no row has the field nothing"),
        (["--text", "body"], "no row has text in body; `assay look` lists the fields"),
        (["--lexicon", "/nowhere/list"], "--lexicon /nowhere/list: cannot be read"),
        (["--misspellings", "/nowhere/list"], "--misspellings /nowhere/list: cannot be read"),
        (["--patterns", "/nowhere/list"], "--patterns /nowhere/list: cannot be read"),
    ])
    func `a wrong option is told by name`(_ options: [String], _ message: String) throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let shard = try write(folder, "rows.jsonl", [Self.chat("hello there", "Good day to you.")])
        let outcome = try profile(folder, "run", [shard] + options)
        #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.both)")
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("run").path))
    }

    @Test func `lists and patterns of one's own are used`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows =
            (0..<30).map {
                Self.chat("where is my order \(SmallCorpus.text($0))", "The wuzzle will receive it.")
            }
            + (0..<4).map { Self.chat("and this \(SmallCorpus.text($0))", "The wuzle will recieve it zonk.") }
        let shard = try write(folder, "rows.jsonl", rows)
        let lexicon = try write(folder, "words.txt", ["wuzzle", "wuzle"])
        let forms = try write(folder, "forms.txt", ["zonk->donk"])
        let patterns = try write(
            folder, "patterns.tsv", ["own\thabit\ten\tassistant\tany\tthe wuz* will|shall"])
        let outcome = try profile(
            folder, "run", [shard, "--lexicon", lexicon, "--misspellings", forms, "--patterns", patterns])
        #expect(outcome.status == 0, "\(outcome.both)")
        let figures = try figures(folder, "run")
        #expect(Set(figures.misspellings.map(\.wrong)) == ["recieve", "zonk"])
        let own = try #require(figures.features.first { $0.id == "own" })
        #expect(own.roles.map(\.hits) == [0, 34])
        let bad = try write(folder, "bad.tsv", ["own\thabit\ten\trobot\tany\tthe"])
        let refused = try profile(folder, "bad", [shard, "--patterns", bad])
        #expect(
            refused.status == 2 && refused.errorText.contains("bad.tsv:1: the role is any, user or assistant")
        )
    }

    /// With `all`, dedup compares tool definitions too, which no profile reads.
    @Test(arguments: ["sides", "row", "all"])
    func `a scan profiles in its own pass and comes to the same forms`(on sides: String) throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let options = [Self.corpus, "--author", "agent", "--slice", "queue"]
        _ = try profile(folder, "profile", options)
        let scan = try CommandRunner.assay(
            ["scan", "--on", sides] + options
                + ["--quiet", "--out", folder.appendingPathComponent("scan").path])
        #expect(scan.status == 3 && scan.text.contains("MISSPELLINGS") && scan.text.contains("LOST MOST"))
        let forms = try Data(contentsOf: folder.appendingPathComponent("profile/misspellings.jsonl.zst"))
        #expect(try Data(contentsOf: folder.appendingPathComponent("scan/misspellings.jsonl.zst")) == forms)
        var figures = try figures(folder, "scan")
        let removed = try #require(figures.removed)
        #expect(removed.removedRows + removed.keptRows == 3_413)
        #expect(removed.removedRows == ["sides": 632, "row": 645, "all": 612][sides])
        figures.removed = nil
        #expect(try figures == self.figures(folder, "profile"))
    }

    @Test func `a scan tells whether dedup removes the messy rows`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var rows: [String] = []
        for number in 0..<200 {
            let reply = "It is there. \(SmallCorpus.text(number + 5_000))"
            rows.append(Self.chat("Where is my parcel? \(SmallCorpus.text(number)).", reply))
            // What is typed in a hurry comes twice.
            let messy = Self.chat("pls recieve it now \(SmallCorpus.text(number + 1_000))", "\(reply) Soon.")
            if number % 4 == 0 { rows += [messy, messy] }
            // Tidy rows come twice too, now and then.
            if number % 20 == 0 { rows.append(rows[rows.count - (number % 4 == 0 ? 3 : 1)]) }
            rows.append(Self.chat("When do I receive it? \(SmallCorpus.text(number + 2_000)).", reply))
        }
        let shard = try write(folder, "rows.jsonl", rows)
        let scan = try CommandRunner.assay(
            ["scan", shard, "--quiet", "--out", folder.appendingPathComponent("run").path])
        #expect(scan.status == 0, "\(scan.both)")
        let removed = try #require(try figures(folder, "run").removed)
        #expect(removed.removedRows == 60)
        for id in ["misspelt", "lower-case-start", "no-final-mark", "shorthand"] {
            let feature = try #require(removed.features.first { $0.id == id && $0.role == "user" })
            #expect(abs(feature.removedRate - 50.0 / 60) < 1e-6 && feature.low > 0, "\(feature)")
        }
        let lines = scan.text.split(separator: "\n")
        let title = try #require(lines.firstIndex { $0.hasPrefix("REMOVED ROWS  60 beside ") })
        #expect(lines[title + 2].split(separator: " ").prefix(4) == ["misspelt", "user", "83.3", "%"])
        #expect(
            lines[title...].contains {
                $0.hasPrefix("  removed user turns have more ") && $0.contains("the messy ones go first")
            }, "\(scan.text)")
    }

    @Test func `the upper half of scores is told from the lower one`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows = (0..<200).map { number in
            let opening = number % 5 >= 3 ? "Please note that" : "So"
            return Self.chat(
                "where is it \(number)", "\(opening) \(SmallCorpus.text(number)).",
                ", \"score\": \(Double(number % 5) + 0.5)")
        }
        let shard = try write(folder, "rows.jsonl", rows)
        let outcome = try profile(folder, "run", [shard, "--label", "score"])
        #expect(outcome.status == 0 && outcome.text.contains("PREFERENCE"), "\(outcome.both)")
        let lift = try #require(try figures(folder, "run").lifts.first { $0.id == "caveat" })
        #expect(lift.first == "score>=2.5" && lift.second == "score<2.5", "\(lift)")
        #expect(abs(lift.firstRate - 2.0 / 3) < 1e-6 && lift.secondRate == 0)
    }

    @Test func `after a truncated shard the advice is to copy it again, after bad rows to look at them`()
        throws
    {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows = (0..<200).map { Self.chat("where is \(SmallCorpus.text($0))", "It will come.") }
        let whole = try write(folder, "whole.jsonl", rows)
        let packed = try CommandRunner.tool("gzip", ["-c", whole]).output
        let cut = folder.appendingPathComponent("cut.jsonl.gz")
        try Data(packed.prefix(packed.count / 2)).write(to: cut)
        let truncated = try profile(folder, "truncated", [cut.path])
        #expect(truncated.status == 3, "\(truncated.both)")
        #expect(
            truncated.text.contains(
                "next: copy cut.jsonl.gz again from its source, then repeat this command"),
            "\(truncated.text)")
        #expect(truncated.text.hasPrefix("INCOMPLETE  cut.jsonl.gz could not be read to its end"))
        let bad = try write(folder, "bad.jsonl", rows + ["{\"messages\": [nothing"])
        let broken = try profile(folder, "broken", [bad])
        #expect(broken.status == 3 && broken.text.contains("'select * from quarantine'"), "\(broken.both)")
    }

    @Test func `one word in two Unicode normal forms is told, and letters of another script`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows = (0..<30).map { number in
            Self.chat(
                "where is the \(number < 10 ? "cafe\u{301}" : "caf\u{e9}") of \(SmallCorpus.text(number))",
                number == 3
                    ? "The \u{440}\u{430}\u{443} is due."
                    : number == 4 ? "The b\u{430}nk knows." : "It is there.")
        }
        let shard = try write(folder, "rows.jsonl", rows)
        let outcome = try profile(folder, "run", [shard])
        #expect(outcome.status == 0, "\(outcome.both)")
        let figures = try figures(folder, "run")
        let form = try #require(figures.variants.first { $0.kind == "normal-form" })
        #expect(Array(form.wrong.utf8) == Array("cafe\u{301}".utf8) && form.wrongRows == 10)
        #expect(Array(form.right.utf8) == Array("caf\u{e9}".utf8) && form.rightRows == 20)
        #expect(outcome.text.contains("one word in two Unicode normal forms"))
        let homoglyph = try #require(figures.features.first { $0.id == "homoglyph" })
        #expect(homoglyph.roles.first { $0.role == "assistant" }?.hits == 1)
    }

    @Test func `languages stand in a scan's configuration file, as a text or a list`() throws {
        guard FileManager.default.fileExists(atPath: "/usr/share/hunspell/de_DE.dic") else {
            print("skipped: no German dictionary of hunspell")
            return
        }
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reply =
            "Die Rechnung wurde an die Versicherung geschickt, und die Bestellung ist unterwegs zu Ihnen."
        let rows = (0..<30).map { Self.chat("Wo ist \(SmallCorpus.text($0))?", "\(reply) \($0)") }
        let shard = try write(folder, "rows.jsonl", rows)
        for (name, value) in [("text", "de"), ("list", "[de]")] {
            let file = try write(folder, "\(name).yaml", ["input: [\"\(shard)\"]", "language: \(value)"])
            let run = folder.appendingPathComponent(name).path
            let outcome = try CommandRunner.assay(
                ["scan", "-c", file, "--quiet", "--max-drop", "1", "--out", run])
            #expect(outcome.status == 0, "\(outcome.both)")
            let words = try #require(try RunSummary(run: run).languageProfile?.words.last)
            #expect(words.role == "assistant" && words.otherLanguage == 0, "\(words)")
            let manifest = try RunManifest(run: run)
            guard case .object(let fields) = manifest.configuration else {
                Issue.record("the configuration is no object")
                continue
            }
            #expect(fields["language"] == .string("de"))
        }
    }

    @Test func `words of another language are known by its dictionary`() throws {
        guard FileManager.default.fileExists(atPath: "/usr/share/hunspell/de_DE.dic") else {
            print("skipped: no German dictionary of hunspell")
            return
        }
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows =
            (0..<40).map { number in
                Self.chat(
                    "Wo bleibt meine Bestellung, ich warte schon seit \(number) Wochen?",
                    "Die Rechnung wurde an die Versicherung geschickt, und die Bestellung ist unterwegs zu Ihnen."
                )
            }
            + [
                "Ihre Rechnung wurde an die versicherug geschickt, danke für Ihre Geduld.",
                "Das Paket ging an die versicherug, sie meldet sich morgen bei Ihnen.",
            ].map { Self.chat("Wann kommt es?", $0) }
        let shard = try write(folder, "rows.jsonl", rows)
        #expect(try profile(folder, "english", [shard]).status == 0)
        #expect(try figures(folder, "english").misspellings.isEmpty)
        #expect(try profile(folder, "german", [shard, "--language", "de"]).status == 0)
        let form = try #require(try figures(folder, "german").misspellings.first)
        #expect(form.wrong == "versicherug" && form.right == "versicherung" && form.wrongRows == 2)
        let unknown = try profile(folder, "none", [shard, "--language", "xx"])
        #expect(
            unknown.status == 2
                && unknown.errorText.contains("--language xx: no dictionary in /usr/share/hunspell"))
    }
}
