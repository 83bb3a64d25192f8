import Corpus
import EvalOverlap
import Findings
import Foundation
import Shards

/// Reads the rubrics of `--rubric`, and counts their phrases in the rows of `--baseline`.
struct RubricReader {
    /// Files of rubrics and baselines, for the manifest.
    private(set) var sources: [RunManifest.Input] = []
    private(set) var notes: [String] = []
    let phrases: CuePhrases
    private(set) var baseline: CueCounts?

    /// A rubric is read whole, and each place of it begins four phrases: more than a MiB is no rubric.
    static let mostBytes = 1 << 20

    /// - Returns: `nil` without a rubric.
    /// - Throws: `UsageError`, `ShardError`, `TextFormsError`.
    init?(_ options: RubricOptions, limits: ReadLimits, spoolFolder: String) throws {
        if options.rubric.isEmpty { return nil }
        var texts: [[UInt8]] = []
        for path in options.rubric { texts += try Self.texts(of: path, limits, spoolFolder, &sources) }
        guard texts.reduce(0, { $0 + $1.count }) <= Self.mostBytes else {
            throw UsageError(
                "--rubric \(options.rubric.joined(separator: " ")): over \(Self.mostBytes >> 20) MiB of text; name the "
                    + "rubrics alone")
        }
        phrases = try CuePhrases(texts)
        guard !phrases.phrases.isEmpty else {
            throw UsageError(
                "--rubric \(options.rubric.joined(separator: " ")): holds no phrase of two words or more")
        }
        if !options.baseline.isEmpty { try count(options.baseline, limits, spoolFolder) }
    }

    private static let rowFormats = [".json", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"]

    private static func texts(
        of path: String, _ limits: ReadLimits, _ spoolFolder: String, _ sources: inout [RunManifest.Input]
    ) throws -> [[UInt8]] {
        var input = RunManifest.Input()
        input.corpus = "rubric"
        if rowFormats.contains(where: { path.lowercased().hasSuffix($0) }) {
            var texts: [[UInt8]] = []
            var bytes = 0
            for shard in try InputResolver.resolve([path], format: nil, spoolFolder: spoolFolder).shards {
                if shard.format == .parquet { try ParquetLibrary.require(for: shard) }
                let reader = try ShardReader(shard: shard, shardIndex: 0, limits: limits)
                let decoder = RowDecoder(limits: limits)
                var rows = 0
                while let batch = try reader.next() {
                    for row in batch.rows {
                        guard case .value(let node) = decoder.decode(batch.bytes(of: row)) else {
                            throw UsageError(
                                "\(shard.name):\(row.ordinal): the rubric's record cannot be read; mend it")
                        }
                        let own = strings(node)
                        bytes += own.reduce(0) { $0 + $1.count }
                        guard bytes <= mostBytes else { throw tooLong(path) }
                        texts += own
                    }
                    if let bad = batch.quarantined.first {
                        throw UsageError("\(shard.name):\(bad.ordinal): \(bad.message); mend the rubric")
                    }
                    rows += batch.rows.count
                }
                input.name = shard.name
                input.bytes = Int(shard.byteCount)
                input.sha256 = reader.outcome.sha256 ?? ""
                input.rows = rows
                sources.append(input)
            }
            return texts
        }
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        guard size ?? 0 <= mostBytes else { throw tooLong(path) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("--rubric \(path): cannot be read; check the path and that you may read it")
        }
        guard String(bytes: data, encoding: .utf8) != nil else {
            throw UsageError("--rubric \(path): is no UTF-8 text; name the rubric's text")
        }
        let digest = data.withUnsafeBytes { FileDigest(of: $0) }
        input.name = String(path.split(separator: "/").last ?? "")
        input.bytes = data.count
        input.sha256 = digest.sha256
        sources.append(input)
        return [Array(data)]
    }

    private static func tooLong(_ path: String) -> UsageError {
        UsageError("--rubric \(path): over \(mostBytes >> 20) MiB of text; name the rubrics alone")
    }

    /// All strings of a record, field names left out.
    private static func strings(_ node: JSONNode) -> [[UInt8]] {
        if let string = node.string { return [Array(string)] }
        var found: [[UInt8]] = []
        node.forEachElement { found += strings($0) }
        node.forEachField { _, value in found += strings(value) }
        return found
    }

    private mutating func count(_ paths: [String], _ limits: ReadLimits, _ spoolFolder: String) throws {
        let counter = CueCounter(phrases)
        let text = try OverlapText()
        var bad = 0
        for (number, shard) in try InputResolver.resolve(paths, format: nil, spoolFolder: spoolFolder).shards
            .enumerated()
        {
            if shard.format == .parquet { try ParquetLibrary.require(for: shard) }
            let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)
            mapper.use(ShardHead(of: shard, index: number, limits: limits).mapping)
            let reader = try ShardReader(shard: shard, shardIndex: number, limits: limits)
            let decoder = RowDecoder(limits: limits)
            var rows = 0
            while let batch = try reader.next() {
                bad += batch.quarantined.count
                for row in batch.rows {
                    decoder.withDecoded(batch.bytes(of: row)) { decoded in
                        guard case .value(let node) = decoded else {
                            bad += 1
                            return
                        }
                        rows += 1
                        mapper.map(node)
                        mapper.withRowText {
                            text.read($0)
                            counter.add(text, $0)
                        }
                    }
                }
            }
            var input = RunManifest.Input()
            input.corpus = "baseline"
            input.name = shard.name
            input.bytes = Int(shard.byteCount)
            input.sha256 = reader.outcome.sha256 ?? ""
            input.rows = rows
            sources.append(input)
        }
        if counter.counts.rows == 0 {
            throw UsageError(
                "--baseline \(paths.joined(separator: " ")): no row has an assistant turn to compare with")
        }
        if bad > 0 { notes.append("--baseline: \(bad) rows cannot be read and are not counted") }
        baseline = counter.counts
    }
}
