import Corpus
import Shards

/// A row of JSON mapped to turns, as values to compare.
struct MappedRow: Equatable {
    /// `user: hi`, `assistant chosen: …`, in order.
    var turns: [String] = []
    var labelHash: UInt64 = 0
    var mappedHash: UInt64 = 0
    var partHash: UInt64 = 0
    var conversationHash: UInt64 = 0
    /// Names of the fields outside the compared text, sorted.
    var outside: [String] = []
    /// `dimension=value`.
    var slices: [String] = []

    init(
        _ json: String, mapping: FieldMapping? = nil, ignoring ignored: [String] = [],
        parting parted: [String] = [],
        slices: [String] = [], toolsAreCompared: Bool = false
    ) throws {
        let mapper = RowMapper(
            ignoredFields: ignored, parted: parted, slices: slices.map { FieldPath($0) },
            toolsAreCompared: toolsAreCompared)
        try Self.decode(json) { node in
            mapper.use(mapping ?? FieldMapping.detect(node))
            mapper.map(node)
        }
        turns = mapper.turns.map { turn in
            let mark = turn.mark == .none ? "" : " \(turn.mark)"
            return "\(turn.role.name)\(mark): \(String(decoding: mapper.text[turn.range], as: UTF8.self))"
        }
        labelHash = mapper.labelHash
        mappedHash = mapper.mappedHash
        partHash = mapper.partHash
        conversationHash = mapper.conversationHash
        outside = mapper.outside.compactMap { mapper.fieldNames[$0.name] }.sorted()
        self.slices = SliceSet.values(of: mapper.sliceValues).map { "\($0.dimension)=\($0.value)" }
    }

    struct NoRow: Error {}

    /// Calls `body` with the parsed value.
    @discardableResult
    static func decode<Result>(_ json: String, _ body: (JSONNode) throws -> Result) throws -> Result {
        let bytes = Array(json.utf8)
        let padded = bytes + [UInt8](repeating: 0, count: 64)
        let decoder = RowDecoder()
        defer { withExtendedLifetime(decoder) {} }
        return try padded.withUnsafeBytes { buffer in
            let row = UnsafeRawBufferPointer(rebasing: buffer[..<bytes.count])
            guard case .value(let node) = decoder.decode(row) else { throw NoRow() }
            return try body(node)
        }
    }

    static func detected(_ json: String) throws -> FieldMapping {
        try decode(json) { FieldMapping.detect($0) }
    }
}
