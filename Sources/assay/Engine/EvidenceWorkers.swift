import CText
import Corpus
import Findings
import NearDuplicates
import Pipeline
import Shards

/// The workers of the evidence pass, one a thread.
struct EvidenceWorkers: @unchecked Sendable {  // each thread uses its own element
    let all: [EvidenceWorker]

    init(
        count: Int, limits: ReadLimits, decision: DedupDecision, roster: RowRoster, holdsRaw: Bool,
        textFields: Set<UInt32>
    ) {
        all = (0..<count).map { _ in
            EvidenceWorker(
                limits: limits, decision: decision, roster: roster, holdsRaw: holdsRaw, textFields: textFields
            )
        }
    }
}
