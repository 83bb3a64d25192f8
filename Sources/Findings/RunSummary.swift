/// `summary.json`: all figures of a run. Keys are the properties' names, in their order.
///
/// Shares are fractions. Doubles are written with six decimals, so a summary read back may differ from the one
/// written in what lies beyond them.
package struct RunSummary: Sendable, Equatable, Codable {
    package struct Rows: Sendable, Equatable, Codable {
        package var `in` = 0
        package var kept = 0
        package var removed = 0
        package var quarantined = 0

        package init() {}

        /// Whether rows in = kept + removed + quarantined.
        package var addUp: Bool { `in` == kept + removed + quarantined }
    }

    package struct Shard: Sendable, Equatable, Codable {
        package var name = ""
        package var rows = 0
        package var kept = 0
        package var removed = 0
        package var quarantined = 0
        /// The ordinal of the first bad row.
        package var firstQuarantined: Int?
        package var blankLines = 0
        package var state = ShardState.complete
        package var bytes = 0
        package var notes: [String] = []

        package init() {}
    }

    package static let currentSchemaVersion = 1

    package var schemaVersion = Self.currentSchemaVersion
    /// False after a shard that was not read to its end.
    package var complete = true
    package var rows = Rows()
    /// Rows that map to no text, within the kept ones.
    package var withoutText = 0
    package var shards: [Shard] = []
    package var nearDuplicates = NearDuplicateFigures()
    /// Only of a run with eval sets; else the key is not written.
    package var evalOverlap: EvalOverlapFigures?
    /// Only of a run that profiled; else the key is not written.
    package var languageProfile: LanguageProfileFigures?
    /// Only of a run that compared two sides; else the key is not written.
    package var comparison: ComparisonFigures?
    package var gates: [GateResult] = []
    package var causes: [ExitCause] = []

    /// In the properties' order.
    enum CodingKeys: String, CodingKey {
        case schemaVersion, complete, rows, withoutText, shards, nearDuplicates, evalOverlap, languageProfile
        case comparison, gates, causes
    }

    /// No row that could be read has text, and there are rows.
    package var comparesNothing: Bool { withoutText > 0 && withoutText == rows.in - rows.quarantined }

    package static let nothingCompared =
        "NOTHING WAS COMPARED: no row has text by this mapping, so a passed gate means nothing"

    package init() {}

    /// The file's bytes.
    ///
    /// - Throws: `wrongUse` where rows do not add up, per shard or in all: a defect of the caller.
    package func encoded() throws -> [UInt8] {
        try checkSums()
        return try JSONBytesEncoder.encode(self)
    }

    /// Reads the summary of a run.
    ///
    /// - Throws: `fileSystem`; `damaged`, also for another schema version.
    package init(run folder: String) throws {
        let path = "\(folder)/\(RunFile.summary.name)"
        self = try RunDocument.read(RunSummary.self, path: path)
        guard schemaVersion == Self.currentSchemaVersion else {
            throw FindingsError(
                .damaged, "has schema version \(schemaVersion), not \(Self.currentSchemaVersion)", place: path
            )
        }
    }

    /// - Throws: `wrongUse` where rows in = kept + removed + quarantined does not hold, naming the shard.
    package func checkSums() throws {
        var sum = Rows()
        for shard in shards {
            guard shard.rows == shard.kept + shard.removed + shard.quarantined else {
                throw FindingsError(.wrongUse, "the rows of the shard do not add up", place: shard.name)
            }
            sum.in += shard.rows
            sum.kept += shard.kept
            sum.removed += shard.removed
            sum.quarantined += shard.quarantined
        }
        if let set = evalOverlap?.sets.first(where: { !$0.addsUp }) {
            throw FindingsError(.wrongUse, "the items of the eval set do not add up", place: set.name)
        }
        guard rows.addUp, shards.isEmpty || sum == rows else {
            throw FindingsError(.wrongUse, "the rows of the run do not add up")
        }
    }
}
