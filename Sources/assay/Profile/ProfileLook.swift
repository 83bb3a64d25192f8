import Corpus
import LanguageProfile

/// What one thread does with a row for the profile, in whichever stage reads it first.
final class ProfileLook {
    let surveyor: SpellingSurveyor
    private var slices: SliceReader
    private var values: [UInt8] = []
    /// Where the stage's own mapper takes for turns what a profile does not.
    private let mapper: RowMapper?
    /// Of the batch.
    private let trace = RowTrace()

    init(_ surveyor: SpellingSurveyor, fields: [String], mapsAnew: Bool) {
        self.surveyor = surveyor
        slices = SliceReader(fields.map { FieldPath($0) })
        mapper = mapsAnew ? Self.makeMapper() : nil
    }

    /// A mapper for text alone.
    static func makeMapper() -> RowMapper {
        RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false, readsOutside: false)
    }

    /// Sets the mapping of the rows that follow.
    func use(_ mapping: FieldMapping) { mapper?.use(mapping) }

    /// Counts a row and adds it to the batch's trace.
    ///
    /// - Parameter other: has mapped the row.
    func add(_ node: JSONNode, _ other: RowMapper, shard: Int, ordinal: Int) {
        mapper?.map(node)
        let mapper = mapper ?? other
        slices.read(node, into: &values)
        let conversation = mapper.conversationHash
        trace.beginRow(
            ordinal: ordinal, conversation: conversation, provenance: Provenance(node), slices: values)
        let number = RowOrigin.number(shard: shard, ordinal: ordinal)
        mapper.withRowText { surveyor.add($0, conversation: conversation, number: number, to: trace) }
    }

    /// Ends a batch.
    ///
    /// - Returns: its trace.
    /// - Throws: `ProfileError` where scratch cannot be written.
    func endBatch() throws -> [UInt64] {
        try surveyor.makeRoom()
        return trace.finish()
    }
}
