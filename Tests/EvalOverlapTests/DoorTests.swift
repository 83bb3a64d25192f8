import Corpus
import Testing

@testable import EvalOverlap

@Suite struct DoorTests {
    /// Intervals as R 4.2 `fisher.test` gives them (its ratio is the conditional estimate, ours the plain one).
    @Test(arguments: [
        ([8, 2, 1, 5], 20.0, 1.008, 1049.8),
        ([3, 1, 1, 3], 9.0, 0.2117, 621.9),
    ])
    func `exact interval of an odds ratio`(_ table: [Int], _ ratio: Double, _ low: Double, _ high: Double) {
        let odds = ExactOddsRatio(table[0], table[1], table[2], table[3])
        #expect(odds.ratio == ratio)
        #expect(abs(odds.low / low - 1) < 0.01, "\(odds.low)")
        #expect(abs(odds.high / high - 1) < 0.01, "\(odds.high)")
    }

    @Test func `an odds ratio without failures is bounded on one side`() {
        let odds = ExactOddsRatio(5, 0, 3, 4)
        #expect(odds.ratio == .infinity && odds.high == .infinity && odds.low > 0)
        #expect(ExactOddsRatio(0, 5, 3, 4).low == 0)
    }

    @Test(arguments: [
        ("1970-01-01", 0.0), ("2024-02-29", 1_709_164_800), ("2024-02-29T23:59:59Z", 1_709_251_199),
        ("2024-03-01 00:00:00.5", 1_709_251_200), ("1709251200", 1_709_251_200),
        ("1709251200000", 1_709_251_200),
    ])
    func `times are read`(_ text: String, _ seconds: Double) {
        #expect(RowDoors.seconds(text) == seconds)
    }

    @Test(arguments: ["", "yesterday", "2024-13-01", "12:30", "٢٠٢٤-01-01"])
    func `what is no time is none`(_ text: String) {
        #expect(RowDoors.seconds(text) == nil)
    }

    @Test func `planted edits are the same each time`() {
        for edit in PlantedEdit.allCases {
            let question = Array(
                "How many staves does the cooper of Larkmoor plane in a week of six days?".utf8)
            let turns = edit.turns(question: question, answer: [], seed: 3)
            #expect(turns == edit.turns(question: question, answer: [], seed: 3))
            #expect(!turns.isEmpty && turns.allSatisfy { !$0.isEmpty }, "\(edit)")
        }
    }
}
