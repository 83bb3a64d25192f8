import ArgumentParser
import Findings
import Reporting
import Review

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract:
            "Look at what a run would remove, and decide: accept, restore, make another row the keeper.",
        discussion: """
            Serves a page on 127.0.0.1 for one reviewer at a time, or the same on the terminal (--terminal). Clusters \
            come by risk: text lost x rarity of the slice x unlikeness. The keys are listed by ?. Every decision is \
            appended to decisions.jsonl in the run at once, and assay apply carries it out; nothing is deleted. The \
            page shows the text of rows.

            A queue by risk estimates nothing: --audit 200 draws clusters at random instead, and ends with an upper \
            limit on the share of wrong ones. --sign-off records who answers for the run as it is decided.

            --decisions takes the decisions of an earlier run: those on texts that this run removes too are carried \
            over; stale and unused ones are listed, and never applied silently.

            Example: assay review assay-runs/dedup-train
            Example: assay review assay-runs/dedup-train --audit 200 --terminal
            Example: assay review assay-runs/dedup-train --sign-off "looked at every refund cluster"
            """)

    @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
    var folder: String

    @Flag(help: "On this terminal instead of a page: same keys, same decisions.")
    var terminal = false

    @Option(
        help: ArgumentHelp("Clusters to draw at random and look at, instead of all by risk.", valueName: "n"))
    var audit: Int?

    @Option(help: ArgumentHelp("Sign the run off with this statement, and end.", valueName: "statement"))
    var signOff: String?

    @Option(help: ArgumentHelp("Decisions of an earlier run to carry over.", valueName: "file"))
    var decisions: String?

    @Option(help: ArgumentHelp("Who decides (default: the user's login).", valueName: "name"))
    var reviewer: String?

    @Option(help: "The page's port on 127.0.0.1 (default: a free one).")
    var port: Int?

    func validate() throws {
        if let audit, audit < 1 { throw ValidationError("--audit takes a number of clusters from 1 on.") }
        if let port, !(1...65_535).contains(port) {
            throw ValidationError("--port takes a number from 1 to 65535.")
        }
        if terminal, port != nil { throw ValidationError("--terminal serves no page: leave out --port.") }
        if let reviewer, reviewer.allSatisfy(\.isWhitespace) || reviewer.utf8.count > 200 {
            throw ValidationError("--reviewer takes a name of at most 200 bytes.")
        }
    }

    func run() throws {
        let run = try StoredRun(folder)
        let scope = try ReviewScope(run)
        for file in [RunFile.plan, .store] { try run.check(file) }
        let store = try RunStore(run: run.path)
        let table = try ReviewTable(store)
        let rows = try RunRows(run: run, store: store)
        let session = try ReviewSession(
            scope, table: table, rows: rows, writer: DecisionWriter(run: run.path, plan: scope.plan),
            reviewer: reviewer ?? ReviewClock.reviewer(), auditSize: audit, clock: ProcessFacts.now,
            makeID: ReviewClock.makeID)
        if let decisions { try carry(decisions, to: session, table, rows) }
        if let signOff {
            try session.signOff(signOff)
            let figure = session.trail.signOff?.figure?.description
            Output.print(
                "signed off by \(TerminalText.sanitized(session.reviewer)): \(session.progress.description); "
                    + (figure ?? "no audit: --audit N draws clusters and gives an upper limit of wrong ones"))
            return
        }
        if audit != nil, table.clusters.isEmpty {
            throw UsageError("--audit: \(folder) has no clusters of duplicates to draw from")
        }
        guard !table.clusters.isEmpty || !table.overlaps.isEmpty else {
            Output.print("nothing to decide: the run removes no row and found no eval item")
            return
        }
        if terminal {
            try TerminalReview(session).run()
        } else {
            try PageReview.run(session, port: port, run: run.path)
        }
    }

    private func carry(_ path: String, to session: ReviewSession, _ table: ReviewTable, _ rows: RunRows)
        throws
    {
        let carrier = try DecisionCarrier(
            DecisionTrail(path: path), to: session.scope, table, rows,
            known: Set(session.trail.decisions.compactMap(\.carriedFrom)), makeID: ReviewClock.makeID,
            time: ProcessFacts.now())
        try session.carry(carrier.carried)
        for line in CarriedDecisions.lines(carrier) { Output.print(line) }
    }
}
