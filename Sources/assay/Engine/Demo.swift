import ArgumentParser
import Findings
import Foundation
import Reporting

/// The demonstration: each command as a person would type it, with what it prints.
final class Demo {
    private let corpus: String
    private let evals: String
    private let run: String
    private let overlapRun: String
    private let cleaned: String
    private let profiled: String
    private let desk: String
    private let deskRun: String
    private let ferry: String
    private let compared: String
    private var result: DedupRun.Result?
    private var overlap: OverlapRun.Result?
    private var profile: ProfileRun.Result?
    private var habits: ProfileRun.Result?
    private var comparison: ComparisonRun.Result?

    /// - Parameters:
    ///   - corpora: the folder of corpora.
    ///   - folder: what is written lies below it.
    init(corpora: String, folder: String) {
        corpus = corpora + "/support-tickets/train"
        evals = corpora + "/workshop-evals"
        run = folder + "/run"
        overlapRun = folder + "/overlap"
        cleaned = folder + "/cleaned"
        profiled = folder + "/profile"
        desk = corpora + "/library-desk/train"
        deskRun = folder + "/desk"
        ferry = corpora + "/ferry-line"
        compared = folder + "/compare"
    }

    /// - Throws: as the commands do, but for the status of bad rows, which the corpus holds on purpose.
    func perform() throws {
        Output.print(
            "The corpus: a support assistant's tickets, with planted duplicates, traps and 10 bad rows.\n")
        Output.print("1. Find duplicate rows and see who is lost if they go; nothing is deleted.")
        let dedup = ["dedup", corpus, "--slice", "queue", "tone", "--out", run]
        say(dedup)
        try showScreen(dedup + ["--quiet"])
        let store = try RunStore(run: run)
        Output.print("\n2. Why is a hostile row of the largest cluster gone, and which row stays?")
        if let row = try Self.casualty(store) { try perform(["explain", run, row, "--show-text"]) }
        Output.print("\n3. Why does a row stay although it is as similar?")
        if let row = try Self.spared(store) { try perform(["explain", run, row, "--show-text"]) }
        Output.print("\n4. Write the cleaned corpus. The run has bad rows, so they must be accepted by name.")
        try perform(["apply", run, "--out", cleaned, "--accept", "bad-rows"], quietly: true)
        Output.print(
            "\n5. Which items of a team's own eval sets stand in its training rows, and through which doors?")
        try showOverlap()
        Output.print("\n6. What would a model learn to write? Misspellings and habits, by agent.")
        let profile = ["profile", corpus, "--author", "agent", "--slice", "queue", "--out", profiled]
        self.profile = try showProfile(profile)
        Output.print(
            "\n7. The same of a library's desk, whose planted habits and spellings Corpora/library-desk/truth.tsv lists."
        )
        habits = try showProfile(["profile", desk, "--author", "agent", "--out", deskRun])
        Output.print("\n8. Do synthetic requests to a ferry line look like what passengers type?")
        let compare = [
            "compare", "--synthetic", ferry + "/synthetic", "--production", ferry + "/production", "--slice",
            "intent", "--out", compared,
        ]
        say(compare)
        try showComparison(compare)
    }

    private func showOverlap() throws {
        let sets = ["workshop.jsonl", "quick.json", "reading.jsonl", "dialogues.jsonl"].map { file in
            "\(file.prefix { $0 != "." })=\(evals)/evals/\(file)"
        }
        let arguments =
            ["overlap", evals + "/train", "--eval"] + sets
            + [
                "--control", "fresh=\(evals)/evals/fresh.jsonl", "--identity", "ticket", "--rubric",
                evals + "/evals/rubric.md", "--slice", "source", "--out", overlapRun,
            ]
        say(arguments)
        guard let command = try Assay.parseAsRoot(arguments + ["--quiet"]) as? OverlapCommand else { return }
        let result = try OverlapRun(command.request(arguments: arguments), try command.search()).perform()
        overlap = result
        Output.print(Self.screen(result, runPath: result.path).text())
    }

    private static func screen(_ result: OverlapRun.Result, runPath: String) -> OverlapScreen {
        OverlapScreen(summary: result.summary, groups: result.groups, notes: result.notes, runPath: runPath)
    }

