import CText
import Corpus
import Findings
import Shards

/// Looks at the first rows of the shards and tells what a scan would find to work with.
///
/// At most `maximumShards` shards are opened for their rows, evenly spread over the names; so it takes seconds
/// whatever the corpus. All figures but the number of shards and their bytes are of the rows read.
final class LookSurvey {
    static let maximumShards = 64

    private let inputs: InputSet
    private let threads: Int
    private let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)

    private var figures = LookFigures()
    private var census = FieldCensus()
    private var textless = FieldCensus()
    private var turnCounts: [Role: Int] = [:]
    private var systemPrompts: [UInt64: (rows: Int, bytes: Int)] = [:]
    private var bad: [QuarantineCode: LookFigures.BadRow] = [:]
    /// Of the shard at hand.
    private var withoutText = 0
    private var comparedBytes = 0
    private var heads: [(shard: Int, head: HeadReader.Result)] = []
    private(set) var suggestedSlices: [String] = []

    init(inputs: InputSet, threads: Int) {
        self.inputs = inputs
        self.threads = threads
    }

    /// - Parameter memoryLimit: the scan's `--memory`.
    func run(memoryLimit: Int) -> LookFigures {
        figures.shards = inputs.shards.count
        for shard in sampledShards() { read(shard) }
        addSample()
        addNotes()
        addFields()
        addGroups(memoryLimit: memoryLimit)
        addIdenticalHeads()
        return figures
    }

    // MARK: Reading

    private func sampledShards() -> [Int] {
        let count = inputs.shards.count
        guard count > Self.maximumShards else { return Array(0..<count) }
        return (0..<Self.maximumShards).map { $0 * (count - 1) / (Self.maximumShards - 1) }
    }

    private func read(_ index: Int) {
        mapper.use(inputs.mappings[index])
        let name = inputs.shards[index].name
        let reader = HeadReader(
            limits: inputs.limits, row: { self.add($0) },
            badRow: { code, ordinal in
                let first = LookFigures.BadRow(code: code.rawValue, rows: 0, shard: name, ordinal: ordinal)
                self.bad[code, default: first].rows += 1
            })
        withoutText = 0
        comparedBytes = 0
        var head = reader.read(inputs.shards[index], index: index)
        head.withoutText = withoutText
        head.comparedBytes = comparedBytes
        heads.append((index, head))
    }

    private func add(_ row: JSONNode) {
        guard mapper.map(row) else {
            withoutText += 1
            textless.add(row) { _ in false }
            census.add(row) { _ in false }
            return
        }
        let mapping = mapper.lastMapping
        census.add(row) { mapping.holdsTurns(String(decoding: $0, as: UTF8.self)) }
        var system: UInt64 = 0
        var systemBytes = 0
        mapper.text.withUnsafeBytes { text in
            for turn in mapper.turns {
                turnCounts[turn.role, default: 0] += 1
                if turn.role.side != nil {
                    comparedBytes += turn.range.count
                } else if turn.role == .system {
                    let bytes = UnsafeRawBufferPointer(rebasing: text[turn.range])
                    system = ctext_mix64(system &* 31 &+ ctext_xxh3_64(bytes.baseAddress, bytes.count, 0))
                    systemBytes += bytes.count
                }
            }
        }
        if systemBytes > 0 {
            systemPrompts[system, default: (0, systemBytes)].rows += 1
        }
        countSpeakers(row, mapping)
    }

    private func countSpeakers(_ row: JSONNode, _ mapping: FieldMapping) {
        mapping.forEachUnknownSpeaker(of: row) { name in
            if figures.unknownSpeakers[name] > 0 || figures.unknownSpeakers.sorted.count < 20 {
                figures.unknownSpeakers[name] += 1
            }
        }
    }

    // MARK: Figures

    private func addSample() {
        figures.sample.shards = heads.count
        figures.sample.rows = heads.reduce(0) { $0 + $1.head.rows }
        figures.sample.badRows = heads.reduce(0) { $0 + $1.head.badRows }
        figures.sample.withoutText = heads.reduce(0) { $0 + $1.head.withoutText }
        figures.sample.isWhole =
            heads.count == inputs.shards.count && heads.allSatisfy(\.head.isLookedAtWhole)
        for (role, count) in turnCounts { figures.roles[role.name] = count }
        let commonest = systemPrompts.values.max { ($0.rows, $1.bytes) < ($1.rows, $0.bytes) }
        figures.systemPrompts.rows = systemPrompts.values.reduce(0) { $0 + $1.rows }
        figures.systemPrompts.distinct = systemPrompts.count
        figures.systemPrompts.commonestRows = commonest?.rows ?? 0
        figures.systemPrompts.commonestBytes = commonest?.bytes ?? 0
        figures.badRows = bad.values.sorted { ($1.rows, $0.code) < ($0.rows, $1.code) }
    }

    private func addNotes() {
        // Speakers are counted here.
        figures.notes = inputs.notes.filter { $0 != inputs.noteOnSpeakers }
            .map { LookFigures.Note(text: $0, shards: 0, example: "") }
        var places: [String: Int] = [:]
        for (index, head) in heads {
            let name = inputs.shards[index].name
            for note in head.outcome.notes {
                if let place = places[note] {
                    figures.notes[place].shards += 1
                } else {
                    places[note] = figures.notes.count
                    figures.notes.append(LookFigures.Note(text: note, shards: 1, example: name))
                }
            }
            if let error = head.error {
                figures.unreadable.append(LookFigures.Note(text: error.message, shards: 1, example: name))
            }
        }
    }

    private func addFields() {
        let mappings = Set(inputs.mappings)
        let labels = Set(mappings.flatMap { $0.fields(of: .label) })
        let conversations = Set(mappings.flatMap { $0.fields(of: .conversation) })
        let mapped = Set(mappings.flatMap { $0.nested.map(\.path.description) })
        addLabels(labels)
        figures.conversations = census.all.filter { conversations.contains($0.path) }.map(Self.figure)
        let candidates = census.all.filter { field in
            field.slicesWell && !conversations.contains(field.path) && !mapped.contains(field.path)
        }
        let ranking = SliceRanking(fields: candidates, labels: labels, rows: census.rows)
        figures.slices = ranking.ranked().map(Self.figure)
        suggestedSlices = ranking.suggestions()
        let isMapped = figures.sample.withoutText * 2 < max(1, census.rows)
        figures.leftOut = census.all.filter { field in
            isMapped && field.readsAsText && field.meanStringBytes >= 20 && field.rows * 5 >= census.rows
                && !mapped.contains(field.path) && field.rows > withoutTextRows(field.path)
        }.map(Self.figure)
        if textless.rows > 0 {
            figures.unmapped = MappingSuggestion.forRowsWithoutText(textless)
            figures.unmapped?.shards = heads.filter { $0.head.withoutText * 2 > $0.head.rows }
                .map { inputs.shards[$0.shard].name }
        }
        if isMapped, mappings.count == 1, let mapping = mappings.first {
            figures.incomplete = MappingSuggestion.completing(mapping, census)
        }
    }

    /// Rows without text that have the field.
    private func withoutTextRows(_ path: String) -> Int { textless.all.first { $0.path == path }?.rows ?? 0 }

    /// A label that is an object or a list of them counts by its name, without values.
    private func addLabels(_ labels: Set<String>) {
        for field in census.all {
            let root = labels.contains(field.path) ? field.path : Self.root(field.path)
            if !labels.contains(root) { continue }
            if let known = figures.labels.firstIndex(where: { $0.path == root }) {
                figures.labels[known].rows = max(figures.labels[known].rows, field.rows)
                continue
            }
            var figure = Self.figure(field)
            if field.path != root {
                figure.path = root
                figure.values = nil
                figure.commonest = CountTable()
            }
            figures.labels.append(figure)
        }
    }

    private static func root(_ path: String) -> String { String(path.prefix { $0 != "." }) }

    private static func figure(_ field: FieldCensus.Field) -> LookFigures.Field {
        var figure = LookFigures.Field()
        figure.path = field.path
        figure.rows = field.rows
        figure.values = field.overflows ? nil : field.distinct
        figure.meanBytes = field.meanStringBytes
        if !field.overflows, !field.readsAsText, field.longestBytes <= 100 {
            for (value, count) in field.commonest(8) { figure.commonest[value] = count }
        }
        return figure
    }

    private func addGroups(memoryLimit: Int) {
        let sizes = ShardSizes(shards: inputs.shards, heads: heads)
        var places: [String: Int] = [:]
        var rows = 0.0
        var inflated = 0.0
        var compared = 0.0
        for (index, shard) in inputs.shards.enumerated() {
            let mapping = inputs.mappings[index].summary
            let key = "\(mapping)\0\(shard.format.rawValue)\0\(shard.compression.rawValue)"
            let place = places[key] ?? figures.groups.count
            if place == figures.groups.count {
                places[key] = place
                var group = LookFigures.Group()
                group.mapping = mapping
                group.format = shard.format.rawValue
                group.compression = shard.compression.rawValue
                figures.groups.append(group)
            }
            figures.groups[place].shards += 1
            figures.groups[place].bytes += Int(shard.byteCount)
            let size = sizes.estimate(index)
            figures.groups[place].rows += Int(size.rows.rounded())
            rows += size.rows
            inflated += size.inflatedBytes
            compared += size.comparedBytes
        }
        figures.estimate =
            ScanEstimate(
                rows: rows, inflatedBytes: inflated, comparedBytes: compared, threads: threads,
                memoryLimit: memoryLimit
            ).figures
    }

    private func addIdenticalHeads() {
        var names: [UInt64: [String]] = [:]
        var order: [UInt64] = []
        for (index, head) in heads where head.rows - head.badRows > 0 {
            let key = ctext_mix64(head.headHash &+ UInt64(min(head.rows, HeadReader.comparedRows)))
            if names[key] == nil { order.append(key) }
            names[key, default: []].append(inputs.shards[index].name)
        }
        figures.identicalHeads = order.compactMap { names[$0] }.filter { $0.count > 1 }
    }
}
