import Testing

@testable import Findings

@Suite struct RunDifferencesTests {
    private typealias Figures = LanguageProfileFigures

    // MARK: Rates

    private func rate(_ hits: Int, of count: Int) -> RateDifference.Rate {
        // Wilson's interval, independent of the program's own.
        let z = 1.959964, n = Double(count), share = Double(hits) / n
        let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
        return rate(share, max(0, centre - half), min(1, centre + half), hits, count)
    }

    private func rate(
        _ share: Double, _ low: Double, _ high: Double, _ hits: Int = 1, _ count: Int = 10
    ) -> RateDifference.Rate {
        var rate = RateDifference.Rate()
        (rate.rate, rate.low, rate.high, rate.hits, rate.of) = (share, low, high, hits, count)
        return rate
    }

    /// Newcombe 1998, table II, method 10, of p1 - p2.
    @Test(arguments: [
        (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775), (10, 10, 0, 10, 0.6075, 1.0),
    ])
    func `the interval of a difference is the published one`(
        _ first: Int, _ firstOf: Int, _ second: Int, _ secondOf: Int, _ low: Double, _ high: Double
    ) {
        let difference = RateDifference(before: rate(second, of: secondOf), after: rate(first, of: firstOf))
        #expect(abs(difference.low - low) < 0.0001 && abs(difference.high - high) < 0.0001)
        let turned = RateDifference(before: rate(first, of: firstOf), after: rate(second, of: secondOf))
        #expect(turned.low == -difference.high && turned.high == -difference.low)
        #expect(turned.effect == -difference.effect && abs(turned.p - difference.p) < 1e-12)
    }

    @Test func `what tells two rates apart is named`() {
        let apart = RateDifference(before: rate(0.003, 0.002, 0.005), after: rate(0.061, 0.04, 0.09))
        #expect(apart.basis == .intervals && apart.p < 0.005 && apart.low > 0)
        let touching = RateDifference(before: rate(0.1, 0.08, 0.13), after: rate(0.15, 0.12, 0.18))
        #expect(touching.basis == .difference && touching.p < 0.05 && touching.p > 0.005)
        let near = RateDifference(before: rate(0.1, 0.05, 0.2), after: rate(0.15, 0.1, 0.2))
        #expect(near.basis == nil && near.p > 0.05)
        let same = RateDifference(before: rate(0, 0, 0), after: rate(0, 0, 0))
        #expect(same.basis == nil && same.p == 1 && same.effect == 0)
        // The ends that face one another decide, whichever way the rate goes.
        let oneSided = RateDifference(before: rate(0.1, 0.0, 0.11), after: rate(0.15, 0.14, 0.9))
        #expect(oneSided.basis == .intervals && oneSided.p < 0.005)
    }

    @Test func `none of few authors is told from what all of them took up, not from one author's habit`() {
        // None of twelve authors: to 29 %.
        let none = rate(0, 0, 0.29, 0, 2093)
        let all = RateDifference(before: none, after: rate(0.199, 0.182, 0.217, 416, 2093), sharesUnits: true)
        #expect(all.basis == .difference && all.p < 1e-6 && all.low > 0.17)
        let back = RateDifference(
            before: rate(0.199, 0.182, 0.217, 416, 2093), after: none, sharesUnits: true)
        #expect(back.low == -all.high && back.high == -all.low && back.p == all.p)
        let one = RateDifference(before: none, after: rate(0.083, 0.004, 0.67, 174, 2093), sharesUnits: true)
        #expect(one.basis == nil && one.p > 0.05)
        // All of them, and fewer.
        let fewer = RateDifference(
            before: rate(1, 0.71, 1, 2093, 2093), after: rate(0.801, 0.783, 0.818, 1677, 2093),
            sharesUnits: true)
        #expect(fewer.basis == .difference && fewer.high < -0.17)
        // Fewer turns than the other has show no more than they can.
        let small = RateDifference(
            before: rate(0, of: 20), after: rate(0.199, 0.182, 0.217, 416, 2093), sharesUnits: true)
        #expect(small.low < 0.06)
        // Of two such rates nothing shows how alike a unit's turns are.
        let both = RateDifference(before: none, after: rate(1, 0.71, 1, 2093, 2093), sharesUnits: true)
        // Copies of one row are no authors.
        #expect(RateDifference(before: none, after: rate(0.199, 0.182, 0.217, 416, 2093)).basis == nil)
        #expect(abs(both.low - (1 - (0.29 * 0.29 * 2).squareRoot())) < 1e-12)
    }

    @Test func `p-values are adjusted for their number`() {
        let q = RateDifference.adjusted([0.03, 0.01, 0.5, 0.02])
        #expect(zip(q, [0.04, 0.04, 0.5, 0.04]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(RateDifference.adjusted([]).isEmpty)
    }

