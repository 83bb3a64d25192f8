import Foundation
import Testing

@testable import Shards

/// A folder for one test with files of its own, read through the product's own door.
final class ShardScratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "assay-shards-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Writes a file below the folder and gives its path.
    @discardableResult
    func write(_ bytes: [UInt8], as name: String) throws -> String {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url.path
    }

    @discardableResult
    func write(_ text: String, as name: String) throws -> String { try write(Array(text.utf8), as: name) }

    /// The one shard that a path resolves to.
    func shard(_ path: String, format: ShardFormat? = nil) throws -> Shard {
        let resolved = try InputResolver.resolve([path], format: format, spoolFolder: folder.path)
        return try #require(resolved.shards.first)
    }

    /// Reads bytes as a shard of that name.
    func read(
        _ bytes: [UInt8], as name: String = "rows.jsonl", format: ShardFormat? = nil,
        limits: ReadLimits = ReadLimits(), batchBytes: Int = 512 << 10
    ) throws -> ReadShard {
        let path = try write(bytes, as: name)
        return ReadShard(try shard(path, format: format), limits: limits, batchBytes: batchBytes)
    }

    func read(
        _ text: String, as name: String = "rows.jsonl", format: ShardFormat? = nil,
        limits: ReadLimits = ReadLimits(), batchBytes: Int = 512 << 10
    ) throws -> ReadShard {
        try read(Array(text.utf8), as: name, format: format, limits: limits, batchBytes: batchBytes)
    }
}
