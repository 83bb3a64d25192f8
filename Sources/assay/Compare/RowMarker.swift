import Comparison
import LanguageProfile

/// The features of the language profile as marks of a comparison; one per thread.
final class RowMarker: RowMarking {
    private let reader: RowMarkReader
    let names: [String]

    /// - Throws: `TextFormsError`.
    init(_ sources: WordSources) throws {
        reader = try RowMarkReader(sources.knowledge, sources.features)
        names = reader.names
    }

    func marks(of text: UnsafeRawBufferPointer) -> RowMarks {
        let found = reader.read(text)
        var marks = RowMarks()
        marks.found = found.found
        marks.judgedWords = found.judged
        marks.unknownWords = found.unknown
        return marks
    }
}
