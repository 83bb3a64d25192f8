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
    /// Files of results, for the manifest.
    private(set) var sources: [RunManifest.Input] = []
    private(set) var notes: [String] = []

    /// - Throws: `UsageError`, `ShardError`; a record without item, or for an item that the set has not, a second record or
    ///   file for one, and a score that is no number are errors.
    init(_ options: EvalOptions, sets: [EvalSet], limits: ReadLimits) throws {
        self.sets = sets
        for text in options.results {
            let read = try read(text, "--results", isBefore: false, limits)
            after[read.set] = read.scores
        }
        for text in options.resultsBefore {
            let read = try read(text, "--results-before", isBefore: true, limits)
            before[read.set] = read.scores
        }
    }

    private mutating func read(
        _ text: String, _ option: String, isBefore: Bool, _ limits: ReadLimits
    ) throws -> (set: Int, scores: Scores) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let set = sets.firstIndex(where: { $0.name == parts[0] && !$0.isControl })
        else {
            throw UsageError("\(option) \(text): names no eval set; write NAME=FILE with a NAME of --eval")
        }
        guard (isBefore ? before : after)[set] == nil else {
            throw UsageError("\(option) \(text): a second file for \(parts[0]); join them into one")
        }
        var places: [String: Int] = [:]
        for item in sets[set].items {
            guard places.updateValue(item.ordinal, forKey: item.name) == nil else {
                throw UsageError(
                    "\(option) \(text): two items of \(parts[0]) have the id \(item.name); name another field by "
                        + "--eval-field \(parts[0]):id=FIELD")
            }
        }
        var scores: Scores = [:]
        var unread = 0
        for shard in try InputResolver.resolve([parts[1]], format: nil, spoolFolder: "").shards {
            let reader = try ShardReader(shard: shard, shardIndex: 0, limits: limits)
            let decoder = RowDecoder(limits: limits)
            var rows = 0
            while let batch = try reader.next() {
                for row in batch.rows {
                    guard case .value(let node) = decoder.decode(batch.bytes(of: row)),
                        let name = node.field("item").map({ EvalFieldMapping.text($0) }),
                        let place = places[String(decoding: name, as: UTF8.self)],
                        let value = node.field("passed") ?? node.field("score")
                    else {
                        throw UsageError(
                            "\(shard.name):\(row.ordinal): is no {item, passed|score} of an item of \(parts[0]); name items "
                                + "by their id, or else by their place from 0"
                        )
                    }
                    let score = try Self.score(value, isBefore: isBefore, "\(shard.name):\(row.ordinal)")
                    guard scores.updateValue(score, forKey: place) == nil else {
                        throw UsageError(
                            "\(shard.name):\(row.ordinal): a second result for one item; leave one of them out"
                        )
                    }
                }
                unread += batch.quarantined.count
                rows += batch.rows.count
            }
            var input = RunManifest.Input()
            input.corpus = "\(isBefore ? "results-before" : "results"):\(parts[0])"
            input.name = shard.name
            input.bytes = Int(shard.byteCount)
            input.sha256 = reader.outcome.sha256 ?? ""
            input.rows = rows
            sources.append(input)
        }
        if unread > 0 {
            notes.append("\(option) \(parts[0]): \(unread) results cannot be read and are left out")
        }
        return (set, scores)
    }

    /// - Throws: `UsageError` for what is no number; before training also for one that is not from 0 to 1, since under
    ///   0.5 is failed.
    private static func score(_ value: JSONNode, isBefore: Bool, _ place: String) throws -> Double {
        let text = String(decoding: EvalFieldMapping.text(value), as: UTF8.self)
        if text == "true" { return 1 }
        if text == "false" { return 0 }
        guard let score = Double(text), score.isFinite else {
            throw UsageError("\(place): its passed or score is neither true nor false nor a number")
        }
        if isBefore, !(0...1).contains(score) {
            throw UsageError(
                "\(place): its score is not from 0 to 1, so that passed and failed cannot be told; give passed: true or "
                    + "false")
        }
        return score
    }

    /// Lines of the table of doors.
    ///
    /// Items that no route can check are neither flagged nor unflagged: they are left out and counted.
    func figures(_ tally: OverlapTally, _ decision: OverlapDecision) -> [EvalOverlapFigures.Door] {
        var lines: [EvalOverlapFigures.Door] = []
        var first = 0
        for (set, own) in sets.enumerated() {
            defer { first += own.items.count }
            let base = first
            func known(_ scores: Scores) -> Scores {
                scores.filter { item, _ in
                    tally.isFlagged(base + item) || decision.uncheckable[base + item] == nil
                }
            }
            func left(_ scores: Scores) -> String {
                let count = scores.count - known(scores).count
                return count == 0 ? "" : "; \(count) uncheckable left out"
            }
            if let scores = before[set] {
                var door = odds(known(scores), first, own.name, tally)
                door.detail += left(scores)
                lines.append(door)
            }
            if let scores = after[set] {
                var door = means(known(scores), first, own.name, tally)
                door.detail += left(scores)
                lines.append(door)
            }
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
            "score \(mean(flagged)) on \(flagged.count) flagged, \(mean(rest)) on \(rest.count) unflagged; the difference may "
            + "also be difficulty"
        return door
    }

    /// Two decimals, in every locale.
    private static func decimal(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return value.isNaN ? "-" : "infinite" }
        let scaled = Int((abs(value) * 100).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return "\(sign)\(scaled / 100)." + String(scaled % 100 + 100).dropFirst()
    }
}