    /// Writes the sample reports, without anything that depends on the machine.
    ///
    /// - Throws: `UsageError` where the folder cannot be written; `FindingsError`.
    func writeReports(to folder: String) throws {
        guard let result, let overlap, let profile, let habits, let comparison else { return }
        let screen = DedupScreen(
            summary: result.summary, groups: result.groups, notes: result.notes,
            runPath: "assay-runs/dedup-train")
        var plan: [UInt8] = []
        try FrameReader(path: "\(run)/\(RunFile.plan.name)").forEachLine { line in
            plan.append(contentsOf: line)
            plan.append(UInt8(ascii: "\n"))
        }
        let evalScreen = Self.screen(overlap, runPath: "assay-runs/overlap-train")
        let profileScreen = Self.screen(profile, runPath: "assay-runs/profile-train")
        let deskScreen = Self.screen(habits, runPath: "assay-runs/profile-train")
        let comparisonScreen = ComparisonScreen(
            summary: comparison.summary, notes: comparison.notes, runPath: "assay-runs/compare-synthetic")
        let reports = [
            ("ferry-line.screen.txt", Array((comparisonScreen.text() + "\n").utf8)),
            ("ferry-line.summary.json", try comparison.summary.encoded()),
            ("support-tickets.screen.txt", Array((screen.text() + "\n").utf8)),
            ("support-tickets.summary.json", try result.summary.encoded()),
            ("support-tickets.plan.jsonl", plan),
            ("support-tickets.profile.txt", Array((profileScreen.text() + "\n").utf8)),
            ("library-desk.profile.txt", Array((deskScreen.text() + "\n").utf8)),
            ("workshop-evals.screen.txt", Array((evalScreen.text() + "\n").utf8)),
            ("workshop-evals.summary.json", try overlap.summary.encoded()),
        ]
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (name, bytes) in reports {
                let place = URL(fileURLWithPath: "\(folder)/\(name)")
                try Data(bytes).write(to: place, options: .atomic)
            }
        } catch {
            throw UsageError("demo: \(folder) cannot be written; check that you may write there")
        }
    }

    /// Runs the scan and shows its first screen; the status is not the demonstration's.
    private func showScreen(_ arguments: [String]) throws {
        guard let command = try Assay.parseAsRoot(arguments) as? DedupCommand else { return }
        let request = DedupRun.Request(
            verb: "dedup", arguments: arguments, input: command.input, dedup: command.dedup,
            gates: try command.gates.gates(), run: command.output)
        let result = try DedupRun(request).perform()
        self.result = result
        try DedupReport.showScreen(result, run: command.output, closing: nil)
    }

    private func showProfile(_ arguments: [String]) throws -> ProfileRun.Result? {
        say(arguments)
        guard let command = try Assay.parseAsRoot(arguments + ["--quiet"]) as? ProfileCommand else {
            return nil
        }
        let result = try ProfileRun(command.request(arguments: arguments), command.profile).perform()
        Output.print(Self.screen(result, runPath: result.path).text())
        return result
    }

    private static func screen(_ result: ProfileRun.Result, runPath: String) -> ProfileScreen {
        ProfileScreen(
            summary: result.summary, groups: result.groups, notes: result.notes, runPath: runPath)
    }

    private func showComparison(_ arguments: [String]) throws {
        guard let command = try Assay.parseAsRoot(arguments + ["--quiet"]) as? CompareCommand else { return }
        let result = try ComparisonRun(command.request(arguments: arguments)).perform()
        comparison = result
        let screen = ComparisonScreen(summary: result.summary, notes: result.notes, runPath: result.path)
        Output.print(screen.text())
    }

    private func perform(_ arguments: [String], quietly: Bool = false) throws {
        say(arguments)
        var command = try Assay.parseAsRoot(arguments + (quietly ? ["--quiet"] : []))
        try command.run()
    }

    private func say(_ arguments: [String]) {
        Output.print("$ assay " + arguments.map(Format.shellWord).joined(separator: " "))
    }

    /// The hostile row least like its keeper in the largest cluster.
    private static func casualty(_ store: RunStore) throws -> String? {
        try store.query(
            """
            SELECT c.shard || ':' || c.ordinal FROM casualties c JOIN clusters k ON k.row = c.keeper_row
            JOIN casualty_slices s ON s.row = c.row AND s.field = 'tone' AND s.value = 'hostile'
            ORDER BY k.rank, c.similarity, c.row LIMIT 1
            """
        ).first?.first ?? nil
    }

    /// The most similar row that stays for the sake of a number.
    private static func spared(_ store: RunStore) throws -> String? {
        try store.query(
            "SELECT shard || ':' || ordinal FROM spared WHERE rule = 'number' ORDER BY similarity DESC, row LIMIT 1"
        ).first?.first ?? nil
    }
}
