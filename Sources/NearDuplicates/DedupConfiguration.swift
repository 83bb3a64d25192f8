import Corpus
import TextForms

/// What a dedup compares and which rows it removes: one validated value for the whole run.
package struct DedupConfiguration: Sendable {
    /// Millionths of the Jaccard similarity from which a candidate pair is a duplicate pair.
    package var thresholdMillionths = 800_000
    package var shingle = ShingleForm.characters(5)
    package var on = ComparedSides.sides
    /// Millionths of the containment from which the shorter row goes; `nil`: not looked for.
    package var containedMillionths: Int?
    /// Rows that are a proper prefix of another row are removed, not only counted.
    package var removesPrefixes = false
    package var keeper = KeeperPolicy.rarestSlice
    /// Rows of a cluster that stay: the keeper, then the ones farthest from it.
    package var keptPerCluster = 1
    package var protected: [SliceSelector] = []
    package var floors: [SliceFloor] = []
    /// Classes that are no edge of the leader pass.
    package var sparedClasses: Set<DifferenceClass> = DedupConfiguration.defaultSparedClasses
    /// Whether each casualty's difference class is found; else all are `wording`, and no class may be spared.
    package var tellsDifferences = true
    /// Known words, for the difference class `spelling`.
    package var lexicon = Lexicon()
    /// Threads for the decisions; never changes a result.
    package var threads = 1
    /// Bytes that the stores in memory may take before they spill to scratch.
    package var memoryBytes = 1 << 30

    package static let defaultSparedClasses = Set(DifferenceClass.allCases.filter(\.sparesByDefault))

    /// Classes that spare a row only where that is asked for.
    package static let sparableClasses: [DifferenceClass] = [
        .identifier, .name, .spelling, .wording, .extension, .order, .form,
    ]

    package init() {}

    package var threshold: Double { Double(thresholdMillionths) / 1e6 }
}
