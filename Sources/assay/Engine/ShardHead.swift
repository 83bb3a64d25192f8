import Corpus
import Shards

/// What the first rows of a shard suggest.
struct ShardHead {
    let mapping: FieldMapping
    /// Paths of the fields of most rows that read as text and are not compared.
    let leftOutText: [String]
    /// Speakers of no published format, who count as the user; those met first.
    let unknownSpeakers: [String]

    /// Rows of a shard that are looked at.
    static let rows = 64
    /// Bytes of a text in the mean, from which on it is worth a note. Chosen: names and titles are shorter.
    private static let leftOutBytes = 40.0
    private static let mostSpeakers = 6

    /// Reads a shard's first rows; one that cannot be read, which the survey reports, suggests nothing.
    init(of shard: Shard, index: Int, limits: ReadLimits) {
        var found: [FieldMapping] = []
        var census = FieldCensus()
        var speakers: [String] = []
        let decoder = RowDecoder(limits: limits)
        defer { withExtendedLifetime(decoder) {} }
        if let reader = try? ShardReader(
            shard: shard, shardIndex: index, limits: limits, batchBytes: 64 << 10, hashes: false),
            let batch = try? reader.next()
        {
            for row in batch.rows.prefix(Self.rows) {
                if case .value(let node) = decoder.decode(batch.bytes(of: row)), node.isObject {
                    let mapping = FieldMapping.detect(node)
                    found.append(mapping)
                    census.add(node) { _ in false }
                    mapping.forEachUnknownSpeaker(of: node) { name in
                        if speakers.count < Self.mostSpeakers, !speakers.contains(name) {
                            speakers.append(name)
                        }
                    }
                }
            }
        }
        let mapping = FieldMapping.detect(among: found)
        let known = Set(mapping.uses.keys)
        let text = census.all.filter { field in
            let root = field.path.split(separator: ".").first.map(String.init) ?? ""
            return mapping.shape != .none && !known.contains(root) && field.readsAsText
                && field.meanStringBytes >= Self.leftOutBytes && field.rows * 2 >= census.rows
        }
        self.mapping = mapping
        leftOutText = text.map(\.path)
        unknownSpeakers = speakers
    }
}
