import Corpus
import Findings
import Shards

/// The shards of one run with their field mappings: training rows first, then those of `--against` corpora.
struct InputSet: Sendable {
    var shards: [Shard]
    /// Shards of the training corpus; the others are compared with and never touched.
    var trainingCount: Int
    /// A mapping a shard.
    var mappings: [FieldMapping]
    var notes: [String]
    var limits: ReadLimits
    var splits: PublishedSplits
    /// Fields of most rows of a training shard's head that read as text and are not compared.
    private(set) var leftOutText: Set<String> = []
    /// Within `notes`.
    private(set) var noteOnSpeakers: String?

    /// Finds the shards and detects how their fields map.
    ///
    /// - Throws: `ShardError` for an input that cannot be used at all; `UsageError` where there is nothing to read.
    init(options: InputOptions, against: [String], spoolFolder: String) throws {
        // Of a comparison the options do not know yet whether they are of one side.
        guard options.text.isEmpty || (options.prompt + options.response).isEmpty else {
            throw UsageError("--text names plain text without sides; use it without --prompt and --response")
        }
        let format = options.format.flatMap { ShardFormat(rawValue: $0) }
        let training = try InputResolver.resolve(options.inputs, format: format, spoolFolder: spoolFolder)
        guard !training.shards.isEmpty else {
            throw UsageError(
                "no shards in \(options.inputs.joined(separator: " ")); name files, folders, globs or - "
                    + "(.json, .jsonl, .jsonl.gz, .jsonl.zst, .parquet)")
        }
        limits = options.limits
        var catalogues = Catalogues(limits: limits)
        shards = catalogues.take(from: training.shards)
        trainingCount = shards.count
        notes = training.notes
        guard trainingCount > 0 else {
            throw UsageError(
                "\(DatasetCatalogue.fileName) lists data sets and holds no rows; name their files too")
        }
        var listed = shards.map { catalogues.mapping(of: $0) }
        if !against.isEmpty {
            let other = try InputResolver.resolve(against, format: nil, spoolFolder: spoolFolder)
            var catalogues = Catalogues(limits: limits)
            let rest = catalogues.take(from: other.shards)
            let own = shards
            if let twice = rest.first(where: { one in own.contains { $0.isSameFile(as: one) } }) {
                throw UsageError(
                    "--against: \(twice.name) is also an input, so that all its rows would go; leave it out of one of both"
                )
            }
            shards += rest
            listed += rest.map { catalogues.mapping(of: $0) }
            notes += other.notes
        }
        notes += catalogues.notes
        if let first = shards.first(where: { $0.format == .parquet }) {
            try ParquetLibrary.require(for: first)
        }
        splits = PublishedSplits(shards)
        try Self.checkColumns(of: shards, options: options, limits: limits)
        mappings = []
        var unknownSpeakers = Set<String>()
        for (index, shard) in shards.enumerated() {
            var mapping: FieldMapping
            if let known = options.mapping ?? listed[index] {
                mapping = known
            } else {
                let head = ShardHead(of: shard, index: index, limits: limits)
                mapping = head.mapping
                if index < trainingCount {
                    leftOutText.formUnion(head.leftOutText)
                    unknownSpeakers.formUnion(head.unknownSpeakers)
                }
            }
            for field in options.label { mapping.addLabel(field) }
            mappings.append(mapping)
        }
        noteOnSpeakers = Self.note(on: unknownSpeakers)
        notes += [
            splits.note(trainingCount: trainingCount), Self.noteOnText(shards, mappings, limits: limits),
            noteOnSpeakers,
        ].compactMap { $0 }
    }

    private static func note(on unknownSpeakers: Set<String>) -> String? {
        if unknownSpeakers.isEmpty { return nil }
        let names = unknownSpeakers.sorted().prefix(6).joined(separator: ", ")
        return "speakers of no known format, taken for the user: \(names)"
    }

    /// Of the fields met outside the turns, by the hashes of their names, those that hold such text, themselves or
    /// deeper.
    func textFields(_ names: [UInt32: String]) -> Set<UInt32> {
        Set(names.filter { name in leftOutText.contains { ($0 + ".").hasPrefix(name.value + ".") } }.keys)
    }

    /// Top-level fields that hold such text among other members.
    var partedFields: [String] {
        Set(
            leftOutText.filter { $0.contains(".") }.compactMap {
                $0.split(separator: ".").first.map(String.init)
            }
        )
        .sorted()
    }

    /// What every row of a shard lies in: its name, folder and published splits, but for fields that are declared.
    func slices(ofShard index: Int, declared: [String]) -> [SliceValue] {
        SliceValue.places(ofShard: shards[index].name)
            + splits.slices(ofShard: index).filter { !declared.contains($0.field) }
    }

    /// The same shards with one mapping for all.
    func mapped(by mapping: FieldMapping) -> InputSet {
        var copy = self
        copy.mappings = shards.map { _ in mapping }
        return copy
    }

    /// Bytes of text that the shards are expected to hold: compressed ones are taken for six times their size,
    /// as chat rows compress, and Parquet for three times, as its snappy and zstd pages do.
    var plainBytes: Int {
        shards.reduce(0) { sum, shard in
            let factor = shard.format == .parquet ? 3 : shard.compression == .none ? 1 : 6
            return sum + Int(shard.byteCount) * factor
        }
    }

    /// Shards by mapping, in order of their first shard: what is printed before a scan.
    var groups: [(mapping: String, shards: Int)] {
        var order: [String] = []
        var counts: [String: Int] = [:]
        for mapping in mappings.prefix(trainingCount) {
            if counts[mapping.summary] == nil { order.append(mapping.summary) }
            counts[mapping.summary, default: 0] += 1
        }
        return order.map { ($0, counts[$0] ?? 0) }
    }
}
