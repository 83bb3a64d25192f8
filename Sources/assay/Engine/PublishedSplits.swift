import Findings
import Reporting
import Shards

/// The split and the configuration of each shard, as data sets are published: by the data set's card, else by names
/// such as `train-00000-of-00003.parquet`.
struct PublishedSplits: Sendable {
    /// Of one shard.
    struct Place: Sendable, Equatable {
        var config: String?
        var split: String?

        var slices: [SliceValue] {
            [("config", config), ("split", split)].compactMap { field, value in
                value.map { SliceValue(field: field, value: $0) }
            }
        }
    }

    /// In the order of the shards.
    private(set) var places: [Place]

    /// Folders above a shard in which a card is looked for: `data/` and `config/split/` are common.
    private static let levels = 3

    init(_ shards: [Shard]) {
        var cards: [String: DataSetCard?] = [:]
        places = shards.map { shard in
            var place = Place()
            var folder = shard.path
            for _ in 0..<Self.levels {
                guard let parent = Self.parent(of: folder) else { break }
                folder = parent
                let card = cards[folder] ?? DataSetCard(folder: folder)
                cards[folder] = .some(card)
                let below = folder == "." ? shard.path : String(shard.path.dropFirst(folder.utf8.count + 1))
                if let entry = card?.entry(of: below) {
                    place.config = entry.config
                    place.split = entry.split
                    break
                }
            }
            if place.split == nil { place.split = Self.split(ofName: shard.name) }
            return place
        }
    }

    /// Of an earlier run, by its configuration; empty for a run without.
    init(configuration: JSONValue) {
        func texts(_ name: String) -> [String] {
            guard case .array(let values)? = configuration[name] else { return [] }
            return values.map { $0.string ?? "" }
        }
        let splits = texts("splitOfShard")
        let configs = texts("configOfShard")
        places = zip(configs, splits).map { config, split in
            Place(config: config.isEmpty ? nil : config, split: split.isEmpty ? nil : split)
        }
    }

    /// For a run's configuration; nothing where no shard has a split.
    var record: [String: JSONValue] {
        guard places.contains(where: { !$0.slices.isEmpty }) else { return [:] }
        return [
            "splitOfShard": .array(places.map { .string($0.split ?? "") }),
            "configOfShard": .array(places.map { .string($0.config ?? "") }),
        ]
    }

    func slices(ofShard index: Int) -> [SliceValue] {
        places.indices.contains(index) ? places[index].slices : []
    }

    /// What the shards say of themselves, for the notes of a run; `nil` where there is one split or none.
    func note(trainingCount: Int) -> String? {
        var shards: [String: Int] = [:]
        for place in places.prefix(trainingCount) where place.split != nil {
            shards[[place.config, place.split].compactMap { $0 }.joined(separator: "/"), default: 0] += 1
        }
        guard shards.count > 1 else { return nil }
        let list = shards.sorted { $0.key < $1.key }.map { "\($0.key) (\(Format.count($0.value, "shard")))" }
        return "splits: " + list.joined(separator: ", ")
    }

    /// The split that a shard's file name begins with, `train-00000-of-00003` or the name alone; with the Hub's own
    /// words for each (datasets, "Structure your repository").
    static func split(ofName name: String) -> String? {
        let file = name.split(separator: "/").last ?? ""
        let stem = file.prefix { $0 != "." }
        let word = stem.prefix { $0 != "-" && $0 != "_" }
        let rest = stem.dropFirst(word.count)
        guard rest.isEmpty || rest.wholeMatch(of: /[-_][0-9]+-of-[0-9]+/) != nil else { return nil }
        switch word {
        case "train", "training": return "train"
        case "validation", "valid", "val", "dev": return "validation"
        case "test", "testing", "eval": return "test"
        default: return nil
        }
    }

    /// The folder of a path; `nil` above the first one that it names.
    private static func parent(of path: String) -> String? {
        if path == "." || path == "/" || path.isEmpty { return nil }
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
