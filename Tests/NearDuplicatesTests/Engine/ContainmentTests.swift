import CText
import Corpus
import Findings
import TestSupport
import Testing

@testable import NearDuplicates

/// Containment against every pair of rows.
@Suite struct ContainmentTests {
    @Test(arguments: ["char-5", "word-3"])
    func `the search finds what all pairs give, pair for pair`(shingle: String) throws {
        for (seed, millionths) in zip(UInt64(500)..., [500_000, 800_000, 900_000, 1_000_000]) {
            print("seed \(seed)")
            var maker = RowMaker(seed: seed)
            let rows = Self.rows(&maker)
            let configuration = LeaderPassOracleTests.plain(shingle, 1_000_000)
            let decision = try RowCorpus(rows).decide(configuration)
            let oracle = try SimilarityOracle(rows, configuration)
            var search = ContainmentSearch(
                table: decision.table, configuration: configuration, verdicts: decision.verdicts)
            let found = try search.matches(millionths: millionths)
            search.rowsAtOnce = 7
            let inParts = try search.matches(millionths: millionths)
            #expect(inParts.map(\.keeper) == found.map(\.keeper) && inParts.map(\.row) == found.map(\.row))
            var wanted: [String] = []
            let kept = rows.indices.filter { !decision.verdicts.isRemoved($0) && oracle.rows[$0].hasText }
            for row in kept where Self.words(rows[row]) >= 20 {
                for keeper in kept where decision.table.length[row] < decision.table.length[keeper] {
                    let contained = oracle.containment(of: row, in: keeper)
                    if contained.reaches(millionths), oracle.areSidesContained(row, in: keeper, millionths) {
                        wanted.append("\(row)>\(keeper) \(contained.shared)/\(contained.total)")
                    }
                }
            }
            #expect(found.map { "\($0.row)>\($0.keeper) \($0.shared)/\($0.total)" } == wanted)
            #expect(wanted.count > 10)
        }
    }

    @Test func `of a row that lies in very many others the longest are found`() throws {
        var maker = RowMaker(seed: 523)
        let part = maker.sentence(60).joined(separator: " ")
        let count = 2 * ContainmentSearch.mostMatches
        // Rows that are closed one after another, between rows that stay open.
        let parts = [part, part + " and", part + " or", part + " but"]
        let rows =
            parts.map { MadeRow($0) }
            + (0..<count).map { MadeRow(part + " " + maker.sentence(7 + $0).joined(separator: " ")) }
            + (0..<3).map { MadeRow(maker.sentence(30 + $0).joined(separator: " ")) }
        let configuration = LeaderPassOracleTests.plain("word-3", 1_000_000)
        let decision = try RowCorpus(rows).decide(configuration)
        var search = ContainmentSearch(
            table: decision.table, configuration: configuration, verdicts: decision.verdicts)
        let longest = (4..<4 + count).sorted {
            (decision.table.length[$1], $0) < (decision.table.length[$0], $1)
        }
        for rowsAtOnce in [1, 2, 4, 1000] {
            search.rowsAtOnce = rowsAtOnce
            let found = try search.matches(millionths: 900_000)
            for row in parts.indices {
                let keepers = found.filter { Int($0.row) == row }.map { Int($0.keeper) }
                #expect(keepers == longest.prefix(ContainmentSearch.mostMatches).sorted())
            }
        }
    }

    @Test func `a row whose longest keepers all go is looked for in the others`() throws {
        var maker = RowMaker(seed: 524)
        let part = maker.sentence(60).joined(separator: " ")
        let tails = (0..<ContainmentSearch.mostMatches).map { _ in
            maker.sentence(200).joined(separator: " ")
        }
        let holders = tails.map { part + " " + $0 }
        let other = part + " " + maker.sentence(20).joined(separator: " ")
        // The longest row has too little of the part to hold it, and enough to hold each of its holders.
        let giant =
            tails.joined(separator: " ") + " " + part.split(separator: " ").prefix(50).joined(separator: " ")
        let rows = ([part, other, giant] + holders).map { MadeRow($0) }
        var configuration = LeaderPassOracleTests.plain("word-3", 1_000_000)
        configuration.containedMillionths = 900_000
        let decision = try RowCorpus(rows).decide(configuration)
        #expect(holders.indices.allSatisfy { decision.verdicts.casualty(3 + $0)?.keeper == 2 })
        #expect(decision.verdicts.casualty(0)?.keeper == 1)
        #expect(!decision.verdicts.isRemoved(1) && !decision.verdicts.isRemoved(2))
    }

    @Test func `each side must lie in the other's`() throws {
        var maker = RowMaker(seed: 525)
        let macro = maker.sentence(60).joined(separator: " ")
        let rows = [
            MadeRow(user: "where is it then", assistant: macro),
            MadeRow(user: "who pays for this now", assistant: macro + " " + maker.text(3)),
            MadeRow(user: "so where is it then please", assistant: macro + " " + maker.text(4)),
        ]
        for (shingle, keeper) in [("char-5", 2), ("word-3", 2)] {
            var configuration = LeaderPassOracleTests.plain(shingle, 1_000_000)
            configuration.containedMillionths = 900_000
            let decision = try RowCorpus(rows).decide(configuration)
            #expect(decision.verdicts.casualty(0).map { Int($0.keeper) } == keeper)
            #expect(!decision.verdicts.isRemoved(1))
        }
    }

    @Test func `bits that one set has and another lacks are those of their hashes`() {
        var generator = SplitMix(seed: 526)
        for size in [0, 1, 100, 5_000] {
            let own = (0..<size).map { _ in generator.next() }
            let other = own.filter { _ in generator.below(3) > 0 } + (0..<50).map { _ in generator.next() }
            func bits(_ hashes: [UInt64]) -> [UInt64] {
                var bits = [UInt64](repeating: 0, count: Int(CTEXT_BIT_WORDS))
                ctext_bits_add(&bits, hashes, hashes.count)
                return bits
            }
            func places(_ hashes: [UInt64]) -> Set<UInt64> { Set(hashes.map { $0 >> 21 & 2_047 }) }
            let missing = ctext_bits_missing(bits(own), bits(other))
            #expect(missing == places(own).subtracting(places(other)).count)
            #expect(missing <= Set(own).subtracting(other).count)
        }
    }

    private static func words(_ row: MadeRow) -> Int {
        row.turns.filter { $0.role.side != nil }
            .map { $0.text.split(whereSeparator: { $0 == " " || $0 == "\n" }).count }.reduce(0, +)
    }

    private static func rows(_ maker: inout RowMaker) -> [MadeRow] {
        var rows = maker.rows(60)
        for _ in 0..<20 {
            let long = maker.sentence(40 + maker.generator.below(60))
            rows.append(MadeRow(long.joined(separator: " ")))
            for _ in 0..<2 {
                let count = 15 + maker.generator.below(20)
                let start = maker.generator.below(long.count - count)
                let part = long[start..<start + count].joined(separator: " ")
                rows.append(MadeRow(maker.edited(part, edits: maker.generator.below(4))))
            }
            rows.append(MadeRow(user: long.joined(separator: " "), assistant: maker.text(3)))
        }
        rows.shuffle(using: &maker.generator)
        return rows
    }
}
