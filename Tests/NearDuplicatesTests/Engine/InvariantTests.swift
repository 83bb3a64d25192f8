import Corpus
import Findings
import TestSupport
import Testing

@testable import NearDuplicates

/// What holds for every decision, whatever the policies.
@Suite struct InvariantTests {
    /// A corpus and a configuration that one seed chooses.
    struct Scenario {
        var rows: [MadeRow] = []
        var trainingCount = 0
        var configuration = DedupConfiguration()

        init(seed: UInt64) {
            var maker = RowMaker(seed: seed, vocabulary: 400)
            rows = Self.rows(&maker)
            trainingCount = rows.count
            if maker.generator.chance(40) {
                trainingCount = rows.count * 4 / 5
                // Both corpora have some of each family.
                rows.shuffle(using: &maker.generator)
            }
            configure(&maker.generator)
        }

        private static func rows(_ maker: inout RowMaker) -> [MadeRow] {
            var rows = maker.rows(40 + maker.generator.below(50))
            for _ in 0..<6 {
                let turns: [(Role, String)] = (0..<5).map { turn in
                    (turn % 2 == 0 ? .user : .assistant, maker.text(8 + maker.generator.below(20)))
                }
                for count in [2, 3, 5, 5] where maker.generator.chance(70) {
                    rows.append(MadeRow(Array(turns.prefix(count))))
                }
                let long = maker.text(70).split(separator: " ").map(String.init)
                let start = maker.generator.below(20)
                rows.append(MadeRow(long.joined(separator: " ")))
                rows.append(MadeRow(long[start..<start + 25].joined(separator: " ")))
                rows.append(MadeRow(maker.edited(long[start..<start + 40].joined(separator: " "), edits: 1)))
                let fee = maker.text(18)
                for amount in [20, 20, 30] where maker.generator.chance(80) {
                    rows.append(
                        MadeRow(maker.edited(fee, edits: maker.generator.below(2)) + " costs \(amount) now"))
                }
            }
            let groups = ["red", "green", "blue", "rare"]
            rows += rows.filter { _ in maker.generator.chance(25) }
            rows = rows.map { row in
                var row = row
                if maker.generator.chance(80) { row = row.with("group", groups[maker.generator.below(4)]) }
                if maker.generator.chance(15) {
                    row = row.with("label", maker.generator.chance(50) ? "a" : "b")
                }
                return row
            }
            rows.shuffle(using: &maker.generator)
            return rows
        }

        private mutating func configure(_ generator: inout SplitMix) {
            configuration.thresholdMillionths = [500_000, 700_000, 800_000, 950_000][generator.below(4)]
            configuration.shingle = generator.chance(50) ? .characters(5) : .words(3)
            configuration.on = ComparedSides.allCases[generator.below(ComparedSides.allCases.count)]
            if generator.chance(50) { configuration.containedMillionths = 800_000 + generator.below(200_001) }
            configuration.removesPrefixes = generator.chance(50)
            configuration.keeper =
                [.first, .longest, .rarestSlice, .priority(field: "group", values: ["blue", "red"])][
                    generator.below(4)]
            configuration.keptPerCluster = 1 + (generator.chance(40) ? generator.below(4) : 0)
            if generator.chance(40) { configuration.protected = [SliceSelector("group=rare")] }
            if generator.chance(40) {
                configuration.floors = [
                    SliceFloor(slice: SliceSelector("group=green"), rows: generator.below(60)),
                    SliceFloor(slice: SliceSelector("group"), rows: generator.below(20)),
                ]
            }
            if generator.chance(40) { configuration.sparedClasses = [] }
            configuration.threads = 1 + generator.below(3)
        }

        func decide() throws -> DedupDecision {
            var corpus = RowCorpus(Array(rows[..<trainingCount]), slices: ["group"])
            if trainingCount < rows.count { corpus.against = [rows[trainingCount...].map(\.json)] }
            return try corpus.decide(configuration)
        }
    }

