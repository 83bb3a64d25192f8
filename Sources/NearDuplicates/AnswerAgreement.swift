import Corpus
import TextForms

/// Compares the chosen answers of two preference rows, and the rejected ones, each by themselves: a long answer must
/// not hide that the other is quite another. One per thread.
final class AnswerAgreement {
    private let millionths: Int
    private let isLooked: Bool
    private let shingler: RowShingler
    /// The shingles of the answers of the row that was begun, and how many each has.
    private let own = [StampedSet(), StampedSet()]
    private var ownCounts = [0, 0]
    private let other = StampedSet()

    private static let marks = [TurnMark.chosen, .rejected]

    init(configuration: DedupConfiguration) throws {
        millionths = configuration.thresholdMillionths
        isLooked = configuration.on != .row && configuration.on != .prompt
        shingler = try RowShingler(configuration: configuration)
    }

    /// Takes the row that others are compared with.
    ///
    /// - Returns: whether there is anything to compare: it has a chosen and a rejected answer, and responses are
    ///   compared.
    /// - Complexity: O(bytes of the answers).
    func begin(_ row: RowText) -> Bool {
        guard isLooked, Self.marks.allSatisfy({ mark in row.turns.contains { $0.mark == mark } }) else {
            return false
        }
        for (place, mark) in Self.marks.enumerated() {
            ownCounts[place] = shingler.fill(own[place], with: row, mark: mark)
        }
        return true
    }

    /// The Jaccard similarity of the answers that are less alike; 1 where each is the other row's other answer (a label
    /// conflict); `nil` where one does not reach the threshold.
    ///
    /// - Complexity: O(bytes of the keeper's answers).
    func similarity(to keeper: RowText) -> Fraction? {
        let fractions = [0, 1].map { fraction($0, keeper, Self.marks[$0]) }
        if fractions.allSatisfy({ $0.reaches(millionths: millionths) }) {
            return fractions[1] < fractions[0] ? fractions[1] : fractions[0]
        }
        let isSwapped = [0, 1].allSatisfy {
            fraction($0, keeper, Self.marks[1 - $0]).reaches(millionths: millionths)
        }
        return isSwapped ? Fraction(shared: 1, total: 1) : nil
    }

    /// Whether each answer of the row lies in the keeper's of its mark, for containment.
    ///
    /// - Complexity: O(bytes of the keeper's answers).
    func isContained(in keeper: RowText, millionths limit: Int) -> Bool {
        [0, 1].allSatisfy { place in
            _ = shingler.fill(other, with: keeper, mark: Self.marks[place])
            let shared = own[place].countShared(with: shingler.responseHashes)
            return Fraction(shared: shared, total: ownCounts[place]).reaches(millionths: limit)
        }
    }

    private func fraction(_ place: Int, _ keeper: RowText, _ mark: TurnMark) -> Fraction {
        let count = shingler.fill(other, with: keeper, mark: mark)
        let shared = own[place].countShared(with: shingler.responseHashes)
        return Fraction(shared: shared, total: ownCounts[place] + count - shared)
    }
}
