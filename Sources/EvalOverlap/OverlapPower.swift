import CText
import Corpus
import Findings

/// The power of a run: edits of its own items are looked up in the index, as if they stood in a training row.
package struct OverlapPower {
    private let decision: OverlapDecision
    private let text: OverlapText
    private let judge: OverlapJudge
    private let words: OriginalWords

    /// - Throws: `TextFormsError`.
    package init(_ decision: OverlapDecision) throws {
        self.decision = decision
        text = try OverlapText()
        judge = try OverlapJudge(decision)
        words = try OriginalWords()
    }

    /// Plants edits of up to `count` checkable items of each set, chosen by a hash of the set's name and their ordinals.
    ///
    /// - Returns: a line for each set, control sets left out, and class of edits.
    /// - Complexity: O(count * classes * bytes of an item).
    package func measure(_ count: Int) -> [EvalOverlapFigures.Power] {
        guard count > 0 else { return [] }
        var figures: [EvalOverlapFigures.Power] = []
        for (number, set) in decision.index.sets.enumerated() where !set.isControl {
            let items = decision.index.itemsOfSet[number].filter {
                decision.uncheckable[$0] == nil && !decision.index.item($0).question.isEmpty
            }
            let name = Array(set.name.utf8)
            let seed = name.withUnsafeBytes { ctext_xxh3_64($0.baseAddress, $0.count, 0) }
            let ranked = items.map { item in
                (ctext_mix64(seed &+ UInt64(decision.index.item(item).ordinal)), item)
            }
            let chosen = ranked.sorted { $0 < $1 }.prefix(count).map(\.1)
            for edit in PlantedEdit.allCases {
                var power = EvalOverlapFigures.Power()
                power.set = set.name
                power.edit = edit.rawValue
                for item in chosen { probe(item, edit, set: number, &power) }
                if power.planted > 0 || edit != .firstTurn { figures.append(power) }
            }
        }
        return figures
    }

    /// The bytes of an item's question that hold 60 % of its specific words, where some of its words are discounted:
    /// of a prompt and a question, 60 % of all words would be little but the prompt.
    private func cut(_ item: Int) -> Int? {
        guard let number = decision.index.items[item][.question] else { return nil }
        let text = decision.index.texts[number]
        let specific = text.words.indices.filter { !decision.discounted[$0] }
        guard specific.count < text.wordCount, !specific.isEmpty else { return nil }
        let last = specific[max(1, specific.count * 3 / 5) - 1] - text.firstWord
        let question = decision.index.item(item).question
        let ranges = question.withUnsafeBytes { words.ranges(of: $0, count: text.wordCount) }
        return ranges.indices.contains(last) ? ranges[last].upperBound : nil
    }

    private func probe(_ item: Int, _ edit: PlantedEdit, set: Int, _ power: inout EvalOverlapFigures.Power) {
        let own = decision.index.item(item)
        var question = own.question
        if edit == .firstTurn {
            guard let turn = own.turns(of: .question).first else { return }
            question = Array(question[turn])
        }
        let turns = edit.turns(
            question: question, answer: own.answer, seed: UInt64(own.ordinal) &* 31 &+ 7,
            cut: edit == .truncated ? cut(item) : nil)
        text.begin()
        for turn in turns { turn.withUnsafeBytes { text.append($0) } }
        let matches = judge.matches(in: text) { _ in .user }.filter {
            !$0.verdict.isLabel && Int(decision.index.items[$0.item].set) == set
        }
        power.planted += 1
        if !matches.isEmpty { power.found += 1 }
        if matches.contains(where: { $0.item == item }) { power.rightItem += 1 }
    }
}
