import Corpus
import Findings
import Foundation
import TestSupport
import Testing

@testable import NearDuplicates

/// Losses of slices and terms against plain counts.
@Suite struct LossTests {
    private static func losses(_ decision: DedupDecision, _ shards: [[(field: String, value: String)]])
        -> [SliceLoss]
    {
        var losses = SliceLosses(decision: decision, shardFields: shards)
        return losses.compute()
    }

    @Test func `slice losses equal a plain count`() throws {
        for seed in UInt64(400)..<412 {
            let scenario = InvariantTests.Scenario(seed: seed)
            let decision = try scenario.decide()
            let oracle = try SimilarityOracle(scenario.rows, scenario.configuration)
            let shards = [[(field: "shard", value: "a")], [(field: "shard", value: "b")]]
            let found = Self.losses(
                decision, Array(shards.prefix(scenario.trainingCount < scenario.rows.count ? 2 : 1)))
            var members: [String: [Int]] = ["shard=a": Array(0..<scenario.trainingCount)]
            for row in 0..<scenario.trainingCount {
                if let group = scenario.rows[row].value("group") {
                    members["group=\(group)", default: []].append(row)
                }
            }
            #expect(found.filter { $0.field == "group" || $0.field == "shard" }.count == members.count)
            for (name, rows) in members {
                let loss = try #require(found.first { "\($0.field)=\($0.value)" == name })
                let gone = rows.compactMap { decision.verdicts.casualty($0) }
                func texts(_ rows: [Int]) -> Int {
                    // A row without text is a text of its own.
                    let with = rows.filter { oracle.rows[$0].hasText }
                    return Set(with.map { oracle.rows[$0].turns }).count + rows.count - with.count
                }
                #expect(loss.before == rows.count)
                #expect(loss.removed == gone.count)
                #expect(loss.after == rows.count - gone.count)
                let members = Set(rows)
                let copies = gone.filter { match in
                    let isElsewhere = Int(match.keeper) >= scenario.trainingCount
                    return match.kind == .identical && (isElsewhere || members.contains(Int(match.keeper)))
                }
                #expect(loss.identical == copies.count)
                #expect(loss.clusters == Set(gone.map(\.keeper)).count)
                #expect(loss.distinctBefore == texts(rows), "seed \(seed) \(name)")
                #expect(loss.distinctAfter == texts(rows.filter { !decision.verdicts.isRemoved($0) }))
                let mean =
                    gone.isEmpty ? 0 : gone.map { Double($0.textLost) }.reduce(0, +) / Double(gone.count)
                #expect(abs(loss.textLost - mean) < 1e-12)
                #expect((loss.q == nil) || loss.clusters >= 5)
            }
        }
    }

    @Test func `text lost is the share of a casualty's shingles that its keeper lacks`() throws {
        var checked = 0
        for seed in UInt64(420)..<425 {
            let scenario = InvariantTests.Scenario(seed: seed)
            let decision = try scenario.decide()
            let oracle = try SimilarityOracle(scenario.rows, scenario.configuration)
            for row in scenario.rows.indices {
                guard let match = decision.verdicts.casualty(row), match.kind == .near else { continue }
                let contained = oracle.containment(of: row, in: Int(match.keeper))
                #expect(match.textLost == Float(1 - Double(contained.shared) / Double(contained.total)))
                checked += 1
            }
        }
        #expect(checked > 20)
    }

    /// p of one slice by its definition: a unit is a keeper with its casualties, or a row alone.
    private static func plainP(_ rows: [Int], _ decision: DedupDecision) -> Double? {
        var units: [Int: (rows: Double, removed: Double)] = [:]
        for row in rows {
            let match = decision.verdicts.casualty(row)
            let unit = match.map { Int($0.keeper) } ?? row
            units[unit, default: (0, 0)].rows += 1
            if match != nil { units[unit]?.removed += 1 }
        }
        let removed = units.values.reduce(0) { $0 + $1.removed }
        let (count, total) = (Double(units.count), Double(rows.count))
        guard units.values.filter({ $0.removed > 0 }).count >= 5, count > 1 else { return nil }
        let share = removed / total
        let squares = units.values.reduce(0) {
            $0 + ($1.removed - share * $1.rows) * ($1.removed - share * $1.rows)
        }
        let variance = squares / (total * total) * count / (count - 1)
        guard variance > 0 else { return nil }
        return 0.5
            * erfc((share - SliceLosses.corpusShare(decision)) / variance.squareRoot() / 2.0.squareRoot())
    }

    @Test func `q equals the definition, adjusted within its field`() throws {
        var checked = 0
        for seed in UInt64(470)..<500 {
            let scenario = InvariantTests.Scenario(seed: seed)
            let decision = try scenario.decide()
            let found = Self.losses(decision, [[], []]).filter { $0.field == "group" }
            let p = found.map { loss in
                Self.plainP(
                    (0..<scenario.trainingCount).filter { scenario.rows[$0].value("group") == loss.value },
                    decision)
            }
            // Benjamini and Hochberg 1995: the least over all larger p of p times tests by rank.
            let tests = p.compactMap { $0 }.sorted()
            for (loss, value) in zip(found, p) {
                guard let value else {
                    #expect(loss.q == nil, "seed \(seed): \(loss)")
                    continue
                }
                var least = 1.0
                for (rank, other) in tests.enumerated() where other >= value {
                    least = min(least, other * Double(tests.count) / Double(rank + 1))
                }
                let q = try #require(loss.q)
                #expect(abs(q - least) < 1e-9, "seed \(seed): \(loss)")
                checked += 1
            }
        }
        #expect(checked > 20)
    }

