import Corpus
import NearDuplicates
import Review

/// Word diffs of two rows by side: what users say and what assistants say apart.
struct SideDiffs {
    private let classifier = DifferenceClassifier(on: .all)

    /// The sides that either row has: `context` for turns that are not compared, `prompt`, `response`; `text` where
    /// nobody is said to speak.
    func diff(_ row: MappedRows.Mapped, _ keeper: MappedRows.Mapped) -> [SideDiff] {
        if (row.turns + keeper.turns).allSatisfy({ $0.role == .text }) {
            return [SideDiff(side: "text", pieces: pieces(row, keeper))]
        }
        let names: [(name: String, holds: (Role) -> Bool)] = [
            ("context", { $0.side == nil }), ("prompt", { $0.side == .prompt }),
            ("response", { $0.side == .response }),
        ]
        return names.compactMap { name, holds in
            let own = row.part { holds($0.role) }
            let other = keeper.part { holds($0.role) }
            if own.turns.isEmpty, other.turns.isEmpty { return nil }
            return SideDiff(side: name, pieces: pieces(own, other))
        }
    }

    private func pieces(_ row: MappedRows.Mapped, _ keeper: MappedRows.Mapped) -> [SideDiff.Piece] {
        if row.text == keeper.text { return [SideDiff.Piece(.same, row.text(0..<row.text.count))] }
        let hunks = row.withRowText { row in
            keeper.withRowText { keeper in classifier.diff(row: row, keeper: keeper).hunks }
        }
        return hunks.flatMap { hunk -> [SideDiff.Piece] in
            let lost = row.text(hunk.rowRange)
            let kept = keeper.text(hunk.keeperRange)
            return switch hunk.kind {
            case .equal: [SideDiff.Piece(.same, lost)]
            case .rowOnly: [SideDiff.Piece(.lost, lost)]
            case .keeperOnly: [SideDiff.Piece(.kept, kept)]
            case .replaced: [SideDiff.Piece(.lost, lost), SideDiff.Piece(.kept, kept)]
            }
        }
    }
}

extension MappedRows.Mapped {
    /// The row with some of its turns alone.
    func part(where holds: (Turn) -> Bool) -> MappedRows.Mapped {
        var part = MappedRows.Mapped()
        for turn in turns where holds(turn) {
            var moved = turn
            moved.offset = UInt32(part.text.count)
            part.text += text[turn.range]
            part.turns.append(moved)
        }
        return part
    }
}
