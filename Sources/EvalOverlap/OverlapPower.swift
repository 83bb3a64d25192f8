import CText
import Corpus
import Findings
import Pipeline

/// The power of a run: edits of its own items are looked up in the index, as if they stood in a training row.
package struct OverlapPower {
    private let decision: OverlapDecision

    /// One thread's tools.
    private final class Planter {
        let text: OverlapText
        let judge: OverlapJudge
        let words: OriginalWords

        init(_ decision: OverlapDecision) throws {
            text = try OverlapText()
            judge = try OverlapJudge(decision)
            words = try OriginalWords()
        }
    }

    private struct Planters: @unchecked Sendable {  // each worker uses its own element
        let all: [Planter]
        let lines: UnsafeMutableBufferPointer<EvalOverlapFigures.Power>
    }

    package init(_ decision: OverlapDecision) { self.decision = decision }

    /// Plants edits of up to `count` checkable items of each set, chosen by a hash of the set's name and their ordinals.
    ///
    /// - Returns: a line for each set, control sets left out, and class of edits.
    /// - Throws: `TextFormsError`.
    /// - Complexity: O(count * classes * bytes of an item).
    package func measure(_ count: Int, threads: Int = 1) throws -> [EvalOverlapFigures.Power] {
        guard count > 0 else { return [] }
        var lines: [EvalOverlapFigures.Power] = []
        var planted: [(set: Int, items: [Int], edit: PlantedEdit)] = []
        for (number, set) in decision.index.sets.enumerated() where !set.isControl {
            let chosen = chosenItems(of: number, count)
            for edit in PlantedEdit.allCases {
                var line = EvalOverlapFigures.Power()
                line.set = set.name
                line.edit = edit.rawValue
                lines.append(line)
                planted.append((number, chosen, edit))
            }
        }
        let planters = try (0..<max(1, min(threads, lines.count))).map { _ in try Planter(decision) }
        try lines.withUnsafeMutableBufferPointer { lines in
            let shared = Planters(all: planters, lines: lines)
            try parallelFor(planted.count, threads: planters.count) { worker, place in
                let (set, items, edit) = planted[place]
                var line = shared.lines[place]
                for item in items { probe(item, edit, set: set, shared.all[worker], &line) }
                shared.lines[place] = line
            }
        }
        return lines.filter { $0.planted > 0 || $0.edit != PlantedEdit.firstTurn.rawValue }
    }

    private func chosenItems(of set: Int, _ count: Int) -> [Int] {
        let items = decision.index.itemsOfSet[set].filter {
            decision.uncheckable[$0] == nil && !decision.index.item($0).question.isEmpty
        }
        let name = Array(decision.index.sets[set].name.utf8)
        let seed = name.withUnsafeBytes { ctext_xxh3_64($0.baseAddress, $0.count, 0) }
        let ranked = items.map { item in
            (ctext_mix64(seed &+ UInt64(decision.index.item(item).ordinal)), item)
        }
        return ranked.sorted { $0 < $1 }.prefix(count).map(\.1)
    }

    /// The bytes of an item's question that hold 60 % of its specific words, where some of its words are discounted:
    /// of a prompt and a question, 60 % of all words would be little but the prompt.
    private func cut(_ item: Int, _ words: OriginalWords) -> Int? {
        guard let number = decision.index.items[item][.question] else { return nil }
        let text = decision.index.texts[number]
        let specific = text.words.indices.filter { !decision.discounted[$0] }
        guard specific.count < text.wordCount, !specific.isEmpty else { return nil }
        let last = specific[max(1, specific.count * 3 / 5) - 1] - text.firstWord
        let question = decision.index.item(item).question
        let ranges = question.withUnsafeBytes { words.ranges(of: $0, count: text.wordCount) }
        return ranges.indices.contains(last) ? ranges[last].upperBound : nil
    }

    private func probe(
        _ item: Int, _ edit: PlantedEdit, set: Int, _ planter: Planter,
        _ power: inout EvalOverlapFigures.Power
    ) {
        let text = planter.text
        let own = decision.index.item(item)
        var question = own.question
        if edit == .firstTurn {
            guard let turn = own.turns(of: .question).first else { return }
            question = Array(question[turn])
        }
        let turns = edit.turns(
            question: question, answer: own.answer, seed: UInt64(own.ordinal) &* 31 &+ 7,
            cut: edit == .truncated ? cut(item, planter.words) : nil)
        text.begin()
        for turn in turns { turn.withUnsafeBytes { text.append($0) } }
        let matches = planter.judge.matches(in: text) { _ in .user }.filter {
            !$0.verdict.isLabel && Int(decision.index.items[$0.item].set) == set
        }
        power.planted += 1
        if !matches.isEmpty { power.found += 1 }
        if matches.contains(where: { $0.item == item }) { power.rightItem += 1 }
    }
}