    // MARK: Runs

    private func feature(
        _ id: String, _ rates: [(role: String, rate: RateDifference.Rate)], category: String = "habit"
    ) -> LanguageProfileFigures.Feature {
        var feature = Figures.Feature()
        (feature.id, feature.category) = (id, category)
        feature.roles = rates.map { role, rate in
            var own = Figures.FeatureRate()
            (own.role, own.hits, own.turns) = (role, rate.hits, rate.of)
            (own.rate, own.low, own.high) = (rate.rate, rate.low, rate.high)
            return own
        }
        return feature
    }

    private func form(_ wrong: String, _ hits: Int, _ count: Int) -> LanguageProfileFigures.Misspelling {
        var form = Figures.Misspelling()
        (form.wrong, form.right, form.kind) = (wrong, wrong + "!", "listed")
        form.clusters = 2
        (form.wrongRows, form.rightRows) = (hits, count - hits)
        let rate = rate(hits, of: count)
        (form.rate, form.low, form.high) = (rate.rate, rate.low, rate.high)
        return form
    }

    private func run(
        _ figures: LanguageProfileFigures? = nil, path: String = "run", command: String = "scan",
        settings: [String: JSONValue] = ["threshold": .decimal(0.8)],
        _ change: (inout RunSummary) -> Void = { _ in }
    ) -> (path: String, manifest: RunManifest, summary: RunSummary) {
        var manifest = RunManifest()
        (manifest.command, manifest.configuration) = (command, .object(settings))
        var summary = RunSummary()
        summary.languageProfile = figures
        change(&summary)
        return (path, manifest, summary)
    }

    private func profile(_ change: (inout LanguageProfileFigures) -> Void) -> LanguageProfileFigures {
        var figures = Figures()
        figures.unit = "cluster"
        var length = Figures.Length()
        (length.role, length.turns) = ("assistant", 1000)
        figures.lengths = [length]
        change(&figures)
        return figures
    }

    @Test func `habits stand by effect, and what no turn has is a rate of zero`() throws {
        let zero = rate(0, 0, 0.004, 0, 1000)
        let old = profile {
            $0.features = [
                feature("steady", [("assistant", rate(500, of: 1000))]),
                feature("apology", [("assistant", rate(3, of: 1000)), ("user", rate(9, of: 900))]),
                feature("gone", [("assistant", rate(40, of: 1000))]), feature("never", [("assistant", zero)]),
                feature("mojibake", [("assistant", rate(2, of: 1000))], category: "unicode"),
            ]
        }
        let new = profile {
            $0.features = [
                feature("steady", [("assistant", rate(505, of: 1000))]),
                feature("apology", [("assistant", rate(61, of: 1000))]),
                feature("never", [("assistant", zero)]),
            ]
        }
        let differences = RunDifferences(before: run(old), after: run(new))
        #expect(differences.habits.map(\.id) == ["gone", "apology"])
        #expect(differences.habits.allSatisfy { $0.difference.basis == .intervals && $0.role == "assistant" })
        let gone = try #require(differences.habits.first).difference
        #expect(gone.after.hits == 0 && gone.after.of == 1000 && gone.after.high == 0.004)
        #expect(differences.habits[1].difference.before.rate == 0.003)
        // Two turns of 1,000 are no rate that differs; that they are gone is told all the same.
        #expect(differences.characters.map(\.id) == ["mojibake"])
        #expect(differences.characters[0].difference.basis == nil)
        #expect(differences.uncompared == ["user apology"])
        #expect(differences.comparedRates == 4)
        let turned = RunDifferences(before: run(new), after: run(old))
        #expect(turned.habits.map(\.id) == ["gone", "apology"])
        #expect(RunDifferences(before: run(old), after: run(old)).isEmpty)
    }

    @Test func `with other pattern lists a missing feature is no zero`() {
        let old = profile {
            $0.lists = ["patterns"]
            $0.features = [
                feature("own", [("assistant", rate(40, of: 1000))]),
                feature("apology", [("assistant", rate(3, of: 1000))]),
            ]
        }
        let new = profile {
            $0.lists = ["patterns"]
            $0.features = [feature("apology", [("assistant", rate(3, of: 1000))])]
        }
        var (first, second) = (run(old), run(new))
        first.manifest.components = [.init(name: "patterns", version: "aa")]
        second.manifest.components = [.init(name: "patterns", version: "bb")]
        let differences = RunDifferences(before: first, after: second)
        #expect(differences.habits.isEmpty && differences.uncompared == ["assistant own"])
        #expect(differences.settings == [.init(name: "patterns", before: "\"aa\"", after: "\"bb\"")])
    }

