import Findings
import TestSupport
import Testing

@testable import Review

/// Decisions of an earlier run on a later one.
@Suite struct DecisionCarrierTests {
    private func carry(
        _ run: FakeRun, _ scope: ReviewScope? = nil, known: Set<String> = [],
        _ decide: (ReviewSession) throws -> Void
    ) throws -> DecisionCarrier {
        let earlier = try run.session()
        try decide(earlier)
        return try DecisionCarrier(
            earlier.trail, to: scope ?? run.scope(), run.table, run.rows, known: known, makeID: { "new" },
            time: "2026-02-03T00:00:00Z")
    }

    private func withRun(_ body: (FakeRun) throws -> Void) throws {
        let run = try FakeRun([[1, 1.1, 1.15], [5, 5.02]], overlaps: [0])
        defer { run.remove() }
        try body(run)
    }

    @Test func `a restored row stays restored, by its text`() throws {
        try withRun { run in
            let carrier = try carry(run) {
                try $0.restore(cluster: 0, members: [1], reason: "hard", note: nil)
                try $0.accept(cluster: 1, note: nil)
            }
            #expect(carrier.carried.count == 1 && carrier.stale.isEmpty && carrier.unused.isEmpty)
            #expect(carrier.carried[0].rows?.map(\.ordinal) == [2])
            #expect(carrier.carried[0].reason == "hard" && carrier.carried[0].carriedFrom != nil)
            var trail = DecisionTrail(plan: FakeRun.plan)
            for decision in carrier.carried { _ = try trail.append(decision) }
            let later = try ReviewSession(
                reading: run.scope(), table: run.table, rows: run.rows, trail: trail)
            #expect(try later.reviewedPlan().restored.map(\.row) == [2])
        }
    }

    @Test func `what was overridden is not carried`() throws {
        try withRun { run in
            let carrier = try carry(run) {
                try $0.restore(cluster: 0, members: [0, 1], reason: nil, note: nil)
                try $0.accept(cluster: 0, members: [1], note: nil)
                try $0.decide(overlap: 0, .remove, reason: nil, note: nil)
                try $0.decide(overlap: 0, .accept, reason: nil, note: nil)
            }
            #expect(carrier.carried.map(\.action) == [.restore])
            #expect(carrier.carried[0].rows?.map(\.ordinal) == [1])
            #expect(carrier.ofPlanAlone == 2)
        }
    }

    @Test func `another threshold or normal form makes it stale`() throws {
        try withRun { run in
            var scope = run.scope()
            scope.summary.nearDuplicates.threshold = 0.9
            var carrier = try carry(run, scope) {
                try $0.restore(cluster: 0, members: [1], reason: nil, note: nil)
                try $0.decide(overlap: 0, .dismiss, reason: nil, note: nil)
            }
            #expect(carrier.stale.map(\.reason) == ["made under threshold 0.8"])
            #expect(carrier.carried.map(\.action) == [.dismiss])
            scope = run.scope()
            scope.normalForm = "another"
            carrier = try carry(run, scope) { _ in }
            #expect(carrier.carried.isEmpty && carrier.stale.count == 2)
        }
    }

    @Test func `what the run does not remove is unused, and nothing is carried twice`() throws {
        try withRun { run in
            let other = try FakeRun([[20, 20.1]])
            defer { other.remove() }
            let session = try run.session()
            try session.restore(cluster: 1, members: [], reason: nil, note: nil)
            try session.decide(overlap: 0, .retire, reason: nil, note: nil)
            let carrier = try DecisionCarrier(
                session.trail, to: other.scope(), other.table, other.rows, known: [], makeID: { "new" },
                time: "")
            #expect(carrier.carried.isEmpty && carrier.unused.count == 2)
            let known = Set(session.trail.decisions.map(\.decision))
            let again = try DecisionCarrier(
                session.trail, to: run.scope(), run.table, run.rows, known: known, makeID: { "new" }, time: ""
            )
            #expect(again.carried.isEmpty && again.unused.isEmpty)
        }
    }
}
