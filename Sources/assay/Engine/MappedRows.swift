import Corpus
import Findings
import NearDuplicates
import Shards

/// Maps rows of a finished run again, from their bytes in its files.
final class MappedRows {
    /// A mapped row, apart from the mapper that made it.
    struct Mapped: Equatable {
        var text: [UInt8] = []
        var turns: [Turn] = []
        var labelHash: UInt64 = 0
        var mappedHash: UInt64 = 0
        var partHash: UInt64 = 0
        var outside: [OutsideField] = []

        /// Equal in every turn, part, tool call and mapped field.
        func isIdentical(to other: Mapped) -> Bool {
            text == other.text && turns == other.turns && labelHash == other.labelHash
                && mappedHash == other.mappedHash && partHash == other.partHash
        }
    }

    /// Readable bytes behind a row that the parser asks for (`CJSON_PADDING`).
    private static let padding = 64

    private let mappings: [FieldMapping]
    private let decoder = RowDecoder(limits: ReadLimits(maxRowBytes: 1 << 30))
    private let line = RowDecoder(limits: ReadLimits(maxRowBytes: 1 << 30))
    private let mapper: RowMapper

    /// - Throws: `UsageError` for a run whose configuration names no mappings.
    init(run: String, manifest: RunManifest) throws {
        guard let mappings = MappingRecord.mappings(in: manifest.configuration) else {
            throw UsageError("\(run): its configuration names no field mappings; scan the corpus again")
        }
        self.mappings = mappings
        var ignored: [String] = []
        if case .array(let fields)? = manifest.configuration["ignoreFields"] {
            ignored = fields.compactMap(\.string)
        }
        mapper = RowMapper(
            ignoredFields: ignored, slices: [],
            toolsAreCompared: manifest.configuration["on"]?.string == "all")
    }

    /// Names of the outside fields met so far, by hash.
    var fieldNames: [UInt32: String] { mapper.fieldNames }

    /// - Parameters:
    ///   - raw: the row's bytes as a JSON string.
    ///   - shard: the shard's number in the store.
    /// - Returns: `nil` where the bytes are no row.
    func map(raw: ArraySlice<UInt8>, shard: Int) -> Mapped? {
        guard let row = withDecoded(Array(raw), line, { node in node.string.map(Array.init) }) ?? nil else {
            return nil
        }
        return map(row: row, shard: shard)
    }

    /// - Parameter row: the row's bytes.
    /// - Returns: `nil` where the bytes are no row.
    func map(row: [UInt8], shard: Int) -> Mapped? {
        withMapped(row, shard: shard) { mapper in
            Mapped(
                text: mapper.text, turns: mapper.turns, labelHash: mapper.labelHash,
                mappedHash: mapper.mappedHash,
                partHash: mapper.partHash, outside: mapper.outside)
        }
    }

    /// Calls `body` with the mapper that holds the row; `nil` where the bytes are no row.
    func withMapped<Result>(_ row: [UInt8], shard: Int, _ body: (RowMapper) -> Result) -> Result? {
        guard mappings.indices.contains(shard) else { return nil }
        return withDecoded(row, decoder) { node in
            mapper.use(mappings[shard])
            mapper.map(node)
            return body(mapper)
        }
    }

    private func withDecoded<Result>(
        _ bytes: [UInt8], _ decoder: RowDecoder, _ body: (JSONNode) -> Result
    ) -> Result? {
        let padded = bytes + [UInt8](repeating: 0, count: Self.padding)
        return padded.withUnsafeBytes { buffer in
            guard
                case .value(let node) = decoder.decode(
                    UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count]))
            else { return nil }
            return body(node)
        }
    }
}

extension MappedRows.Mapped {
    /// The text of a range, with a line break before each turn but the first.
    func text(_ range: Range<Int>) -> String {
        let starts = !range.isEmpty && turns.contains { $0.offset > 0 && Int($0.offset) == range.lowerBound }
        return (starts ? "\n" : "") + String(decoding: text[range], as: UTF8.self)
    }

    /// Calls `body` with the row as the classifier takes it.
    func withRowText<Result>(_ body: (RowText) throws -> Result) rethrows -> Result {
        try text.withUnsafeBytes { bytes in
            try turns.withUnsafeBufferPointer { try body(RowText(bytes: bytes, turns: $0)) }
        }
    }
}
