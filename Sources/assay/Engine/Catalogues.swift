import Corpus
import Shards

/// The `dataset_info.json` files among the shards of one corpus: they say how others map and hold no rows.
struct Catalogues {
    private let limits: ReadLimits
    /// Each with its folder, as a prefix of shard names.
    private var found: [(folder: String, catalogue: DatasetCatalogue)] = []
    private(set) var notes: [String] = []

    init(limits: ReadLimits) { self.limits = limits }

    /// Takes the catalogues out of the shards.
    ///
    /// - Returns: the other shards, in order.
    mutating func take(from shards: [Shard]) -> [Shard] {
        var rest: [Shard] = []
        for shard in shards {
            guard shard.name.split(separator: "/").last ?? "" == DatasetCatalogue.fileName,
                let catalogue = read(shard)
            else {
                rest.append(shard)
                continue
            }
            found.append((shard.folder.isEmpty ? "" : shard.folder + "/", catalogue))
        }
        for (folder, catalogue) in found {
            let files = rest.filter { path(of: $0, below: folder).flatMap(catalogue.mapping(ofFile:)) != nil }
                .count
            notes.append(
                "\(folder)\(DatasetCatalogue.fileName): a list of \(catalogue.entries.count) data sets, no shard; it "
                    + "sets the fields of \(files) of the shards")
        }
        return rest
    }

    /// The mapping that a catalogue gives; the one nearest to the shard first.
    func mapping(of shard: Shard) -> FieldMapping? {
        for (folder, catalogue) in found.sorted(by: { $0.folder.utf8.count > $1.folder.utf8.count }) {
            if let mapping = path(of: shard, below: folder).flatMap(catalogue.mapping(ofFile:)) {
                return mapping
            }
        }
        return nil
    }

    private func path(of shard: Shard, below folder: String) -> String? {
        shard.name.hasPrefix(folder) ? String(shard.name.dropFirst(folder.count)) : nil
    }

    /// `nil` where the file is something else of that name, or unreadable: the survey says so.
    private func read(_ shard: Shard) -> DatasetCatalogue? {
        guard shard.format == .json,
            let reader = try? ShardReader(shard: shard, shardIndex: 0, limits: limits, hashes: false),
            let batch = try? reader.next(), batch.rows.count == 1
        else { return nil }
        let decoder = RowDecoder(limits: limits)
        return withExtendedLifetime(decoder) {
            guard case .value(let node) = decoder.decode(batch.bytes(of: batch.rows[0])) else { return nil }
            return DatasetCatalogue(node)
        }
    }
}
