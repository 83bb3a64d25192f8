import Corpus
import Findings
import TestSupport
import Testing

@testable import Review

/// What decisions come to: rows, slices, gates, progress.
@Suite struct ReviewSessionTests {
    private func withRun(
        _ clusters: [[Double]], overlaps: [Int] = [], _ body: (FakeRun) throws -> Void
    ) throws {
        let run = try FakeRun(clusters, overlaps: overlaps)
        defer { run.remove() }
        try body(run)
    }

    @Test func `accepting the rest leaves restored rows, and a restored row can go again`() throws {
        try withRun([[1, 1.1, 1.15]]) { run in
            let session = try run.session()
            try session.restore(cluster: 0, members: [1], reason: nil, note: nil)
            try session.accept(cluster: 0, note: nil)
            #expect(try session.reviewedPlan().restored.map(\.row) == [2])
            #expect(session.state.status(ofCluster: 0) == .changed)
            try session.accept(cluster: 0, members: [1], note: nil)
            #expect(try session.reviewedPlan().isEmpty)
            #expect(session.state.status(ofCluster: 0) == .accepted)
        }
    }

    @Test func `the last word on a finding holds`() throws {
        try withRun([[1, 1.1]], overlaps: [0]) { run in
            let session = try run.session()
            try session.decide(overlap: 0, .remove, reason: nil, note: nil)
            #expect(try session.reviewedPlan().added.count == 1)
            try session.decide(overlap: 0, .accept, reason: nil, note: nil)
            #expect(try session.reviewedPlan().isEmpty)
            try session.decide(overlap: 0, .retire, reason: nil, note: nil)
            try session.decide(overlap: 0, .dismiss, reason: nil, note: nil)
            #expect(session.state.retired.isEmpty)
            #expect(session.state.action(on: run.table.overlaps[0]) == .dismiss)
        }
    }

    @Test func `a clean duplicate takes the place of a row with an eval item, else the words say so`() throws
    {
        try withRun([[1, 1.05, 1.1]], overlaps: [0, 1]) { run in
            let session = try run.session()
            try session.decide(overlap: 0, .remove, reason: nil, note: nil)
            #expect(session.state.outcome(ofCluster: 0).keeper == 1)
        }
        try withRun([[1, 1.05]], overlaps: [0, 1]) { run in
            let words = try run.session().decide(overlap: 0, .remove, reason: nil, note: nil)
            #expect(words.contains("a.jsonl:1 takes its place and HOLDS AN EVAL ITEM TOO"), "\(words)")
        }
    }

    @Test func `a restored row comes back everywhere, and goes again when it is undone`() throws {
        try withRun([[1, 1.1, 1.15], [5, 5.02]]) { run in
            let session = try run.session()
            try session.restore(cluster: 0, members: [1], reason: "hard one", note: nil)
            var summary = try session.reviewedSummary()
            #expect(summary.rows.removed == 2 && summary.rows.kept == 3)
            #expect(summary.nearDuplicates.slices[2].removed == 0)
            #expect(session.state.status(ofCluster: 0) == .changed)
            #expect(try session.undo()?.action == .restore)
            summary = try session.reviewedSummary()
            #expect(summary.rows == run.summary.rows)
            #expect(summary.nearDuplicates.slices == run.summary.nearDuplicates.slices)
            #expect(session.state.status(ofCluster: 0) == .open)
        }
    }

    @Test func `an identical row that comes back is identical no more, in the gate of its shard too`() throws
    {
        let run = try FakeRun([[1, 1, 1]], kind: .identical)
        defer { run.remove() }
        let session = try run.session(run.scope(gates: [try Gate.maxDropPerSlice("shard=a.jsonl:0")]))
        try session.restore(cluster: 0, members: [1], reason: nil, note: nil)
        let summary = try session.reviewedSummary()
        let shard = try #require(summary.nearDuplicates.slices.last)
        #expect(shard.removed == 1 && shard.identical == 1)
        #expect(summary.gates.map(\.observed) == [0])
    }

    @Test func `a new keeper frees the rows that it does not reach`() throws {
        // The keeper 1.0 reaches all; the member 1.2 reaches the keeper and 1.1, not 0.85.
        try withRun([[1, 1.1, 1.2, 0.85]]) { run in
            let session = try run.session()
            let words = try session.makeKeeperSaying(cluster: 0, member: 1, reason: nil, note: nil)
            let outcome = session.state.outcome(ofCluster: 0)
            #expect(outcome.keeper == 1)
            #expect(outcome.removed.map(\.member) == [0, nil])
            #expect(outcome.freed == [2])
            #expect(words == "the row is the keeper now; 1 row that does not reach it goes back to kept")
            let plan = try session.reviewedPlan()
            #expect(plan.restored.map(\.row) == [2, 3])
            #expect(plan.restored.map(\.reason) == [.keeper, .freed])
            #expect(plan.added.map(\.row) == [0])
            let summary = try session.reviewedSummary()
            #expect(summary.rows.removed == 2 && summary.rows.kept == 2)
        }
    }

