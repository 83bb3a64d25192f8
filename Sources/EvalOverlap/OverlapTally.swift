import Findings

/// What the lines of `overlaps` come to, row after row in order.
package struct OverlapTally: Sendable {
    /// A line as it counts.
    package struct Line: Sendable {
        package var item: Int
        package var verdict: OverlapVerdict
        package var role: String
        /// Of the bytes of its turn.
        package var turnHash: UInt64

        package init(item: Int, verdict: OverlapVerdict, role: String, turnHash: UInt64) {
            self.item = item
            self.verdict = verdict
            self.role = role
            self.turnHash = turnHash
        }
    }

    private struct TurnKey: Hashable {
        var item: Int
        var turn: UInt64
    }

    private struct Shared {
        var verdict: OverlapVerdict
        var role: String
        var rows = 0
        var shard: Int
        var ordinal: Int
    }

    /// Rows from which an item is a mass finding: the bound of common text.
    package static let massRows = OverlapDecision.commonRows + 1
    /// Lines of a list in the summary.
    static let listed = 50

    private let decision: OverlapDecision
    private var verdicts: [OverlapVerdict?]
    private var rows: [Int]
    private var rowsOfSet: [Int]
    private var turns: [TurnKey: Shared] = [:]
    /// Turns that are remembered. Beyond it those of a single row so far are forgotten, and if that leaves more than
    /// half, new ones are not taken up: a list of the most common turns loses nothing but rows of rare ones.
    static let mostTurns = 1 << 18
    private let mostTurns: Int
    /// Turns that were forgotten or not taken up, so that rows of theirs may be missing from the list.
    package private(set) var turnsForgotten = 0

    package init(_ decision: OverlapDecision) { self.init(decision, mostTurns: Self.mostTurns) }

    init(_ decision: OverlapDecision, mostTurns: Int) {
        self.decision = decision
        self.mostTurns = mostTurns
        verdicts = Array(repeating: nil, count: decision.index.items.count)
        rows = Array(repeating: 0, count: decision.index.items.count)
        rowsOfSet = Array(repeating: 0, count: decision.index.sets.count)
    }

    /// Adds the lines of one row.
    package mutating func add(_ lines: [Line], shard: Int, ordinal: Int) {
        var sets = Set<Int32>()
        for line in lines {
            let known = verdicts[line.item]
            if known.map({ line.verdict.rawValue < $0.rawValue }) ?? true {
                verdicts[line.item] = line.verdict
            }
            if line.verdict.isLabel { continue }
            rows[line.item] += 1
            sets.insert(decision.index.items[line.item].set)
            remember(line, shard: shard, ordinal: ordinal)
        }
        for set in sets { rowsOfSet[Int(set)] += 1 }
    }

    /// Counts a row of a turn; rows come in order, so that what is forgotten does not depend on threads.
    private mutating func remember(_ line: Line, shard: Int, ordinal: Int) {
        let key = TurnKey(item: line.item, turn: line.turnHash)
        if turns[key] != nil {
            turns[key]?.rows += 1
            return
        }
        if turns.count >= mostTurns, turnsForgotten == 0 {
            let kept = turns.filter { $0.value.rows > 1 }
            turnsForgotten = turns.count - kept.count
            turns = kept
        }
        guard turns.count < mostTurns else {
            turnsForgotten += 1
            return
        }
        turns[key] = Shared(verdict: line.verdict, role: line.role, rows: 1, shard: shard, ordinal: ordinal)
    }

    /// What the lists leave out, for the screen.
    package var notes: [String] {
        guard turnsForgotten > 0 else { return [] }
        return [
            "over \(mostTurns) turns have eval items: \(turnsForgotten) rare ones are not in the list of shared turns"
        ]
    }

    package func verdict(of item: Int) -> OverlapVerdict? { verdicts[item] }
    package func rows(of item: Int) -> Int { rows[item] }

    /// Whether an item is flagged.
    package func isFlagged(_ item: Int) -> Bool { verdicts[item].map { !$0.isLabel } ?? false }

    /// Items for the store, in order.
    package func records() -> [EvalItemRecord] {
        decision.index.items.indices.map { item in
            let place = decision.index.items[item]
            let reason = decision.uncheckable[item]
            return EvalItemRecord(
                set: decision.index.sets[Int(place.set)].name, item: decision.index.name(ofItem: item),
                ordinal: Int(place.ordinal),
                state: isFlagged(item) ? .flagged : reason == nil ? .unflagged : .uncheckable,
                verdict: verdicts[item], reason: isFlagged(item) ? nil : reason?.rawValue, rows: rows[item])
        }
    }

    /// The figures of all sets, the controls apart.
    ///
    /// - Parameter shardNames: by shard.
    /// - Complexity: O(items + shared turns log shared turns).
    package func figures(shardNames: [String]) -> EvalOverlapFigures {
        var figures = EvalOverlapFigures()
        for (number, set) in decision.index.sets.enumerated() {
            let ofSet = setFigures(number, set)
            if set.isControl {
                var control = EvalOverlapFigures.Control()
                control.name = set.name
                control.items = ofSet.items
                control.flagged = ofSet.flagged.total
                figures.control.append(control)
            } else {
                figures.sets.append(ofSet)
            }
        }
        figures.mass = massFindings()
        figures.sharedTurns = sharedTurns(shardNames)
        return figures
    }

    private func setFigures(_ number: Int, _ set: EvalSet) -> EvalOverlapFigures.EvalSetFigures {
        var figures = EvalOverlapFigures.EvalSetFigures()
        figures.name = set.name
        for item in decision.index.itemsOfSet[number] {
            figures.items += 1
            let reason = decision.uncheckable[item]
            if reason == nil { figures.checkable += 1 }
            if let verdict = verdicts[item], !verdict.isLabel {
                figures.flagged[verdict.name] += 1
                figures.fanOut[Self.fan(rows[item])] += 1
            } else if let reason {
                figures.uncheckable[reason.rawValue] += 1
                if figures.uncheckableItems.count < Self.listed {
                    var named = EvalOverlapFigures.UncheckableItem()
                    named.item = decision.index.name(ofItem: item)
                    named.reason = reason.rawValue
                    figures.uncheckableItems.append(named)
                }
            } else {
                figures.unflaggedItems += 1
                if let label = verdicts[item] { figures.labels[label.name] += 1 }
            }
        }
        figures.rows = rowsOfSet[number]
        figures.discounted.ngrams = decision.discounts[number].grams
        figures.discounted.items = decision.discounts[number].items
        figures.discounted.rows = decision.discounts[number].rows
        return figures
    }

    private static func fan(_ rows: Int) -> String {
        switch rows {
        case ...1: "1"
        case ...9: "2-9"
        case ...99: "10-99"
        default: "100+"
        }
    }

    private func massFindings() -> [EvalOverlapFigures.MassFinding] {
        let mass = rows.indices.filter {
            rows[$0] >= Self.massRows && !decision.index.sets[Int(decision.index.items[$0].set)].isControl
        }
        return mass.sorted { (-rows[$0], $0) < (-rows[$1], $1) }.prefix(Self.listed).map { item in
            var finding = EvalOverlapFigures.MassFinding()
            finding.set = decision.index.sets[Int(decision.index.items[item].set)].name
            finding.item = decision.index.name(ofItem: item)
            finding.verdict = verdicts[item]?.name ?? ""
            finding.rows = rows[item]
            return finding
        }
    }

    private func sharedTurns(_ shardNames: [String]) -> [EvalOverlapFigures.SharedTurn] {
        let shared = turns.filter {
            $0.value.rows > 1 && !decision.index.sets[Int(decision.index.items[$0.key.item].set)].isControl
        }
        let order = shared.sorted {
            (-$0.value.rows, $0.key.item, $0.value.shard, $0.value.ordinal)
                < (-$1.value.rows, $1.key.item, $1.value.shard, $1.value.ordinal)
        }
        return order.prefix(Self.listed).map { key, value in
            var turn = EvalOverlapFigures.SharedTurn()
            turn.set = decision.index.sets[Int(decision.index.items[key.item].set)].name
            turn.item = decision.index.name(ofItem: key.item)
            turn.verdict = value.verdict.name
            turn.role = value.role
            turn.rows = value.rows
            turn.shard = shardNames[value.shard]
            turn.ordinal = value.ordinal
            return turn
        }
    }
}
