import EvalOverlap
import Findings

/// The doors of an overlap run that are told by fields of the rows, as lines of the table.
struct DoorFigures {
    let doors: RowDoors
    let survey: OverlapSurveyStage
    let evidence: OverlapEvidenceStage

    func rows() -> [EvalOverlapFigures.Door] {
        var lines: [EvalOverlapFigures.Door] = []
        if !doors.identities.isEmpty { lines += identityLines() }
        if doors.time != nil {
            var door = EvalOverlapFigures.Door()
            door.door = "time"
            door.rows = survey.laterRows
            door.detail =
                "rows later than the eval sets, of \(survey.timedRows) with a time; \(evidence.laterFlagged) of them with a "
                + "flagged item"
            lines.append(door)
        }
        return lines
    }

    /// A line for each set; an identity in too many rows joins nothing.
    private func identityLines() -> [EvalOverlapFigures.Door] {
        let index = evidence.decision.index
        var items = [Set<Int>](repeating: [], count: index.sets.count)
        var rows = [Int](repeating: 0, count: index.sets.count)
        var common = 0
        for (identity, count) in survey.identityRows {
            if count > RowDoors.commonRows {
                common += 1
                continue
            }
            var sets = Set<Int>()
            for item in doors.items(of: identity) {
                let set = Int(index.items[item].set)
                sets.insert(set)
                items[set].insert(item)
            }
            for set in sets { rows[set] += count }
        }
        return index.sets.indices.filter { !index.sets[$0].isControl }.map { set in
            var door = EvalOverlapFigures.Door()
            door.door = "identity"
            door.set = index.sets[set].name
            door.rows = rows[set]
            door.items = items[set].count
            let flagged = items[set].count { evidence.tally.isFlagged($0) }
            door.detail =
                "share an identity with a row; \(flagged) of them flagged; \(common) identities too common"
            return door
        }
    }
}