    @Test func `every casualty's keeper stays and reaches the limit of its kind, under any policies`() throws
    {
        var kinds: [CasualtyKind: Int] = [:]
        var rules: [SparingRule: Int] = [:]
        for seed in UInt64(100)..<160 {
            let scenario = Scenario(seed: seed)
            let decision = try scenario.decide()
            let oracle = try SimilarityOracle(scenario.rows, scenario.configuration)
            for row in scenario.rows.indices {
                guard let match = decision.verdicts.casualty(row) else { continue }
                kinds[match.kind, default: 0] += 1
                #expect(!decision.verdicts.isRemoved(Int(match.keeper)), "seed \(seed): \(match)")
                #expect(row < scenario.trainingCount, "seed \(seed): \(row) belongs to another corpus")
                #expect(Int(match.keeper) != row && Int(match.row) == row)
                #expect(Self.reachesLimit(match, scenario, oracle), "seed \(seed): \(match)")
            }
            expectSpared(decision, scenario, seed)
            expectPolicies(decision, scenario, seed)
            for spared in decision.spared { rules[spared.rule, default: 0] += 1 }
        }
        for kind in CasualtyKind.allCases { #expect((kinds[kind] ?? 0) > 5, "\(kind) was not met: \(kinds)") }
        for rule in [SparingRule.number, .labelConflict, .protect, .keeper, .keep, .floor] {
            #expect((rules[rule] ?? 0) > 5, "\(rule) was not met: \(rules)")
        }
    }

    private static func reachesLimit(_ match: Match, _ scenario: Scenario, _ oracle: SimilarityOracle) -> Bool
    {
        let (row, keeper) = (Int(match.row), Int(match.keeper))
        let found = SimilarityOracle.Similarity(shared: Int(match.shared), total: Int(match.total))
        switch match.kind {
        case .identical:
            return scenario.rows[row].turns == scenario.rows[keeper].turns
                && scenario.rows[row].value("label") == scenario.rows[keeper].value("label")
        case .exact: return oracle.rows[row].turns == oracle.rows[keeper].turns
        case .near:
            return oracle.similarity(row, keeper) == found
                && found.reaches(scenario.configuration.thresholdMillionths)
        case .contained:
            return oracle.containment(of: row, in: keeper) == found
                && found.reaches(scenario.configuration.containedMillionths ?? .max)
        case .prefix: return oracle.isPrefix(row, of: keeper)
        }
    }

    private func expectSpared(_ decision: DedupDecision, _ scenario: Scenario, _ seed: UInt64) {
        var seen = Set<UInt32>()
        for spared in decision.spared {
            let row = Int(spared.match.row)
            #expect(!decision.verdicts.isRemoved(row), "seed \(seed): \(row) is spared and removed")
            #expect(seen.insert(spared.match.row).inserted, "seed \(seed): \(row) is spared twice")
            #expect(row < scenario.trainingCount)
        }
        #expect(decision.spared.map(\.match.row) == decision.spared.map(\.match.row).sorted())
        let ordered = decision.pairs.map { ($0.row, -$0.similarity, $0.keeper) }
        #expect(zip(ordered, ordered.dropFirst()).allSatisfy { $0 < $1 })
        for pair in decision.pairs { #expect(pair.similarity >= scenario.configuration.threshold) }
    }

    private func expectPolicies(_ decision: DedupDecision, _ scenario: Scenario, _ seed: UInt64) {
        let configuration = scenario.configuration
        let training = 0..<scenario.trainingCount
        for row in training where !configuration.protected.isEmpty {
            if scenario.rows[row].value("group") == "rare" { #expect(!decision.verdicts.isRemoved(row)) }
        }
        for row in training {
            guard let match = decision.verdicts.casualty(row) else { continue }
            #expect(!configuration.sparedClasses.contains(match.difference), "seed \(seed): \(match)")
        }
        for floor in configuration.floors {
            guard let value = floor.slice.value else { continue }
            let slice = training.filter { scenario.rows[$0].value("group") == value }
            let kept = slice.filter { !decision.verdicts.isRemoved($0) }
            if kept.count >= floor.rows { continue }
            let left = slice.filter { decision.verdicts.casualty($0).map { $0.kind != .identical } ?? false }
            #expect(left.isEmpty, "seed \(seed): the floor holds \(kept.count) of \(floor.rows)")
        }
        if configuration.removesPrefixes == false {
            #expect(training.allSatisfy { decision.verdicts.casualty($0)?.kind != .prefix })
        }
    }

    @Test func `spare none leaves no rule but the user's own`() throws {
        for seed in UInt64(200)..<215 {
            var scenario = Scenario(seed: seed)
            scenario.configuration.sparedClasses = []
            scenario.configuration.protected = []
            scenario.configuration.floors = []
            scenario.configuration.keptPerCluster = 1
            scenario.configuration.containedMillionths = nil
            scenario.configuration.removesPrefixes = false
            let decision = try scenario.decide()
            #expect(decision.spared.isEmpty, "seed \(seed)")
        }
    }
}
