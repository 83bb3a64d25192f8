import Findings
import Glibc
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

    /// Looks for the cards from the real path of each shard's folder, so that what is found does not depend on the
    /// folder that a path is typed from.
    init(_ shards: [Shard]) {
        var cards: [[UInt8]: DataSetCard?] = [:]
        places = shards.map { shard in
            var place = Place()
            let path = Self.realPath(of: shard)
            var end = path.count
            for _ in 0..<Self.levels {
                guard let slash = path[..<end].lastIndex(of: UInt8(ascii: "/")) else { break }
                end = slash
                let folder = Array(path[..<end])
                let card = cards[folder] ?? DataSetCard(folder: folder)
                cards[folder] = .some(card)
                if let entry = card?.entry(of: Array(path[(end + 1)...])) {
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

    /// The absolute path of a shard in its folder without links, in bytes. The file itself may be a link: what the Hub
    /// keeps is a folder of links to files without names. Empty for standard input.
    private static func realPath(of shard: Shard) -> [UInt8] {
        guard !shard.isSpooled else { return [] }
        let slash = shard.pathBytes.lastIndex(of: UInt8(ascii: "/"))
        let typed = slash.map { shard.pathBytes[...$0] } ?? Array(".".utf8)[...]
        guard let real = realpath((typed + [0]).map { CChar(bitPattern: $0) }, nil) else { return [] }
        defer { free(real) }
        var folder = Array(UnsafeRawBufferPointer(start: real, count: strlen(real)))
        if folder.last != UInt8(ascii: "/") { folder.append(UInt8(ascii: "/")) }
        return folder + shard.pathBytes[(slash.map { $0 + 1 } ?? 0)...]
    }
}
