import Corpus
import Findings
import Review

/// A finished run with its reviewers' decisions.
struct ReviewedRun {
    let run: StoredRun
    let trail: DecisionTrail
    let table: ReviewTable
    let rows: RunRows
    let scope: ReviewScope
    /// What the decisions come to.
    let session: ReviewSession
    /// Decisions of an earlier run that were not carried over, a line each.
    private(set) var leftovers: [String] = []

    /// - Returns: `nil` for a run without decisions.
    /// - Throws: `FindingsError`, also for a trail that was edited; `UsageError`.
    /// - Complexity: O(removed rows + decisions).
    init?(_ run: StoredRun) throws {
        let trail = try DecisionTrail(run: run.path, plan: run.planDigest)
        guard !trail.decisions.isEmpty else { return nil }
        try self.init(run, trail: trail)
    }

    /// A run with its own decisions, or with those of an earlier run that hold on it.
    ///
    /// - Parameter decisions: the earlier run's trail.
    /// - Returns: `nil` without decisions.
    static func find(_ run: StoredRun, decisions: String?) throws -> ReviewedRun? {
        guard let decisions else { return try ReviewedRun(run) }
        let earlier = try ReviewedRun(run, trail: DecisionTrail(plan: run.planDigest))
        let carrier = try DecisionCarrier(
            DecisionTrail(path: decisions), to: earlier.scope, earlier.table, earlier.rows, known: [],
            makeID: ReviewClock.makeID, time: ProcessFacts.now())
        var trail = DecisionTrail(plan: run.planDigest)
        for decision in carrier.carried { _ = try trail.append(decision) }
        var reviewed = try ReviewedRun(run, trail: trail)
        reviewed.leftovers = CarriedDecisions.lines(carrier)
        return reviewed
    }

    /// A run with any trail that is made for it.
    init(_ run: StoredRun, trail: DecisionTrail) throws {
        self.run = run
        self.trail = trail
        let store = try RunStore(run: run.path)
        table = try ReviewTable(store)
        rows = try RunRows(run: run, store: store)
        scope = try ReviewScope(run)
        session = try ReviewSession(reading: scope, table: table, rows: rows, trail: trail)
    }
}

extension StoredRun {
    /// SHA-256 of the plan.
    var planDigest: String { manifest.digest(of: .plan)?.sha256 ?? "" }
}

extension ReviewScope {
    /// - Throws: `UsageError` for a run that plans nothing; `FindingsError`.
    init(_ run: StoredRun) throws {
        guard run.manifest.digest(of: .plan) != nil, !["profile", "compare"].contains(run.manifest.command)
        else {
            throw UsageError(
                "\(run.path): a run of \(run.manifest.command) plans nothing, so there is nothing to decide")
        }
        var planned = Set<OverlapVerdict>()
        if run.manifest.command == "overlap", case .array(let names)? = run.setting("plan") {
            planned = Set(names.compactMap { $0.string.flatMap { OverlapVerdict(name: $0) } })
        }
        var protected: [SliceSelector] = []
        if case .array(let slices)? = run.setting("protect") {
            protected = slices.compactMap { $0.string.map { SliceSelector($0) } }
        }
        let unicode = run.manifest.components.first { $0.name == "Unicode" }?.version ?? "?"
        self.init(
            summary: run.summary, command: run.manifest.command, plan: run.planDigest,
            normalForm: "NFKC, full case folding, Unicode \(unicode)", plannedVerdicts: planned,
            protected: protected, gates: try run.gates())
    }
}
