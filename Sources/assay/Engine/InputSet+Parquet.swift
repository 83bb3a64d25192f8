import Corpus
import Shards

extension InputSet {
    /// Shards that a note names before it counts the rest.
    private static let named = 5

    /// Holds the fields that the options name against the columns of each Parquet shard: a name that a shard lacks
    /// is a mistake, where a row of JSON may lack any field.
    ///
    /// - Throws: `ShardError` of code `noColumn`.
    /// - Complexity: O(bytes of the footers).
    static func checkColumns(of shards: [Shard], options: InputOptions, limits: ReadLimits) throws {
        let fields = options.text + options.prompt + options.response
        guard !fields.isEmpty else { return }
        for shard in shards where shard.format == .parquet {
            // What cannot be opened is reported by the survey.
            guard let columns = try? shard.parquetFooter(limits: limits).columns else { continue }
            for field in fields {
                let root = String(decoding: FieldPath(field).root, as: UTF8.self)
                guard !columns.contains(root) else { continue }
                let list = columns.prefix(20).joined(separator: ", ")
                throw ShardError(
                    .noColumn,
                    "has no column \(root); its columns are \(list)\(columns.count > 20 ? ", ..." : "")",
                    shard: shard.name)
            }
        }
    }

    /// A note on the Parquet shards that have rows and map to no text; `nil` where there is none.
    ///
    /// - Parameters:
    ///   - mappings: one a shard.
    ///   - limits: those of the run.
    static func noteOnText(_ shards: [Shard], _ mappings: [FieldMapping], limits: ReadLimits) -> String? {
        let textless = zip(shards, mappings).filter { shard, mapping in
            guard shard.format == .parquet, mapping.shape == .none else { return false }
            return ((try? shard.parquetFooter(limits: limits))?.rows ?? 0) > 0
        }.map(\.0)
        guard !textless.isEmpty else { return nil }
        let names = textless.prefix(named).map(\.name).joined(separator: ", ")
        let more = textless.count > named ? " and \(textless.count - named) more" : ""
        return
            "no column of \(names)\(more) is known to hold text: the rows count as without text; name one by "
            + "--text, or by --prompt and --response"
    }
}