    @Test func `a keeper stays where slices are protected`() throws {
        try withRun([[1, 1.1]]) { run in
            for (slice, stays) in [("queue=q0", true), ("queue=q1", false)] {
                let session = try run.session(run.scope(protects: [SliceSelector(slice)]))
                try session.makeKeeper(cluster: 0, member: 0, reason: nil, note: nil)
                #expect((session.state.outcome(ofCluster: 0).formerKeeper == nil) == stays, "\(slice)")
                try session.undo()
            }
        }
    }

    @Test func `a row that leaves for an eval item takes its cluster along with a new keeper`() throws {
        try withRun([[1, 1.1, 1.15, 0.85]], overlaps: [0]) { run in
            let session = try run.session()
            try session.decide(overlap: 0, .remove, reason: nil, note: nil)
            let outcome = session.state.outcome(ofCluster: 0)
            #expect(outcome.keeper == 0)
            #expect(outcome.removed.map(\.member) == [1])
            #expect(outcome.freed == [2])
            let plan = try session.reviewedPlan()
            #expect(plan.added.map(\.row) == [0] && plan.added[0].rule == "overlap")
            let summary = try session.reviewedSummary()
            #expect(summary.evalOverlap?.sets[0].flaggedItems == 0)
            #expect(summary.evalOverlap?.sets[0].unflaggedItems == 1)
            #expect(summary.rows.in == summary.rows.kept + summary.rows.removed)
        }
    }

    @Test(arguments: [Decision.Action.dismiss, .retire])
    func `a finding that is none clears its item and its gate`(_ action: Decision.Action) throws {
        try withRun([[1, 1.1]], overlaps: [0, 1]) { run in
            let session = try run.session(run.scope(gates: [try Gate.maxOverlapItems("1")]))
            #expect(try session.reviewedSummary().gates[0].passed == false)
            try session.decide(overlap: 1, action, reason: nil, note: nil)
            #expect(try session.reviewedSummary().gates[0].passed)
        }
    }

    @Test func `a plan of overlaps keeps the row once its items are dismissed`() throws {
        try withRun([], overlaps: []) { run in
            let session = try run.session(run.scope(planned: [.verbatim]))
            #expect(try session.reviewedPlan().isEmpty)
        }
        try withRun([[1, 1.1]], overlaps: [0]) { run in
            let session = try run.session(run.scope(planned: [.verbatim]))
            try session.decide(overlap: 0, .dismiss, reason: nil, note: nil)
            #expect(try session.reviewedPlan().restored.map(\.row) == [0])
        }
    }

    @Test func `accepting by a filter takes open clusters alone, and is one line`() throws {
        try withRun([[1, 1.01], [3, 3.15], [5, 5.01, 5.02]]) { run in
            let session = try run.session()
            var filter = ReviewFilter()
            filter.similarity = 0.95
            try session.restore(cluster: 0, members: [], reason: nil, note: nil)
            #expect(try session.clusters(takenBy: filter) == [2])
            var wrong = filter
            wrong.kind = "nearly"
            #expect(throws: ReviewError.self) { try session.clusters(takenBy: wrong) }
            #expect(try session.acceptAll(filter, reason: nil) == 1)
            #expect(session.state.status(ofCluster: 0) == .changed)
            #expect(session.state.status(ofCluster: 1) == .open)
            #expect(session.state.status(ofCluster: 2) == .accepted)
            #expect(throws: ReviewError.emptyFilter) { try session.acceptAll(ReviewFilter(), reason: nil) }
        }
    }

    @Test func `a session is what its trail says when it is opened again`() throws {
        try withRun([[1, 1.1, 1.2, 0.85], [5, 5.02], [7, 7.1]], overlaps: [0, 4]) { run in
            var figures: [RunSummary] = []
            do {
                let session = try run.session()
                try session.makeKeeper(cluster: 0, member: 1, reason: nil, note: nil)
                try session.restore(cluster: 2, members: [], reason: nil, note: nil)
                try session.decide(overlap: 1, .remove, reason: nil, note: nil)
                try session.accept(cluster: 1, note: "fine")
                figures.append(try session.reviewedSummary())
            }
            let again = try run.session()
            #expect(try again.reviewedSummary() == figures[0])
            #expect(again.state.status(ofCluster: 1) == .accepted)
        }
    }

    @Test func `an undo takes back nothing of another reviewer's`() throws {
        try withRun([[1, 1.1]]) { run in
            do { try run.session(reviewer: "anna").accept(cluster: 0, note: nil) }
            #expect(try run.session(reviewer: "ben").undo() == nil)
        }
    }

