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
                    if contained.reaches(millionths) {
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
        let rows =
            [MadeRow(part)]
            + (0..<count).map { MadeRow(part + " " + maker.sentence(7 + $0).joined(separator: " ")) }
        let configuration = LeaderPassOracleTests.plain("word-3", 1_000_000)
        let decision = try RowCorpus(rows).decide(configuration)
        let found = try ContainmentSearch(
            table: decision.table, configuration: configuration, verdicts: decision.verdicts
        ).matches(millionths: 900_000).filter { $0.row == 0 }
        let longest = (1...count).sorted {
            (decision.table.length[$1], $0) < (decision.table.length[$0], $1)
        }
        #expect(found.map { Int($0.keeper) } == longest.prefix(ContainmentSearch.mostMatches).sorted())
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
