import Foundation
import TestSupport
import Testing

/// `assay review` on a terminal, and what `apply`, `gate`, `verify` and `report` make of its decisions.
@Suite struct ReviewTests {
    /// A scanned corpus of clusters of copies and one of near duplicates, whose keeper stands in `e.jsonl`.
    private func withRun(_ body: (SmallCorpus) throws -> Void) throws {
        let corpus = try SmallCorpus()
        defer { corpus.remove() }
        let near = SmallCorpus.row(7).replacingOccurrences(of: "caf\\u00e9", with: "caf\\u00e9 again")
        try corpus.write("e.jsonl", near + "\n")
        let scanned = try corpus.scan(["--max-drop", "1"])
        try #require(scanned.status == 0, "\(scanned.both)")
        try body(corpus)
    }

    private func review(_ corpus: SmallCorpus, _ keys: String, _ options: [String] = []) throws
        -> CommandRunner.Outcome
    {
        try CommandRunner.assay(
            ["review", corpus.run, "--terminal", "--reviewer", "anna"] + options, input: Array(keys.utf8))
    }

    @Test func `a restored row is written, counted and verified`() throws {
        try withRun { corpus in
            let shown = try review(corpus, "rq")
            #expect(shown.status == 0, "\(shown.both)")
            #expect(shown.text.contains("the row stays"), "\(shown.text)")
            #expect(shown.text.contains("{+") || shown.text.contains("[-"), "\(shown.text)")
            let applied = try corpus.apply()
            #expect(applied.status == 0, "\(applied.both)")
            #expect(
                applied.text.contains("decisions: 1 decision of anna\n  1 row restored\n  not signed off"))
            #expect(try corpus.written("sub/c.jsonl.zst").contains("\"r7\""))
            let verified = try CommandRunner.assay(["verify", corpus.run, "--against", corpus.out, "--quiet"])
            #expect(verified.status == 0, "\(verified.both)")
            #expect(verified.text.contains("decisions: 1 decision, an unbroken chain"))
            let explained = try CommandRunner.assay(["explain", corpus.run, "sub/c.jsonl.zst:2"])
            #expect(
                explained.text.contains("STAYS by a reviewer's decision; the plan removes it (rule near)"),
                "\(explained.both)")
            #expect(explained.text.contains("decision    restore by anna"))
            let page = try CommandRunner.assay(["report", corpus.run, "-o", "-"])
            #expect(
                page.text.contains("Who decided what") && page.text.contains("<td>restore</td>"),
                "\(page.errorText)")
            let gate = try CommandRunner.assay(["gate", corpus.run, "--max-drop", "0.01"])
            #expect(gate.text.contains("decisions: 1 decision of anna"), "\(gate.text)")
        }
    }

    @Test func `a new keeper is written and its former keeper is not`() throws {
        try withRun { corpus in
            let shown = try review(corpus, "kq")
            #expect(shown.text.contains("the row is the keeper now"), "\(shown.text)")
            let applied = try corpus.apply()
            #expect(
                applied.text.contains("1 row made keeper, 1 former keeper removed for another"),
                "\(applied.both)")
            #expect(try corpus.written("sub/c.jsonl.zst").contains("\"r7\""))
            #expect(try corpus.written("e.jsonl").isEmpty)
            #expect(
                try CommandRunner.assay(["verify", corpus.run, "--against", corpus.out, "--quiet"]).status
                    == 0)
        }
    }

    @Test func `decisions outlive the session, and undo takes the last one back`() throws {
        try withRun { corpus in
            _ = try review(corpus, "rq")
            let again = try review(corpus, "?uq")
            #expect(again.text.contains("taken back: restore"), "\(again.text)")
            #expect(try corpus.apply().text.contains("as planned"))
        }
    }

    @Test func `apply asks for a sign-off, and a decision after it asks for another`() throws {
        try withRun { corpus in
            let refused = try corpus.apply(["--require-sign-off"])
            #expect(
                refused.status == 2 && refused.errorText.contains("nobody has signed off"), "\(refused.both)")
            let signed = try CommandRunner.assay([
                "review", corpus.run, "--sign-off", "looked at all", "--reviewer", "anna", "--audit", "3",
            ])
            #expect(
                signed.status == 0 && signed.text.contains("no audit: --audit N draws clusters"),
                "\(signed.both)")
            _ = try review(corpus, "aq")
            let stale = try corpus.apply(["--require-sign-off"])
            #expect(stale.errorText.contains("decisions were made after the last sign-off"), "\(stale.both)")
            _ = try review(corpus, "Slooked at all again\nq")
            let applied = try corpus.apply(["--require-sign-off"])
            #expect(applied.status == 0, "\(applied.both)")
            #expect(applied.text.contains("signed off by anna"))
        }
    }

    @Test func `an edited trail stops apply, gate and review, and verify finds it`() throws {
        try withRun { corpus in
            _ = try review(corpus, "raq")
            let path = "\(corpus.run)/decisions.jsonl"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try text.replacing("\"restore\"", with: "\"accept\"").write(
                toFile: path, atomically: true, encoding: .utf8)
            for command in [
                ["apply", corpus.run, "--out", corpus.out], ["gate", corpus.run], ["review", corpus.run],
            ] {
                let outcome = try CommandRunner.assay(command)
                #expect(
                    outcome.status == 2 && outcome.errorText.contains("the trail was edited"),
                    "\(outcome.both)")
            }
            let verified = try CommandRunner.assay(["verify", corpus.run, "--quiet"])
            #expect(verified.status == 1 && verified.text.contains("DIFFERS decisions"), "\(verified.both)")
        }
    }

    @Test func `a row restored this month stays restored in the next run`() throws {
        try withRun { corpus in
            _ = try review(corpus, "rq")
            let trail = "\(corpus.folder.path)/old.jsonl"
            try FileManager.default.copyItem(atPath: "\(corpus.run)/decisions.jsonl", toPath: trail)
            try corpus.write("f.jsonl", SmallCorpus.row(8) + "\n")
            let next = "\(corpus.folder.path)/next"
            _ = try CommandRunner.assay([
                "dedup", corpus.train, "--keeper", "first", "--max-drop", "1", "--out", next, "--quiet",
            ])
            let applied = try CommandRunner.assay([
                "apply", next, "--out", corpus.out, "--decisions", trail, "--quiet",
            ])
            #expect(applied.status == 0, "\(applied.both)")
            #expect(applied.text.contains("1 decision carried over"), "\(applied.text)")
            #expect(try corpus.written("sub/c.jsonl.zst").contains("\"r7\""))
            let carried = try CommandRunner.assay(
                ["review", next, "--decisions", trail, "--terminal"], input: Array("q".utf8))
            #expect(carried.text.contains("1 decision carried over"), "\(carried.both)")
            let twice = try CommandRunner.assay(
                ["review", next, "--decisions", trail, "--terminal"], input: Array("q".utf8))
            #expect(twice.text.contains("0 decisions carried over"), "\(twice.both)")
            let stricter = "\(corpus.folder.path)/stricter"
            _ = try CommandRunner.assay([
                "dedup", corpus.train, "--keeper", "first", "--max-drop", "1", "--threshold", "0.75", "--out",
                stricter,
                "--quiet",
            ])
            let stale = try CommandRunner.assay(["gate", stricter, "--decisions", trail])
            #expect(stale.text.contains("1 decision stale, not carried over"), "\(stale.both)")
            #expect(stale.text.contains("made under threshold 0.8"))
        }
    }

    @Test func `a run that holds decisions is never replaced`() throws {
        try withRun { corpus in
            _ = try review(corpus, "aq")
            let outcome = try corpus.scan(["--force"])
            #expect(
                outcome.status == 2 && outcome.errorText.contains("holds reviewers' decisions"),
                "\(outcome.both)")
        }
    }

    @Test func `wrong use is told`() throws {
        try withRun { corpus in
            for (options, message) in [
                (["--audit", "0"], "--audit takes"), (["--port", "70000"], "--port takes"),
                (["--terminal", "--port", "8000"], "leave out --port"),
                (["--sign-off", " "], "needs a statement"),
                (["--decisions", "none.jsonl"], "none.jsonl"),
            ] {
                let outcome = try CommandRunner.assay(["review", corpus.run] + options)
                #expect(outcome.status == 2 && outcome.errorText.contains(message), "\(outcome.both)")
            }
            let profile = "\(corpus.folder.path)/profile"
            _ = try CommandRunner.assay(["profile", corpus.train, "--out", profile, "--quiet"])
            let outcome = try CommandRunner.assay(["review", profile])
            #expect(
                outcome.status == 2 && outcome.errorText.contains("a run of profile plans nothing"),
                "\(outcome.both)")
        }
    }

    @Test func `without stored text the rows are read from their shards`() throws {
        try withRun { corpus in
            _ = try corpus.scan(["--max-drop", "1", "--no-raw", "--force"])
            let shown = try review(corpus, "kq")
            #expect(shown.text.contains("the row is the keeper now"), "\(shown.both)")
            #expect(try corpus.apply().status == 0)
        }
    }
}
