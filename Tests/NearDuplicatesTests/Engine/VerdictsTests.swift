import Testing

@testable import NearDuplicates

@Suite struct VerdictsTests {
    @Test func `matches are in the order of their rows after sealing, and say the same`() {
        let verdicts = Verdicts(rowCount: 6)
        for row in [4, 1, 3] as [UInt32] {
            verdicts.remove(
                Match(row: row, keeper: 0, kind: .near, difference: .wording, textLost: Float(row)))
        }
        verdicts.remove(Match(row: 1, keeper: 2, kind: .exact, difference: .form, textLost: 9))
        verdicts.restore(3)
        verdicts.restore(4)
        verdicts.remove(Match(row: 4, keeper: 5, kind: .near, difference: .wording))
        let before = (0..<6).map { verdicts.casualty($0) }
        verdicts.seal()
        #expect((0..<6).map { verdicts.casualty($0) } == before)
        #expect((0..<6).map { verdicts.isRemoved($0) } == [false, true, false, false, true, false])
        #expect(verdicts.casualty(1)?.keeper == 2)
    }

    @Test func `copies are found by keeper, and only those of its normal form`() throws {
        print("seed 880")
        var maker = RowMaker(seed: 880)
        var rows: [MadeRow] = []
        for _ in 0..<40 {
            let row = MadeRow(maker.text(20))
            rows += Array(repeating: row, count: 1 + maker.generator.below(4))
            rows.append(MadeRow(maker.edited(row.turns[0].text, edits: 1)))
        }
        rows.shuffle(using: &maker.generator)
        let decision = try RowCorpus(rows).decide(LeaderPassOracleTests.plain("char-5"))
        let groups = CopyGroups(table: decision.table, verdicts: decision.verdicts)
        var copies = 0
        for keeper in rows.indices {
            let expected = rows.indices.filter { row in
                guard let match = decision.verdicts.casualty(row), Int(match.keeper) == keeper else {
                    return false
                }
                return match.textLost <= 0 && decision.firstOfText[row] == decision.firstOfText[keeper]
            }
            var found: [Int] = []
            groups.forEachCopy(of: keeper) { found.append($0) }
            #expect(found == expected && groups.hasCopies(keeper) == !expected.isEmpty)
            copies += found.count
        }
        #expect(copies > 20)
    }

    @Test func `the rows of a term are the smallest, whichever thread met them`() {
        var parts = [TermRows(count: 2), TermRows(count: 2), TermRows(count: 2)]
        let count = 3 * TermRows.maximumRows
        for row in 0..<count {
            // In ascending order, as blocks are taken; the parts lag behind each other.
            parts[(row / 100) % 3].add(UInt32(row), to: 1)
            parts[(row / 100) % 3].add(UInt32(row), to: 1)
        }
        parts[1].name(1, "term")
        let merged = TermRows(count: 2)
        for part in parts.reversed() { merged.merge(part) }
        #expect(merged.rows(of: 1) == (0..<TermRows.maximumRows).map { UInt32($0) })
        #expect(merged.rows(of: 0).isEmpty && merged.names == ["", "term"])
        parts = []
    }
}
