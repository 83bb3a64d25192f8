import Findings
import Foundation
import TestSupport
import Testing

/// The ferry-line corpus: what was planted between a synthetic and a typed sample is found, and nothing else is named.
@Suite struct FerryLineTests {
    private static let folder = Fixture.projectRoot.appendingPathComponent("Corpora/ferry-line")

    private struct Planted {
        var kind: String
        var id: String
        var rows: (left: Int, right: Int)
        var of: (left: Int, right: Int)
    }

    private static func planted() throws -> [Planted] {
        let text = try String(contentsOf: folder.appendingPathComponent("truth.tsv"), encoding: .utf8)
        return try text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t").map(String.init)
            let numbers = try fields[3...].map { try #require(Int($0)) }
            return Planted(
                kind: fields[1], id: fields[2], rows: (numbers[0], numbers[1]), of: (numbers[2], numbers[3]))
        }
    }

    private static func compare(_ options: [String]) throws -> (ComparisonFigures, String) {
        let scratch = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let run = scratch.appendingPathComponent("run").path
        let outcome = try CommandRunner.assay(
            [
                "compare", "--synthetic", folder.appendingPathComponent("synthetic").path, "--production",
                folder.appendingPathComponent("production").path, "--quiet", "--out", run,
            ] + options)
        try #require(outcome.status == 0, "\(outcome.both)")
        let page = try String(contentsOfFile: run + "/report.html", encoding: .utf8)
        #expect(page.contains("aria-label=\"median "), "the page shows the distributions of numbers")
        return (try #require(try RunSummary(run: run).comparison), outcome.text)
    }

    @Test func `what was planted is found by its intent, and nothing else is`() throws {
        let (figures, screen) = try Self.compare(["--slice", "intent"])
        #expect(figures.apart == true && figures.register.auc > 0.97)
        let planted = try Self.planted()
        #expect(planted.count == 4)
        for planted in planted {
            switch planted.kind {
            case "uncovered":
                #expect(figures.uncovered.filter(\.stands).map(\.value) == [planted.id])
                #expect(figures.uncovered.first?.rows == planted.rows.right)
                let share = Double(planted.rows.right) / Double(planted.of.right)
                #expect(abs((figures.coverage?.uncoveredShare ?? 0) - share) < 1e-6)
                #expect(screen.contains("write more intent=\(planted.id)"))
            case "unseen":
                #expect(figures.unseen.filter(\.stands).map(\.value) == [planted.id])
                #expect(figures.unseen.first?.rows == planted.rows.left)
            default:
                let feature = try #require(figures.features.first { $0.id == planted.id })
                #expect(feature.stands && feature.delta < 0)
                #expect(feature.left.mean == Double(planted.rows.left) / Double(planted.of.left))
                #expect(
                    abs(feature.right.mean - Double(planted.rows.right) / Double(planted.of.right)) < 1e-6)
            }
        }
    }
}
