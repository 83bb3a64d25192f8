import Findings

/// The file of misspelt forms and their tables in the store.
final class MisspellingOutputs {
    private let file: FrameWriter
    private let store: RunStoreWriter
    private var count = 0

    init(folder: RunFolder, store: RunStoreWriter) throws {
        file = try folder.frameWriter(for: .misspellings)
        self.store = store
    }

    /// Writes forms in the order of the report.
    func write(_ forms: [LanguageProfileFigures.Misspelling]) throws {
        for form in forms {
            try JSONBytesEncoder.encode(form, indented: false).withUnsafeBytes { _ = try file.append($0) }
        }
        try store.appendMisspellings(forms, first: count)
        count += forms.count
    }

    /// Writes the rates of features, phrases, and the register of removed rows.
    func write(_ figures: LanguageProfileFigures, slices: [FeatureSliceRecord]) throws {
        try store.addPhrases(figures.phrases)
        try store.addFeatures(figures.features)
        try store.addRemovedFeatures(figures.removed?.features ?? [])
        try store.addFeatureSlices(slices)
    }

    /// Ends the file; the store stays open.
    func finish() throws -> (file: RunFile, digest: FileDigest) {
        let framed = try file.finish()
        try store.addFrames(framed.frames, of: .misspellings)
        return (.misspellings, framed.digest)
    }
}