    @Test func `the riskiest cluster comes first, copies alone last`() throws {
        try withRun([[1, 1], [3, 3.19], [5, 5.05]]) { run in
            let session = try run.session()
            #expect(session.order == [1, 2, 0])
        }
    }

    @Test func `the way leads through open clusters and slices in danger`() throws {
        try withRun([[1, 1.1], [3, 3.1], [5, 5.1]]) { run in
            let session = try run.session()
            #expect(session.nextOpen(after: -1) == 0)
            try session.accept(cluster: Int(session.order[0]), note: nil)
            #expect(session.nextOpen(after: 2) == 1)
            #expect(session.nextInDanger(after: nil) != nil)
            for cluster in 0..<3 { try session.accept(cluster: cluster, note: nil) }
            #expect(session.nextOpen(after: 0) == nil && session.nextInDanger(after: nil) == nil)
        }
    }

    @Test func `an audit counts what was drawn, and a sign-off takes its figure along`() throws {
        try withRun((0..<50).map { [Double($0 * 3), Double($0 * 3) + 0.1] }) { run in
            let session = try run.session(audit: 10)
            #expect(session.order.count == 10)
            for cluster in session.order.dropLast() { try session.accept(cluster: Int(cluster), note: nil) }
            try session.restore(cluster: Int(session.order[9]), members: [], reason: nil, note: nil)
            let figure = try #require(session.auditFigure)
            #expect(figure.audited == 10 && figure.wrong == 1 && figure.clusters == 50)
            try session.signOff("looked at ten")
            #expect(session.trail.signOff?.figure == figure)
            #expect(session.trail.decisions.filter { $0.audit == 10 }.count == 10)
            #expect(throws: ReviewError.noStatement) { try session.signOff("  ") }
        }
    }

    /// Whatever is decided in whatever order: rows add up, each removed row reaches a keeper that stays, live figures
    /// are those of a fresh start.
    @Test(arguments: 0..<40) func `the promise holds for any decisions`(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let clusters = (0..<6).map { cluster in
            let base = Double(cluster * 10)
            return [base]
                + (0..<(1 + random.below(6))).map { _ in base - 0.19 + Double(random.below(381)) / 1000 }
        }
        let rows = clusters.reduce(0) { $0 + $1.count }
        try withRun(clusters, overlaps: (0..<4).map { _ in random.below(rows) }) { run in
            let session = try run.session()
            for _ in 0..<30 {
                let cluster = random.below(clusters.count)
                let members = run.table.members(ofCluster: cluster).map { Int($0) }
                let member = members[random.below(members.count)]
                switch random.below(7) {
                case 0:
                    try session.accept(
                        cluster: cluster, members: random.chance(50) ? [member] : [], note: nil)
                case 1: try session.restore(cluster: cluster, members: [member], reason: nil, note: nil)
                case 2, 3: try session.makeKeeper(cluster: cluster, member: member, reason: nil, note: nil)
                case 4: try session.decide(overlap: random.below(4), .remove, reason: nil, note: nil)
                case 5:
                    let action = [Decision.Action.dismiss, .retire, .accept][random.below(3)]
                    try session.decide(overlap: random.below(4), action, reason: nil, note: nil)
                default: try session.undo()
                }
                try check(session, run)
            }
        }
    }

    private func check(_ session: ReviewSession, _ run: FakeRun) throws {
        let plan = try session.reviewedPlan()
        var gone = Set(run.table.removals.map(\.row))
        for row in plan.restored { #expect(gone.remove(row.row) != nil) }
        for row in plan.added { #expect(gone.insert(row.row).inserted) }
        let summary = try session.reviewedSummary()
        #expect(summary.rows.removed == gone.count)
        #expect(summary.rows.kept == summary.rows.in - gone.count)
        for (place, slice) in summary.nearDuplicates.slices.enumerated() {
            #expect(slice.removed == gone.count { $0 % 3 == place }, "slice \(place)")
        }
        for cluster in run.table.clusters.indices {
            let outcome = session.state.outcome(ofCluster: cluster)
            let keeper = session.state.row(outcome.keeper, in: cluster)
            for removal in outcome.removed {
                let found = try run.rows.similarity(
                    of: session.state.row(removal.member, in: cluster), to: keeper)
                #expect(found.map { abs($0 - removal.similarity) < 1e-9 } ?? false)
                #expect(!gone.contains(keeper.row))
            }
        }
        let fresh = try ReviewSession(
            reading: session.scope, table: run.table, rows: run.rows, trail: session.trail)
        #expect(try fresh.reviewedSummary() == summary)
        #expect(fresh.board.lines == session.board.lines)
    }
}