    /// Six clusters of two in slice `a` of 24 rows, none in slice `b` of 24.
    @Test func `q follows the linearised variance of a ratio, by hand`() throws {
        var maker = RowMaker(seed: 430)
        var rows: [MadeRow] = []
        for _ in 0..<6 {
            let text = maker.text(30)
            rows.append(MadeRow(text).with("slice", "a"))
            rows.append(MadeRow(text + " so").with("slice", "a"))
        }
        for _ in 0..<12 { rows.append(MadeRow(maker.text(30)).with("slice", "a")) }
        for _ in 0..<24 { rows.append(MadeRow(maker.text(30)).with("slice", "b")) }
        let decision = try RowCorpus(rows, slices: ["slice"]).decide(LeaderPassOracleTests.plain("char-5"))
        let losses = Self.losses(decision, [[]])
        let a = try #require(losses.first { $0.value == "a" })
        let b = try #require(losses.first { $0.value == "b" })
        #expect(a.removed == 6 && b.removed == 0 && a.clusters == 6)
        #expect(b.q == nil)
        // Units of a: 6 clusters with 2 rows and 1 removed, 12 single rows. Share p = 1/4, corpus 1/8.
        // Squares: 6 (1 - 2/4)^2 + 12 (0 - 1/4)^2 = 1.5 + 0.75 = 2.25; variance 2.25 / 24^2 x 18/17.
        // z = (1/4 - 1/8) / sqrt(0.00413603) = 1.943651; upper tail 0.0259688.
        let q = try #require(a.q)
        #expect(abs(q - 0.025969) < 2e-5, "\(q)")
    }

    @Test func `q is absent below five clusters and adjusted within a field`() throws {
        var maker = RowMaker(seed: 431)
        var rows: [MadeRow] = []
        for (value, clusters) in [("four", 4), ("five", 5), ("nine", 9)] {
            for _ in 0..<clusters {
                let text = maker.text(30)
                rows += [MadeRow(text).with("slice", value), MadeRow(text + " so").with("slice", value)]
            }
            for _ in 0..<10 { rows.append(MadeRow(maker.text(30)).with("slice", value)) }
        }
        let decision = try RowCorpus(rows, slices: ["slice"]).decide(LeaderPassOracleTests.plain("char-5"))
        let losses = Self.losses(decision, [[]]).filter { $0.field == "slice" }
        let q = Dictionary(uniqueKeysWithValues: losses.map { ($0.value, $0.q) })
        #expect(q["four"] == .some(nil))
        let five = try #require(q["five"] ?? nil)
        let nine = try #require(q["nine"] ?? nil)
        #expect(nine <= five && five <= 1 && nine >= 0)
    }

    @Test func `losses are ordered by harm`() throws {
        for seed in UInt64(440)..<446 {
            let decision = try InvariantTests.Scenario(seed: seed).decide()
            let losses = Self.losses(decision, [[], []])
            let corpus = SliceLosses.corpusShare(decision)
            let ranks = losses.map {
                Harm.rank(before: $0.before, removed: $0.removed, textLost: $0.textLost, corpusShare: corpus)
            }
            #expect(zip(ranks, ranks.dropFirst()).allSatisfy { $0 <= $1 })
        }
        #expect(Harm.rank(before: 20, removed: 20, textLost: 0.5, corpusShare: 0.1).0 == 0)
        #expect(Harm.rank(before: 20, removed: 10, textLost: 0.5, corpusShare: 0.1).0 == 1)
        #expect(Harm.rank(before: 20, removed: 9, textLost: 0.5, corpusShare: 0.1).0 == 2)
        #expect(Harm.rank(before: 20, removed: 20, textLost: 0.001, corpusShare: 0.1).0 == 2)
        #expect(Harm.rank(before: 4, removed: 4, textLost: 0.5, corpusShare: 0.1).0 == 2)
        #expect(Harm.rank(before: 0, removed: 0, textLost: 0, corpusShare: 0) == (2, 0))
    }

    /// What a term loses, by a plain count.
    private struct PlainTerm {
        var before = Set<Int>()
        var removed = Set<Int>()
        var losing = Set<Int>()
        var textLost = 0.0
        var conversations = Set<String>()
    }

    private static func plainTerms(_ corpus: TermCorpus, _ decision: DedupDecision) -> [String: PlainTerm] {
        var terms: [String: PlainTerm] = [:]
        for (row, made) in corpus.rows.enumerated() {
            let match = decision.verdicts.casualty(row)
            for term in TermCorpus.terms(made.turns[0].text) {
                terms[term, default: PlainTerm()].before.insert(row)
                terms[term]?.conversations.insert(made.value("conversation_id") ?? "row \(row)")
                guard let match else { continue }
                terms[term]?.removed.insert(row)
                terms[term]?.textLost += Double(match.textLost)
                if match.textLost > 0 { terms[term]?.losing.insert(row) }
            }
        }
        return terms
    }

