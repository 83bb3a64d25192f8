import Corpus
import Findings
import TestSupport
import Testing
import TextForms

@testable import NearDuplicates

/// The leader pass against all pairs, compared one by one.
@Suite struct LeaderPassOracleTests {
    static let thresholds = [500_000, 800_000, 900_000, 1_000_000]

    static func plain(_ shingle: String, _ millionths: Int = 800_000) -> DedupConfiguration {
        var configuration = DedupConfiguration()
        configuration.shingle = ShingleForm(shingle) ?? .characters(5)
        configuration.thresholdMillionths = millionths
        configuration.keeper = .first
        configuration.sparedClasses = []
        return configuration
    }

    @Test(arguments: ["char-5", "word-5"])
    func `casualties reach the threshold with a kept row and no two kept rows that meet do`(shingle: String)
        throws
    {
        let seed: UInt64 = 20_261
        print("seed \(seed)")
        var maker = RowMaker(seed: seed)
        let rows = maker.rows(3_200)
        let oracle = try SimilarityOracle(rows, Self.plain(shingle))
        let allPairs = oracle.pairs(reaching: 500_000)
        let survey = Surveyed(try RowCorpus(rows).table(Self.plain(shingle)))
        for millionths in Self.thresholds {
            let configuration = Self.plain(shingle, millionths)
            let decision = try survey.decide(configuration)
            let signatures = try SignatureOracle(decision.table, threshold: configuration.threshold)
            var near = 0
            for row in rows.indices {
                guard let match = decision.verdicts.casualty(row) else { continue }
                let keeper = Int(match.keeper)
                #expect(!decision.verdicts.isRemoved(keeper), "\(millionths): \(row) -> \(keeper)")
                let similarity = oracle.similarity(row, keeper)
                #expect(similarity.reaches(millionths), "\(millionths): \(row) -> \(keeper): \(similarity)")
                if match.kind == .identical { continue }
                let found = SimilarityOracle.Similarity(shared: Int(match.shared), total: Int(match.total))
                #expect(found == similarity)
                #expect((match.kind == .exact) == (oracle.rows[row].turns == oracle.rows[keeper].turns))
                near += 1
            }
            #expect(near > 15)
            #expect(decision.spared.isEmpty)
            #expect(decision.figures.rowsInSplitBuckets == 0)
            let pairs = allPairs.filter { $0.similarity.reaches(millionths) }
            let kept = pairs.filter {
                !decision.verdicts.isRemoved($0.row) && !decision.verdicts.isRemoved($0.earlier)
            }
            for pair in kept { #expect(!signatures.meet(pair.row, pair.earlier), "\(millionths): \(pair)") }
            // Copies meet whatever the signature: they would flatter the recall.
            let distinct = pairs.filter { rows[$0.row].json != rows[$0.earlier].json }
            let met = distinct.filter { signatures.meet($0.row, $0.earlier) }.count
            print(
                "\(shingle) at \(millionths): \(distinct.count) pairs, \(distinct.count - met) never met, "
                    + "\(near) casualties")
            #expect(Double(met) >= 0.995 * Double(distinct.count))
            #expect(kept.count * 200 <= distinct.count)
        }
    }

    @Test(arguments: ["char-5", "word-5", "char-2", "word-1"])
    func `verification accepts what the oracle accepts, pair for pair`(shingle: String) throws {
        var pairs = 0
        for (seed, millionths) in zip(UInt64(7)..., Self.thresholds + [723_456]) {
            print("seed \(seed)")
            var maker = RowMaker(seed: seed)
            pairs += try Self.expectPairForPair(maker.rows(300), Self.plain(shingle, millionths))
        }
        #expect(pairs > 100)
    }

    @Test(arguments: ComparedSides.allCases)
    func `the compared sides decide what is a pair`(on: ComparedSides) throws {
        var configuration = Self.plain("char-5", 700_000)
        configuration.on = on
        print("seed 99")
        var maker = RowMaker(seed: 99)
        #expect(try Self.expectPairForPair(maker.rows(500), configuration) > 50)
    }

    /// Protects every row, so that each becomes a keeper and meets all rows before it.
    ///
    /// - Returns: the number of pairs.
    private static func expectPairForPair(_ rows: [MadeRow], _ plain: DedupConfiguration) throws -> Int {
        var configuration = plain
        configuration.protected = [SliceSelector("all")]
        let corpus = RowCorpus(rows.map { $0.with("all", "yes") }, slices: ["all"])
        let decision = try corpus.decide(configuration)
        let oracle = try SimilarityOracle(rows, configuration)
        let signatures = try SignatureOracle(decision.table, threshold: configuration.threshold)
        let identical = Set(decision.spared.filter { $0.match.kind == .identical }.map(\.match.row))
        var expected: [UInt32: [SimilarityOracle.Pair]] = [:]
        for pair in oracle.pairs(reaching: configuration.thresholdMillionths)
        where signatures.meet(pair.row, pair.earlier) {
            // Identical rows follow the first of them and meet nothing themselves.
            if identical.contains(UInt32(pair.row)) || identical.contains(UInt32(pair.earlier)) { continue }
            expected[UInt32(pair.row), default: []].append(pair)
        }
        let limit = LeaderPass.maximumPairsPerRow
        let best = expected.mapValues { pairs in
            pairs.sorted {
                SimilarityOracle.Similarity.isLess($1.similarity, $0.similarity)
                    || (!SimilarityOracle.Similarity.isLess($0.similarity, $1.similarity)
                        && $0.earlier < $1.earlier)
            }.prefix(limit).map { "\($0.row)-\($0.earlier) \($0.similarity.shared)/\($0.similarity.total)" }
        }
        let wanted = best.keys.sorted().flatMap { best[$0] ?? [] }
        let found = decision.pairs.map { "\($0.row)-\($0.keeper) \($0.shared)/\($0.total)" }
        #expect(found == wanted)
        #expect(decision.removed.isEmpty)
        return wanted.count
    }

    @Test func `the oracle's listing agrees with its sets`() throws {
        print("seed 3")
        var maker = RowMaker(seed: 3)
        let oracle = try SimilarityOracle(maker.rows(150), Self.plain("char-5"))
        let listed = oracle.pairs(reaching: 600_000).map { "\($0.row) \($0.earlier) \($0.similarity)" }
        var compared: [String] = []
        for row in oracle.rows.indices {
            for earlier in 0..<row where oracle.similarity(row, earlier).reaches(600_000) {
                compared.append("\(row) \(earlier) \(oracle.similarity(row, earlier))")
            }
        }
        #expect(listed == compared)
        #expect(listed.count > 20)
    }

    @Test func `pairs that stay apart by a spared class are the only ones left`() throws {
        var configuration = Self.plain("char-5")
        configuration.sparedClasses = DedupConfiguration.defaultSparedClasses
        print("seed 41")
        var maker = RowMaker(seed: 41)
        var rows: [MadeRow] = []
        for family in 0..<60 {
            let frame = maker.text(20)
            for member in 0..<6 {
                let number = maker.generator.chance(70) ? 20 + member % 3 : 40 + family
                var row = MadeRow(
                    maker.edited(frame, edits: maker.generator.below(2)) + " costs \(number) euros")
                if maker.generator.chance(30) {
                    row = row.with("label", maker.generator.chance(50) ? "a" : "b")
                }
                rows.append(row)
            }
        }
        let decision = try RowCorpus(rows).decide(configuration)
        let oracle = try SimilarityOracle(rows, configuration)
        let signatures = try SignatureOracle(decision.table, threshold: 0.8)
        let spared = Dictionary(grouping: decision.spared, by: { Int($0.match.row) })
        let judge = DifferenceJudge(configuration: configuration)
        var explained = 0
        var left = ReadBuffer()
        var right = ReadBuffer()
        for pair in oracle.pairs(reaching: 800_000) where signatures.meet(pair.row, pair.earlier) {
            if decision.verdicts.isRemoved(pair.row) || decision.verdicts.isRemoved(pair.earlier) { continue }
            let difference = judge.judge(
                row: try decision.table.record(pair.row, buffer: &left),
                keeper: try decision.table.record(pair.earlier, buffer: &right), sameOutside: true,
                contained: false
            ).difference
            #expect(configuration.sparedClasses.contains(difference), "\(pair): \(difference)")
            #expect(spared[pair.row] != nil, "\(pair) has no record")
            explained += 1
        }
        #expect(explained > 50)
        for row in rows.indices {
            guard let match = decision.verdicts.casualty(row) else { continue }
            #expect(!configuration.sparedClasses.contains(match.difference))
        }
    }
}
