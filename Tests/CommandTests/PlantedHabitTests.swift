import Findings
import Foundation
import TestSupport
import Testing

/// The library-desk corpus: each planted habit is found with its true rate inside the interval, and nothing else.
@Suite struct PlantedHabitTests {
    private static let folder = Fixture.projectRoot.appendingPathComponent("Corpora/library-desk")

    private struct Planted {
        var name: String
        var kind: String
        var id: String
        var role: String
        var rate: Double
        var rows: Int
    }

    private static func planted() throws -> [Planted] {
        let text = try String(contentsOf: folder.appendingPathComponent("rates.tsv"), encoding: .utf8)
        return try text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t").map(String.init)
            return Planted(
                name: fields[0], kind: fields[1], id: fields[2], role: fields[3],
                rate: try #require(Double(fields[4])), rows: try #require(Int(fields[6])))
        }
    }

    private static func run(_ verb: String, _ options: [String]) throws -> LanguageProfileFigures {
        let scratch = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let run = scratch.appendingPathComponent("run").path
        let outcome = try CommandRunner.assay(
            [verb, folder.appendingPathComponent("train").path, "--quiet", "--out", run] + options)
        try #require(outcome.status == 0, "\(outcome.both)")
        return try #require(try RunSummary(run: run).languageProfile)
    }

    private static func check(_ figures: LanguageProfileFigures) throws {
        for planted in try planted() {
            switch planted.kind {
            case "misspelling":
                let form = try #require(
                    (figures.misspellings + figures.entrenched).first { $0.wrong == planted.id },
                    "\(planted.id)")
                #expect(form.wrongRows == planted.rows && form.roles.map(\.role) == [planted.role])
                #expect(form.low <= planted.rate && planted.rate <= form.high, "\(planted.name): \(form)")
            case "feature":
                let rate = try #require(
                    figures.features.first { $0.id == planted.id }?.roles.first { $0.role == planted.role },
                    "\(planted.id)")
                #expect(rate.hits == planted.rows, "\(planted.name): \(rate.hits)")
                #expect(rate.low <= planted.rate && planted.rate <= rate.high, "\(planted.name): \(rate)")
            default:
                let signals = figures.signals
                let rows =
                    planted.id.hasSuffix("without a tool call")
                    ? signals.promiseRowsWithoutCall : signals.promiseRows - signals.promiseRowsWithoutCall
                #expect(rows == planted.rows, "\(planted.name): \(rows)")
            }
        }
    }

    @Test func `each planted habit is found with its true rate, and nothing else is in the top ten`() throws {
        let figures = try Self.run("profile", ["--author", "agent", "--slice", "branch"])
        #expect(figures.unit == "author" && figures.authors == 12)
        try Self.check(figures)
        let everybody = try #require(figures.entrenched.first)
        #expect(everybody.wrong == "accesion" && everybody.right == "accession" && everybody.rate == 1)
        #expect(everybody.authors == 12 && everybody.ofAuthors == 12 && figures.entrenched.count == 1)
        let two = try #require(figures.misspellings.first { $0.wrong == "recieve" })
        #expect(two.authors == 2 && two.ofAuthors == 12)
        // "becuase" is what a few readers type, so that they are no cleaner than people are.
        #expect(Set(figures.misspellings.map(\.wrong)) == ["recieve", "becuase"])
        #expect(Set(figures.habits.prefix(10).map(\.id)) == ["apology", "apology-opener", "promise"])
        #expect(figures.tooClean.isEmpty, "\(figures.tooClean.map(\.id))")
        #expect(figures.signals.rowsWithoutSource == 0 && figures.signals.rowsWithoutLicence == 0)
        // A queue that does not exist, found because it recurs.
        let queue = try #require(figures.phrases.first { $0.text.contains("night archive team") })
        #expect(queue.authors ?? 0 >= 10 && queue.clusters > 50)
    }

    @Test func `without authors the rates stand in intervals by near-duplicate cluster`() throws {
        let figures = try Self.run("profile", [])
        #expect(figures.unit == "cluster")
        try Self.check(figures)
    }
}
