import Corpus
import Testing

@testable import LanguageProfile

/// Rows that went through both passes: counted and traced, then read from their traces.
struct TracedRows {
    let surveyor: SpellingSurveyor
    private let trace: [UInt64]
    private let catalogue: FeatureCatalogue

    init(
        _ rows: [[(Role, String)]], _ catalogue: FeatureCatalogue,
        _ knowledge: SpellingKnowledge = SpellingTests.knowledge()
    ) throws {
        self.catalogue = catalogue
        let own = RowTrace()
        let surveyor = try SpellingSurveyor(
            knowledge, catalogue, memoryBytes: 1 << 24, scratch: "/nowhere", number: 0)
        self.surveyor = surveyor
        for (ordinal, row) in rows.enumerated() {
            own.beginRow(ordinal: ordinal, conversation: 0, provenance: Provenance(), slices: [])
            SpellingTests.withRow(row) {
                surveyor.add($0, number: RowOrigin.number(shard: 0, ordinal: ordinal), to: own)
            }
        }
        trace = own.finish()
    }

    /// The phrases of the rows, with texts.
    func phrases(least: Int) -> PhraseCatalogue {
        var phrases = PhraseCatalogue(surveyor.phrases, least: least)
        phrases.name(by: [surveyor])
        return phrases
    }

    /// Reads the traces and counts each row.
    ///
    /// - Parameter body: takes what was found in a row, before it is counted.
    func read(
        _ pairs: [SpellingPair] = [], _ phrases: PhraseCatalogue = .none,
        body: (inout RowOrigin, TraceReader) -> Void = { _, _ in }
    ) -> TraceReader {
        let reader = TraceReader(TraceIndex(SpellingWatch(pairs), phrases), catalogue)
        trace.withUnsafeBytes { trace in
            reader.forEachRow(trace) { row in
                var origin = RowOrigin(shard: 0, ordinal: row.ordinal)
                body(&origin, reader)
                reader.endRow(origin)
            }
        }
        return reader
    }
}
