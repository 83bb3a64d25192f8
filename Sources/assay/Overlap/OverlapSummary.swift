import Corpus
import EvalOverlap
import Findings

/// Makes the summary of an overlap run.
struct OverlapSummary {
    let inputs: InputSet
    let survey: OverlapSurvey
    let evidence: OverlapEvidenceStage
    let own: SelfShards
    let slices: [String]
    let power: [EvalOverlapFigures.Power]
    let reader: EvalReader
    let rubric: RubricReader?

    func build() -> RunSummary {
        var summary = RunSummary()
        for (index, shard) in inputs.shards.enumerated() {
            let account = survey.accounts[index]
            var figures = account.figures(of: shard, removed: evidence.removedRows[index])
            for set in (own.setsOfShard[index] ?? []).sorted() {
                figures.notes.append("is the eval set \(set): left out of the search for it")
            }
            summary.add(figures, withoutText: account.withoutText)
        }
        summary.evalOverlap = overlap()
        return summary
    }

    func overlap() -> EvalOverlapFigures {
        var figures = evidence.tally.figures(shardNames: evidence.shardNames)
        figures.power = power
        figures.planned = evidence.plannedRows
        addBadRecords(to: &figures)
        if let rubric, let counts = survey.cues {
            let found = counts.figures(rubric.phrases, baseline: rubric.baseline)
            figures.rubric = found.rubric
            figures.cues = found.cues
        }
        for place in figures.sets.indices {
            let name = figures.sets[place].name
            figures.sets[place].inputShards = shards(thatAre: name)
            figures.sets[place].fields = reader.fields[name] ?? []
            figures.sets[place].searchedRows = survey.accounts.enumerated().reduce(0) { sum, shard in
                own.setsOfShard[shard.offset]?.contains(name) == true
                    ? sum : sum + shard.element.goodRows - shard.element.withoutText
            }
        }
        for place in figures.control.indices {
            figures.control[place].inputShards = shards(thatAre: figures.control[place].name)
        }
        for (index, rows) in evidence.flaggedOfShard.enumerated() where rows > 0 {
            figures.slices.append(
                slice("shard", inputs.shards[index].name, rows, of: survey.accounts[index].goodRows))
        }
        for (dimension, field) in slices.enumerated() {
            for (value, rows) in evidence.flaggedOfSlice[dimension] {
                figures.slices.append(
                    slice(field, value, rows, of: survey.sliceRows[dimension][value] ?? rows))
            }
        }
        figures.slices.sort { first, second in
            let a = Double(first.rows) / Double(max(1, first.of))
            let b = Double(second.rows) / Double(max(1, second.of))
            return (-a, -first.rows, first.field, first.value) < (
                -b, -second.rows, second.field, second.value
            )
        }
        return figures
    }

    private func shards(thatAre set: String) -> [String] {
        own.setsOfShard.filter { $0.value.contains(set) }.map { inputs.shards[$0.key].name }.sorted()
    }

    /// Bad records that a set lists.
    private static let listed = 50

    private func addBadRecords(to figures: inout EvalOverlapFigures) {
        let index = evidence.decision.index
        for bad in reader.quarantined {
            let name = index.sets[Int(index.items[bad.item].set)].name
            if let place = figures.control.firstIndex(where: { $0.name == name }) {
                figures.control[place].quarantined += 1
            }
            guard let place = figures.sets.firstIndex(where: { $0.name == name }) else { continue }
            figures.sets[place].quarantined += 1
            if figures.sets[place].badRecords.count < Self.listed {
                figures.sets[place].badRecords.append(bad.record)
            }
        }
    }

    private func slice(_ field: String, _ value: String, _ rows: Int, of all: Int)
        -> EvalOverlapFigures.SliceRows
    {
        var slice = EvalOverlapFigures.SliceRows()
        slice.field = field
        slice.value = value
        slice.rows = rows
        slice.of = all
        return slice
    }
}
