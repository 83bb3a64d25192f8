import Corpus
import TextForms

/// Compares the chosen answers of two preference rows, and the rejected ones, each by themselves: a long answer must not
/// hide that the other is quite another. One per thread.
final class AnswerAgreement {
    private let millionths: Int
    private let isLooked: Bool
    private let shingler: RowShingler
    private let own: StampedSet
    private let other: StampedSet

    init(configuration: DedupConfiguration) throws {
        millionths = configuration.thresholdMillionths
        isLooked = configuration.on != .row && configuration.on != .prompt
        shingler = try RowShingler(configuration: configuration)
        own = StampedSet()
        other = StampedSet()
    }

    /// Whether rows like this one are looked at: it has a chosen and a rejected answer, and responses are compared.
    func concerns(_ row: RowText) -> Bool {
        isLooked && row.turns.contains { $0.mark == .chosen } && row.turns.contains { $0.mark == .rejected }
    }

    /// The Jaccard similarity of the answers that are less alike; 1 where each is the other row's other answer (a label
    /// conflict); `nil` where one does not reach the threshold.
    ///
    /// - Complexity: O(bytes of the answers).
    func similarity(_ row: RowText, _ keeper: RowText) -> Fraction? {
        let marks = [TurnMark.chosen, .rejected]
        let fractions = marks.map { fraction(row, $0, keeper, $0) }
        if fractions.allSatisfy({ $0.reaches(millionths: millionths) }) {
            return fractions[1] < fractions[0] ? fractions[1] : fractions[0]
        }
        let isSwapped = zip(marks, marks.reversed()).allSatisfy {
            fraction(row, $0, keeper, $1).reaches(millionths: millionths)
        }
        return isSwapped ? Fraction(shared: 1, total: 1) : nil
    }

    /// Whether each answer of a row lies in the keeper's of its mark, for containment.
    ///
    /// - Complexity: O(bytes of the answers).
    func isContained(_ row: RowText, in keeper: RowText, millionths limit: Int) -> Bool {
        [TurnMark.chosen, .rejected].allSatisfy { mark in
            let count = shingler.fill(own, with: row, mark: mark)
            _ = shingler.fill(other, with: keeper, mark: mark)
            let shared = own.countShared(with: shingler.responseHashes)
            return Fraction(shared: shared, total: count).reaches(millionths: limit)
        }
    }

    private func fraction(_ row: RowText, _ mark: TurnMark, _ keeper: RowText, _ their: TurnMark) -> Fraction
    {
        let count = shingler.fill(own, with: row, mark: mark)
        let otherCount = shingler.fill(other, with: keeper, mark: their)
        let shared = own.countShared(with: shingler.responseHashes)
        return Fraction(shared: shared, total: count + otherCount - shared)
    }
}
