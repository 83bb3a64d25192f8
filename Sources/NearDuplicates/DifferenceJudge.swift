import Corpus

/// Decides the difference class of a pair from labels, texts and outside fields; one per thread.
final class DifferenceJudge {
    private let on: ComparedSides
    private let spared: Set<DifferenceClass>
    private let classifier: DifferenceClassifier

    init(configuration: DedupConfiguration) {
        on = configuration.on
        classifier = DifferenceClassifier(
            lexicon: configuration.lexicon, on: configuration.on, sparing: configuration.sparedClasses)
        spared = configuration.sparedClasses
    }

    /// - Parameters:
    ///   - sameOutside: the outside fields of both rows are equal.
    ///   - contained: the pair is of kind contained or prefix, so that what only the keeper has is no difference.
    /// - Complexity: O(bytes of both) for few edits.
    func judge(row: RowRecord, keeper: RowRecord, sameOutside: Bool, contained: Bool) -> DifferenceVerdict {
        let left = row.header.labelHash
        let right = keeper.header.labelHash
        let conflict = DifferenceVerdict(difference: .labelConflict, negationChecked: true)
        let isConflict = left != 0 && right != 0 && left != right
        if isConflict, spared.isSubset(of: [.labelConflict]) || spared.contains(.labelConflict) {
            return conflict
        }
        let verdict = classifier.classify(row: row.text, keeper: keeper.text, contained: contained)
        if isConflict, !spared.contains(verdict.difference) { return conflict }
        // The word diff knows no ligatures (`ﬁ`): where the normal forms are equal, other words differ in form alone.
        if row.textID == keeper.textID, Self.wordClasses.contains(verdict.difference) {
            return DifferenceVerdict(difference: .form, negationChecked: verdict.negationChecked)
        }
        guard verdict.difference == .identical else { return verdict }
        let same = sameOutside && left == right && sameLeftOut(row.text, keeper.text)
        return DifferenceVerdict(difference: same ? .identical : .fields, negationChecked: true)
    }

    private static let wordClasses: Set<DifferenceClass> = [.turn, .name, .spelling, .wording, .extension]

    /// Whether the turns outside the compared text (system prompts) are equal.
    private func sameLeftOut(_ row: RowText, _ keeper: RowText) -> Bool {
        let left = row.turns.filter { on.side(of: $0.role) == nil }
        let right = keeper.turns.filter { on.side(of: $0.role) == nil }
        return left.count == right.count
            && zip(left, right).allSatisfy {
                $0.role == $1.role && $0.mark == $1.mark && row.bytes(of: $0).equals(keeper.bytes(of: $1))
            }
    }
}