    @Test func `forms come, go and change`() {
        let old = profile {
            $0.misspellings = [form("recieve", 2, 400), form("seperate", 10, 100), form("teh", 5, 50)]
            $0.forms = ["listed": 3]
        }
        var new = profile {
            $0.misspellings = [form("recieve", 80, 400), form("seperate", 11, 100)]
            $0.entrenched = [form("sumarised", 30, 30)]
            $0.forms = ["listed": 2, "entrenched": 1]
        }
        new.entrenched[0].clusters = 1
        let changes = RunDifferences(before: run(old), after: run(new)).misspellings
        #expect(changes.map(\.wrong) == ["recieve", "teh", "sumarised"])
        #expect(changes.map(\.status) == [.changed, .went, .came])
        #expect(changes[0].difference?.basis == .intervals)
        // A run that lists only its foremost forms says nothing of the others.
        var cut = new
        cut.forms = ["listed": 300]
        let listed = RunDifferences(before: run(old), after: run(cut)).misspellings
        #expect(listed.map(\.status) == [.changed, .left, .came])
        #expect(
            RunDifferences(before: run(cut), after: run(old)).misspellings.map(\.status)
                == [.changed, .entered, .went])
    }

    private func loss(_ value: String, _ before: Int, _ removed: Int, field: String = "queue")
        -> RunSummary.SliceLoss
    {
        var loss = RunSummary.SliceLoss()
        (loss.field, loss.value, loss.before, loss.removed) = (field, value, before, removed)
        loss.after = before - removed
        return loss
    }

    @Test func `rows, removed rows, slices and eval items are counted out`() throws {
        let old = run {
            ($0.rows.in, $0.rows.kept, $0.rows.removed) = (100, 90, 10)
            ($0.nearDuplicates.casualties.near, $0.nearDuplicates.casualties.identical) = (6, 4)
            $0.nearDuplicates.slices = [
                loss("refunds", 20, 2), loss("billing", 50, 5), loss("gone", 30, 3),
                loss("a", 9, 1, field: "shard"),
            ]
            $0.evalOverlap = evalFigures(verbatim: 3)
        }
        let new = run {
            ($0.rows.in, $0.rows.kept, $0.rows.removed) = (200, 150, 50)
            ($0.nearDuplicates.casualties.near, $0.nearDuplicates.casualties.identical) = (46, 4)
            $0.nearDuplicates.slices = [
                loss("refunds", 20, 20), loss("billing", 50, 5), loss("a", 3, 1, field: "shard"),
            ]
            $0.evalOverlap = evalFigures(verbatim: 40)
        }
        let differences = RunDifferences(before: old, after: new)
        #expect(differences.rows.map(\.before) == [100, 90, 10, 0, 0])
        #expect(differences.rows.map(\.after) == [200, 150, 50, 0, 0])
        #expect(differences.removedByKind.map(\.name) == ["near"])
        #expect(differences.removedByKind[0].afterShare == 0.23)
        #expect(differences.slices.map(\.value) == ["refunds", "gone"])
        #expect(differences.slices[0].isLostAfter && !differences.slices[0].isLostBefore)
        #expect(differences.slices[1].rows.after == 0 && !differences.slices[1].isLostAfter)
        let set = try #require(differences.evalSets.first)
        #expect(set.verdicts.map(\.name) == ["verbatim", "unflagged"])
        #expect(set.verdicts[0].before == 3 && set.verdicts[0].after == 40)
        #expect(!differences.isEmpty && RunDifferences(before: new, after: new).isEmpty)
    }

    private func evalFigures(verbatim: Int) -> EvalOverlapFigures {
        var set = EvalOverlapFigures.EvalSetFigures()
        (set.name, set.items, set.checkable, set.unflaggedItems) = ("ours", 100, 100, 100 - verbatim)
        set.flagged["verbatim"] = verbatim
        var figures = EvalOverlapFigures()
        figures.sets = [set]
        return figures
    }

    @Test func `settings that differ are named, those of one command alone are not`() {
        let other = run(settings: ["threshold": .decimal(0.9), "slice": .array([.string("queue")])])
        #expect(
            RunDifferences(before: run(), after: other).settings == [
                .init(name: "slice", before: "null", after: "[\"queue\"]"),
                .init(name: "threshold", before: "0.8", after: "0.9"),
            ])
        let profile = run(command: "profile", settings: ["slice": .array([])])
        #expect(
            RunDifferences(before: profile, after: other).settings.map(\.name) == ["command", "slice"])
        let judged = run(settings: ["threshold": .decimal(0.8), "gates": .array([.string("x")])])
        #expect(RunDifferences(before: run(), after: judged).settings.isEmpty)
    }
}
