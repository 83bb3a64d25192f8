import Corpus
import Findings
import NearDuplicates
import TextForms

/// What a finished run compared and removed, read back from its manifest.
enum StoredConfiguration {
    /// - Throws: `UsageError` where the configuration is not one that this version writes.
    static func dedup(of run: StoredRun) throws -> DedupConfiguration {
        var configuration = DedupConfiguration()
        let figures = run.summary.nearDuplicates
        configuration.thresholdMillionths = Int((figures.threshold * 1e6).rounded())
        guard let shingle = ShingleForm(figures.shingle), let on = ComparedSides(rawValue: figures.on) else {
            throw UsageError(
                "\(run.path): names a shingle or sides that this version does not know; scan again")
        }
        configuration.shingle = shingle
        configuration.on = on
        if let contained = run.setting("contained")?.number {
            configuration.containedMillionths = Int((contained * 1e6).rounded())
        }
        configuration.removesPrefixes = run.setting("removesPrefixes") == .bool(true)
        if case .array(let names)? = run.setting("spared") {
            configuration.sparedClasses = Set(
                names.compactMap { $0.string.flatMap { DifferenceClass(name: $0) } })
        }
        configuration.lexicon = WordLists.system().words
        return configuration
    }
}
