import Corpus
import Findings

/// Gathers the features of the rows that one thread reads.
package final class FeatureCounter {
    let reader: FeatureReader
    private let catalogue: FeatureCatalogue
    private var turns: [FeatureTallies.TurnFeatures] = []
    private var hasCall = false
    package private(set) var tallies = FeatureTallies()
    package private(set) var removals = RemovalTallies()
    package private(set) var signals = RowSignals()

    private let promise: FeatureReader.Set
    private let refusal: FeatureReader.Set
    private let safety: FeatureReader.Set
    private let mixed: FeatureReader.Set

    package let phrases: PhraseReader

    /// - Parameter knowledge: the word lists, for words that look like known ones.
    /// - Throws: `TextFormsError`.
    package init(
        _ catalogue: FeatureCatalogue, _ knowledge: SpellingKnowledge? = nil, phrases: PhraseReader
    ) throws {
        self.phrases = phrases
        self.catalogue = catalogue
        reader = try FeatureReader(catalogue, knowledge)
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
        phrases.beginRow()
    }

    func noteCall() { hasCall = true }

    func endTurn(
        _ role: ProfileRole, isChosen: Bool, isMisspelt: Bool, _ bytes: UnsafeRawBufferPointer
    ) {
        reader.end(bytes, isMisspelt: isMisspelt)
        if role.isLearned { phrases.endTurn(bytes) }
        turns.append(
            FeatureTallies.TurnFeatures(
                role: role, found: reader.found, words: reader.wordCount, isChosen: isChosen))
    }

    /// Counts the row that was read last.
    package func endRow(_ origin: RowOrigin) {
        phrases.endRow(author: origin.author, origin.place, number: origin.number)
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
