import Findings
import Foundation
import TestSupport
import Testing

/// The planted defects of the ticket corpus against what a scan at the defaults says.
@Suite struct KnownTruthTests {
    static let folder = Fixture.projectRoot.appendingPathComponent("Corpora/support-tickets")

    private struct Row: Hashable {
        var shard: String
        var ordinal: Int
    }

    private struct Match {
        var keeper: Row
        var kind: String
        var difference: String
        var rule: String
    }

    /// What a scan says of each row.
    private struct Verdicts {
        var removed: [Row: Match] = [:]
        var spared: [Row: Match] = [:]
        var quarantined: [Row: String] = [:]
        let summary: RunSummary

        init(run: String) throws {
            summary = try RunSummary(run: run)
            let store = try RunStore(run: run)
            let columns = "shard, ordinal, keeper_shard, keeper_ordinal, kind, difference, rule"
            removed = try Self.matches(try store.query("SELECT \(columns) FROM casualties"))
            spared = try Self.matches(try store.query("SELECT \(columns) FROM spared"))
            for fields in try store.query("SELECT shard, ordinal, code FROM quarantine") {
                quarantined[Row(shard: fields[0] ?? "", ordinal: Int(fields[1] ?? "") ?? -1)] = fields[2]
            }
        }

        private static func matches(_ rows: [[String?]]) throws -> [Row: Match] {
            var matches: [Row: Match] = [:]
            for fields in rows {
                let text = try fields.map { try #require($0) }
                let row = Row(shard: text[0], ordinal: try #require(Int(text[1])))
                let keeper = Row(shard: text[2], ordinal: try #require(Int(text[3])))
                matches[row] = Match(keeper: keeper, kind: text[4], difference: text[5], rule: text[6])
            }
            return matches
        }
    }

    private struct Line {
        var defect: String
        var row: Row
        var partner: Row?
        var expected: String
        var difference: String
    }

    private static func truth() throws -> [Line] {
        let text = try String(contentsOf: folder.appendingPathComponent("truth.tsv"), encoding: .utf8)
        return try text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let partner = Int(fields[4]).map { Row(shard: fields[3], ordinal: $0) }
            return Line(
                defect: fields[0], row: Row(shard: fields[1], ordinal: try #require(Int(fields[2]))),
                partner: partner, expected: fields[5], difference: fields.count > 6 ? fields[6] : "")
        }
    }

    private static func scan() throws -> Verdicts {
        let scratch = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let run = scratch.appendingPathComponent("run").path
        let train = folder.appendingPathComponent("train").path
        let outcome = try CommandRunner.assay(
            ["dedup", train, "--slice", "queue", "tone", "--out", run, "--quiet"])
        #expect(outcome.status == 3)
        return try Verdicts(run: run)
    }

    @Test func `every planted row and pair is judged as the truth says`() throws {
        let verdicts = try Self.scan()
        let truth = try Self.truth()
        #expect(truth.count == 1072)
        for line in truth {
            let complaint = Self.complaint(line, verdicts)
            #expect(complaint == nil, "\(line.defect) \(line.row) \(line.expected): \(complaint ?? "")")
        }
        let planted = Set(truth.flatMap { [$0.row, $0.partner].compactMap { $0 } })
        #expect(
            verdicts.removed.keys.allSatisfy(planted.contains), "a row that nothing was planted in is removed"
        )
        #expect(verdicts.summary.rows.in == 3423)
        #expect(verdicts.summary.rows.removed == 632)
        #expect(verdicts.summary.rows.quarantined == 10)
        #expect(verdicts.summary.withoutText == 4)
        #expect(verdicts.summary.nearDuplicates.prefixRows == 25)
    }

    /// What a scan says otherwise than a line of the truth; `nil` where they agree.
    private static func complaint(_ line: Line, _ verdicts: Verdicts) -> String? {
        let pair = [line.row, line.partner].compactMap { $0 }
        let removals = pair.compactMap { verdicts.removed[$0] }
        switch line.expected {
        case "identical", "exact", "near":
            let agrees = removals.contains { match in
                match.kind == line.expected
                    && (line.difference.isEmpty || match.difference == line.difference)
            }
            return agrees ? nil : "\(removals)"
        case let expected where expected.hasPrefix("spared:"):
            // Said of the pair: either may still go for the sake of a third row ("second keeper").
            let isEdge = pair.contains { row in
                verdicts.removed[row].map { match in pair.contains { $0 == match.keeper } } ?? false
            }
            if isEdge { return "removed for its partner" }
            let rule = String(expected.dropFirst(7))
            let isSpared = pair.contains { verdicts.spared[$0]?.rule == rule }
            let hasOtherKeeper = line.defect == "second keeper" && !removals.isEmpty
            return isSpared || hasOtherKeeper ? nil : "not spared by \(rule)"
        case let expected where expected.hasPrefix("quarantine"):
            return verdicts.quarantined[line.row] == nil ? "not quarantined" : nil
        default:
            if let match = verdicts.removed[line.row] { return "removed for \(match.keeper)" }
            return verdicts.spared[line.row].map { "matched \($0.keeper)" }
        }
    }

    @Test func `the hard groups are found among the terms that lose most`() throws {
        let summary = try Self.scan().summary
        let groups = try String(
            contentsOf: Self.folder.appendingPathComponent("hard-groups.tsv"), encoding: .utf8)
        for line in groups.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let term = try #require(
                summary.nearDuplicates.terms.first { $0.term == fields[1] }, "\(fields[1])")
            #expect("\(term.before) -> \(term.after)" == "\(fields[3]) -> \(fields[4])", "\(fields[1])")
        }
    }

    @Test func `contained and growing rows go only where they are asked for`() throws {
        let scratch = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let run = scratch.appendingPathComponent("run").path
        let train = Self.folder.appendingPathComponent("train").path
        let outcome = try CommandRunner.assay(
            [
                "dedup", train, "--slice", "tone", "--contained", "0.9", "--contained", "prefix", "--out",
                run, "--quiet",
            ])
        #expect(outcome.status == 3)
        let verdicts = try Verdicts(run: run)
        for line in try Self.truth() where ["contained", "prefix"].contains(line.expected) {
            #expect(verdicts.removed[line.row]?.kind == line.expected, "\(line.defect) \(line.row)")
        }
    }
}
