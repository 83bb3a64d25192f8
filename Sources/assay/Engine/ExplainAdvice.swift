import Corpus
import Findings
import NearDuplicates
import Reporting

/// What to type so that a row stays, or goes.
struct ExplainAdvice {
    let run: StoredRun
    let record: RemovalRecord
    let rule: String
    let slices: [String]

    func lines(_ status: RowExplanation.Status) -> [String] { status == .removed ? toKeep : toDrop }

    private var toKeep: [String] {
        var lines: [String] = []
        switch record.kind {
        case .near:
            // The next hundredth over the similarity, decided on whole millionths.
            let hundredths = Int((record.similarity * 1e6).rounded()) / 10_000 + 1
            if hundredths <= 100 {
                lines.append("--threshold \(Format.plain(Double(hundredths) / 100)) or higher")
            }
        case .contained:
            lines.append("leave out --contained, or raise it over \(Format.plain(record.similarity))")
        case .prefix: lines.append("leave out --contained prefix")
        case .identical, .exact: break
        }
        if record.kind == .near, DedupConfiguration.sparableClasses.contains(record.difference) {
            lines.append("--spare \(record.difference.name) keeps all rows that differ so")
        }
        if let slice = rarestSlice {
            lines.append("--protect \(Format.shellWord(slice)) keeps all rows of the slice")
        }
        if record.kind != .identical {
            lines.append("--keep 2 keeps of each cluster the row most unlike its keeper, this one or another")
        }
        return lines
    }

    /// The declared slice of the row with the fewest rows; else the first derived one.
    private var rarestSlice: String? {
        guard case .array(let fields) = run.setting("slice") else { return nil }
        let declared = fields.compactMap(\.string)
        let losses = run.summary.nearDuplicates.slices.filter { loss in
            declared.contains(loss.field) && slices.contains("\(loss.field)=\(loss.value)")
        }
        return losses.min { ($0.before, $0.field) < ($1.before, $1.field) }.map { "\($0.field)=\($0.value)" }
    }

    private var toDrop: [String] {
        switch rule {
        case "protect": ["leave its slice out of --protect"]
        case "keep": ["--keep 1"]
        case "floor": ["lower or leave out --floor"]
        case "keeper":
            [
                "it is contained in another row, but rows were removed for its sake: apply this run, and dedup what it "
                    + "leaves"
            ]
        case "label-conflict":
            [
                "mend the labels first; --remove-differing label-conflict removes it as it is"
            ]
        default:
            if let difference = DifferenceClass(name: rule),
                DedupConfiguration.defaultSparedClasses.contains(difference)
            {
                ["--remove-differing \(rule)"]
            } else if DifferenceClass(name: rule) != nil {
                ["leave \(rule) out of --spare"]
            } else {
                ["--spare none"]
            }
        }
    }
}
