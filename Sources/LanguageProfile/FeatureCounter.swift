import Corpus
import Findings

/// Gathers the features of the rows that one thread reads.
package final class FeatureCounter {
    private var turns: [FeatureTallies.TurnFeatures] = []
    private var hasCall = false
    package private(set) var tallies = FeatureTallies()
    package private(set) var removals = RemovalTallies()
    package private(set) var signals = RowSignals()

    private let promise: FeatureReader.Set
    private let refusal: FeatureReader.Set
    private let safety: FeatureReader.Set
    private let mixed: FeatureReader.Set

    /// Features of pattern lists that signals rest on.
    static let checked = ["promise", "refusal", "safety-prompt", "about-the-answer"]

    init(_ catalogue: FeatureCatalogue) {
        func bit(_ id: String) -> FeatureReader.Set {
            catalogue.features.firstIndex { $0.id == id }.map { 1 << FeatureReader.Set($0) } ?? 0
        }
        promise = bit("promise")
        refusal = bit("refusal")
        safety = bit("safety-prompt")
        mixed = bit("about-the-answer")
    }

    func beginRow() {
        turns.removeAll(keepingCapacity: true)
        hasCall = false
    }

    func noteCall() { hasCall = true }

    func add(_ turn: FeatureTallies.TurnFeatures) { turns.append(turn) }

    /// Counts the row that was read last.
    func endRow(_ origin: RowOrigin) {
        tallies.add(turns, origin)
        if let fate = origin.fate { removals.add(turns, fate) }
        var user: FeatureReader.Set = 0
        var assistant: FeatureReader.Set = 0
        for turn in turns {
            switch turn.role {
            case .user: user |= turn.found
            case .assistant, .text: assistant |= turn.found
            case .system, .rejected, .tool: break
            }
        }
        signals.rows += 1
        if hasCall { signals.rowsWithCalls += 1 }
        if assistant & promise != 0 {
            signals.promiseRows += 1
            if !hasCall { signals.promiseRowsWithoutCall += 1 }
        }
        if assistant & refusal != 0 { signals.refusalRows += 1 }
        if user & safety != 0 {
            signals.safetyRows += 1
            if assistant & refusal == 0 { signals.safetyRowsAnswered += 1 }
        }
        if assistant & mixed != 0 { signals.mixedRows += 1 }
        if origin.provenance?.hasSource == false { signals.rowsWithoutSource += 1 }
        if origin.provenance?.hasLicence == false { signals.rowsWithoutLicence += 1 }
    }
}
