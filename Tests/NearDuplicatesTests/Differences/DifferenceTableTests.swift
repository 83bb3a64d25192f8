import Corpus
import Testing

@testable import NearDuplicates

@Suite struct DifferenceTableTests {
    @Test(arguments: numbers + operators + negations + identifiers + wordings + others)
    func `each pair gets its class in both orders`(_ pair: DifferenceCase) {
        let outcome = pair.outcome()
        #expect(outcome == [pair.expected, pair.expected], "\(pair.row) | \(pair.keeper)")
    }

    @Test func `ids are unique`() {
        let ids =
            (Self.numbers + Self.operators + Self.negations + Self.identifiers + Self.wordings + Self.others)
            .map(\.id)
        #expect(Set(ids).count == ids.count)
    }
}