    @Test(arguments: [UInt64(450), 451, 452, 453])
    func `terms equal a plain count and none that is lost is left out`(seed: UInt64) throws {
        print("seed \(seed)")
        let corpus = TermCorpus(seed: seed)
        let decision = try corpus.corpus.decide(TermCorpus.configuration)
        let found = try EmergentTerms(decision: decision)
        let terms = Self.plainTerms(corpus, decision)
        let corpusShare = SliceLosses.corpusShare(decision)
        let least = min(2 * corpusShare, 1 - (1 - corpusShare) / 2)
        #expect(!found.losses.isEmpty)
        for loss in found.losses {
            let plain = try #require(terms[loss.term], "\(loss.term) is no term of the corpus")
            #expect(loss.before == plain.before.count, "\(loss.term)")
            #expect(loss.removed == plain.removed.count, "\(loss.term)")
            #expect(abs(loss.textLost - plain.textLost / Double(plain.removed.count)) < 1e-6)
            #expect(loss.before >= 5 && plain.conversations.count >= 3)
            #expect(loss.share >= least)
        }
        for (name, plain) in terms {
            let (before, removed) = (Double(plain.before.count), Double(plain.removed.count))
            guard before >= 5, plain.conversations.count >= 3, plain.losing.count >= 2,
                removed / before >= least,
                plain.textLost / removed >= 0.02
            else { continue }
            let isShown = found.losses.contains { loss in
                guard let other = terms[loss.term] else { return false }
                let shared = Double(other.losing.intersection(plain.losing).count)
                return loss.term == name || shared >= 0.6 * Double(other.losing.union(plain.losing).count)
            }
            #expect(isShown, "\(name): \(plain.removed.count) of \(plain.before.count)")
        }
        #expect(Set(found.losses.map(\.term)).count == found.losses.count)
    }

    @Test func `terms of casualties are the same from memory, from scratch and from the rows`() throws {
        let corpus = TermCorpus(seed: 455)
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        func report(threads: Int, keptBytes: Int, spills: Bool, scratch: String) throws -> [String] {
            var configuration = TermCorpus.configuration
            configuration.threads = threads
            let decision = try corpus.corpus.decide(configuration, RowCorpus.Delivery(rowsPerChunk: 7))
            let terms = try EmergentTerms(decision: decision, keptBytes: keptBytes, scratch: scratch)
            #expect((decision.table.spilledBytes > 0) == spills)
            return terms.losses.map { "\($0)" } + ["\(terms.testedCount) \(terms.minimumOccurrences)"]
        }
        // In a folder that is not there nothing is kept, and rows are read again.
        let expected = try report(threads: 1, keptBytes: 0, spills: false, scratch: "/nowhere")
        #expect(expected.count > 10)
        for threads in [1, 3] {
            for keptBytes in [CasualtyTerms.bytes, 0] {
                let spills = keptBytes < CasualtyTerms.bytes
                let found = try report(
                    threads: threads, keptBytes: keptBytes, spills: spills, scratch: folder.path)
                #expect(found == expected)
            }
        }
    }

    @Test func `terms of the same rows are one, the longest`() throws {
        var maker = RowMaker(seed: 460)
        var rows: [MadeRow] = []
        for _ in 0..<4 {
            let frame = maker.text(20) + " zzrefund zzreversal " + maker.text(4)
            rows += (0..<4).map { _ in MadeRow(maker.edited(frame, edits: 1)) }
        }
        for _ in 0..<100 { rows.append(MadeRow(maker.text(25))) }
        var configuration = LeaderPassOracleTests.plain("char-5")
        configuration.thresholdMillionths = 600_000
        let decision = try RowCorpus(rows).decide(configuration)
        let terms = try EmergentTerms(decision: decision)
        let names = terms.losses.map(\.term).filter { $0.contains("zz") }
        #expect(names == ["zzrefund zzreversal"])
        #expect(terms.testedCount >= 3)
    }

    @Test func `terms of three conversations only, and none with digits`() throws {
        var maker = RowMaker(seed: 461)
        var rows: [MadeRow] = []
        for group in 0..<4 {
            let frame = maker.text(24)
            rows += (0..<4).map { _ in
                MadeRow(maker.edited(frame, edits: 1) + " zzsecret zz77code")
                    .with("conversation_id", group < 2 ? "one" : "two")
            }
        }
        for _ in 0..<100 { rows.append(MadeRow(maker.text(25))) }
        var configuration = LeaderPassOracleTests.plain("char-5")
        configuration.thresholdMillionths = 600_000
        let decision = try RowCorpus(rows).decide(configuration)
        #expect(decision.removed.count >= 8)
        #expect(try EmergentTerms(decision: decision).losses.allSatisfy { !$0.term.contains("zz") })
    }
}
