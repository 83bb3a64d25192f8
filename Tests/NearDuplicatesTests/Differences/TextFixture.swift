import Corpus
import Testing

@testable import NearDuplicates

/// Turns of a row as a test writes them.
struct TextFixture {
    var turns: [(Role, TurnMark, String)]
    var areFields = false

    init(_ text: String) { turns = [(.text, .none, text)] }

    init(_ turns: [(Role, TurnMark, String)]) { self.turns = turns }

    init(_ turns: [(Role, String)]) { self.turns = turns.map { ($0.0, .none, $0.1) } }

    func withRow<Result>(_ body: (RowText) -> Result) -> Result {
        var bytes: [UInt8] = []
        var list: [Turn] = []
        for (role, mark, text) in turns {
            let utf8 = Array(text.utf8)
            list.append(
                Turn(role: role, mark: mark, isField: areFields, offset: bytes.count, length: utf8.count))
            bytes += utf8
        }
        return bytes.withUnsafeBytes { bytes in
            list.withUnsafeBufferPointer { body(RowText(bytes: bytes, turns: $0)) }
        }
    }

    func verdict(
        against keeper: TextFixture, contained: Bool = false,
        by classifier: DifferenceClassifier = DifferenceClassifier()
    ) -> DifferenceVerdict {
        withRow { row in keeper.withRow { classifier.classify(row: row, keeper: $0, contained: contained) } }
    }

    func diff(against keeper: TextFixture) -> WordDiff {
        withRow { row in keeper.withRow { DifferenceClassifier().diff(row: row, keeper: $0) } }
    }
}

/// One pair with the class it must get, in both orders.
struct DifferenceCase: CustomTestStringConvertible, Sendable {
    let id: String
    let row: String
    let keeper: String
    let expected: DifferenceClass

    init(_ id: String, _ row: String, _ keeper: String, _ expected: DifferenceClass) {
        self.id = id
        self.row = row
        self.keeper = keeper
        self.expected = expected
    }

    var testDescription: String { id }

    func outcome(by classifier: DifferenceClassifier = DifferenceClassifier()) -> [DifferenceClass] {
        let (row, keeper) = (TextFixture(row), TextFixture(keeper))
        return [
            row.verdict(against: keeper, by: classifier).difference,
            keeper.verdict(against: row, by: classifier).difference,
        ]
    }
}
