import Corpus
import EvalOverlap
import Findings
import Shards

/// Results of a model on an eval set: did failed items get into the training rows, and what is the score without
/// the flagged ones.
struct ResultsDoor {
    /// Score by item, 0 to 1 where it is pass or fail.
    private typealias Scores = [Int: Double]

    private let sets: [EvalSet]
    private var after: [Int: Scores] = [:]
    private var before: [Int: Scores] = [:]

    /// - Throws: `UsageError`, `ShardError`; a record without item, or for an item that the set has not, is an error.
    init(_ options: EvalOptions, sets: [EvalSet], limits: ReadLimits) throws {
        self.sets = sets
        for text in options.results {
            let read = try Self.read(text, "--results", sets, limits)
            after[read.set] = read.scores
        }
        for text in options.resultsBefore {
            let read = try Self.read(text, "--results-before", sets, limits)
            before[read.set] = read.scores
        }
    }

    private static func read(
        _ text: String, _ option: String, _ sets: [EvalSet], _ limits: ReadLimits
    ) throws -> (set: Int, scores: Scores) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let set = sets.firstIndex(where: { $0.name == parts[0] && !$0.isControl })
        else {
            throw UsageError("\(option) \(text): names no eval set; write NAME=FILE with a NAME of --eval")
        }
        var places: [String: Int] = [:]
        for item in sets[set].items { places[item.name] = item.ordinal }
        var scores: Scores = [:]
        for shard in try InputResolver.resolve([parts[1]], format: nil, spoolFolder: "").shards {
            let reader = try ShardReader(shard: shard, shardIndex: 0, limits: limits)
            let decoder = RowDecoder(limits: limits)
            while let batch = try reader.next() {
                for row in batch.rows {
                    guard case .value(let node) = decoder.decode(batch.bytes(of: row)),
                        let name = node.field("item").map({ EvalFieldMapping.text($0) }),
                        let place = places[String(decoding: name, as: UTF8.self)],
                        let score = score(node)
                    else {
                        throw UsageError(
                            "\(shard.name):\(row.ordinal): is no {item, passed|score} of an item of \(parts[0]); name items "
                                + "by their id, or else by their place from 0"
                        )
                    }
                    scores[place] = score
                }
            }
        }
        return (set, scores)
    }

    private static func score(_ node: JSONNode) -> Double? {
        guard let value = node.field("passed") ?? node.field("score") else { return nil }
        switch String(decoding: EvalFieldMapping.text(value), as: UTF8.self) {
        case "true": return 1
        case "false": return 0
        case let text: return Double(text)
        }
    }

    /// Lines of the table of doors.
    func figures(_ tally: OverlapTally) -> [EvalOverlapFigures.Door] {
        var lines: [EvalOverlapFigures.Door] = []
        var first = 0
        for (set, own) in sets.enumerated() {
            defer { first += own.items.count }
            if let scores = before[set] { lines.append(odds(scores, first, own.name, tally)) }
            if let scores = after[set] { lines.append(means(scores, first, own.name, tally)) }
        }
        return lines
    }

    private func odds(_ scores: Scores, _ first: Int, _ name: String, _ tally: OverlapTally)
        -> EvalOverlapFigures.Door
    {
        var table = [0, 0, 0, 0]
        for (item, score) in scores {
            let failed = score < 0.5
            table[(failed ? 0 : 2) + (tally.isFlagged(first + item) ? 0 : 1)] += 1
        }
        let ratio = ExactOddsRatio(table[0], table[1], table[2], table[3])
        var door = EvalOverlapFigures.Door()
        door.door = "results before"
        door.set = name
        door.items = scores.count
        door.detail =
            "flagged \(table[0]) of \(table[0] + table[1]) failed, \(table[2]) of \(table[2] + table[3]) passed; odds ratio "
            + "\(Self.decimal(ratio.ratio)) (95 % exact: \(Self.decimal(ratio.low)) to \(Self.decimal(ratio.high)))"
        return door
    }

    private func means(_ scores: Scores, _ first: Int, _ name: String, _ tally: OverlapTally)
        -> EvalOverlapFigures.Door
    {
        let flagged = scores.keys.sorted().filter { tally.isFlagged(first + $0) }.compactMap { scores[$0] }
        let rest = scores.keys.sorted().filter { !tally.isFlagged(first + $0) }.compactMap { scores[$0] }
        func mean(_ values: [Double]) -> String {
            values.isEmpty ? "-" : Self.decimal(values.reduce(0, +) / Double(values.count))
        }
        var door = EvalOverlapFigures.Door()
        door.door = "results"
        door.set = name
        door.items = scores.count
        door.detail =
            "score \(mean(flagged)) on \(flagged.count) flagged, \(mean(rest)) on \(rest.count) others; the difference may "
            + "also be difficulty"
        return door
    }

    /// Two decimals, in every locale.
    private static func decimal(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return value.isNaN ? "-" : "infinite" }
        let scaled = Int((value * 100).rounded())
        return "\(scaled / 100)." + String(scaled % 100 + 100).dropFirst()
    }
}
