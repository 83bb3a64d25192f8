import Foundation
import TestSupport
import Testing

@testable import Findings

/// The chain of decisions: what was written is read, and every edit is found.
@Suite struct DecisionTrailTests {
    private static let plan = String(repeating: "ab", count: 32)

    private func decision(_ id: String, _ action: Decision.Action = .accept, plan: String = plan) -> Decision
    {
        var decision = Decision(action)
        decision.decision = id
        decision.time = "2026-01-02T03:04:05Z"
        decision.reviewer = "anna \"the\n careful\""
        decision.plan = plan
        decision.threshold = 0.8
        decision.rows = [Decision.Row(shard: "ü.jsonl", ordinal: 3, id: "00", textId: "11")]
        return decision
    }

    private func withRun(_ body: (String) throws -> Void) throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    private func write(_ count: Int, to run: String) throws {
        let writer = try DecisionWriter(run: run, plan: Self.plan)
        for number in 0..<count { try writer.append(decision("d\(number)")) }
    }

    @Test func `what was written is read, over several sittings`() throws {
        try withRun { run in
            try write(3, to: run)
            let writer = try DecisionWriter(run: run, plan: Self.plan)
            var undo = decision("d3", .undo)
            undo.undoes = "d1"
            try writer.append(undo)
            let trail = try DecisionTrail(run: run, plan: Self.plan)
            #expect(trail.decisions.map(\.decision) == ["d0", "d1", "d2", "d3"])
            #expect(trail.standing.map(\.decision) == ["d0", "d2"])
            #expect(trail.decisions[0].reviewer == "anna \"the\n careful\"")
            #expect(trail.decisions[0].previous == Self.plan)
            #expect(trail.head == writer.trail.head)
        }
    }

    @Test func `a run without a decision has no trail`() throws {
        try withRun { run in
            _ = try DecisionWriter(run: run, plan: Self.plan)
            #expect(!FileManager.default.fileExists(atPath: "\(run)/decisions.jsonl"))
            #expect(try DecisionTrail(run: run, plan: Self.plan).decisions.isEmpty)
        }
    }

    @Test func `only its owner can read it`() throws {
        try withRun { run in
            try write(1, to: run)
            let mode = try FileManager.default.attributesOfItem(atPath: "\(run)/decisions.jsonl")[
                .posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    /// Each edit of five lines, by the place of the line.
    @Test(arguments: ["change", "drop", "swap", "repeat", "insert"], 0..<4)
    func `an edit is found`(_ edit: String, _ place: Int) throws {
        try withRun { run in
            try write(5, to: run)
            let path = "\(run)/decisions.jsonl"
            var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(
                String.init)
            switch edit {
            case "change": lines[place] = lines[place].replacing("\"accept\"", with: "\"restore\"")
            case "drop": lines.remove(at: place)
            case "swap": lines.swapAt(place, place + 1)
            case "repeat": lines.insert(lines[place], at: place)
            default: lines.insert(lines[place].replacing("\"d\(place)\"", with: "\"new\""), at: place)
            }
            try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
            #expect(throws: FindingsError.self) { try DecisionTrail(run: run, plan: Self.plan) }
        }
    }

    @Test func `decisions of another plan are told apart`() throws {
        try withRun { run in
            try write(1, to: run)
            let error = #expect(throws: FindingsError.self) {
                try DecisionTrail(run: run, plan: String(repeating: "cd", count: 32))
            }
            #expect(error?.message.contains("of another plan; carry it over by --decisions") ?? false)
        }
    }

    @Test func `a line whose write was interrupted is dropped`() throws {
        try withRun { run in
            try write(2, to: run)
            let path = "\(run)/decisions.jsonl"
            let file = try #require(FileHandle(forWritingAtPath: path))
            try file.seekToEnd()
            try file.write(contentsOf: Data("{\"schemaVersion\":1,\"dec".utf8))
            try file.close()
            #expect(try DecisionTrail(run: run, plan: Self.plan).hasTornLine)
            let writer = try DecisionWriter(run: run, plan: Self.plan)
            try writer.append(decision("d2"))
            #expect(
                try DecisionTrail(run: run, plan: Self.plan).decisions.map(\.decision) == ["d0", "d1", "d2"])
        }
    }

    @Test func `one writer at a time`() throws {
        try withRun { run in
            let writer = try DecisionWriter(run: run, plan: Self.plan)
            let error = #expect(throws: FindingsError.self) { try DecisionWriter(run: run, plan: Self.plan) }
            #expect(error?.code == .locked)
            try writer.append(decision("d0"))
        }
    }

    @Test func `a sign-off stands until the next decision`() throws {
        var trail = DecisionTrail(plan: Self.plan)
        _ = try trail.append(decision("d0"))
        _ = try trail.append(decision("d1", .signOff))
        #expect(trail.signOff?.decision == "d1")
        _ = try trail.append(decision("d2", .note))
        #expect(trail.signOff?.decision == "d1")
        _ = try trail.append(decision("d3"))
        #expect(trail.signOff == nil)
        var undo = decision("d4", .undo)
        undo.undoes = "d3"
        _ = try trail.append(undo)
        #expect(trail.signOff?.decision == "d1")
        undo.decision = "d5"
        undo.undoes = "d0"
        _ = try trail.append(undo)
        #expect(trail.signOff == nil)
    }
}
