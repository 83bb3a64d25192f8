import Foundation
import TestSupport

@testable import Shards

/// The Parquet files of the tests, made once for all of them.
enum ParquetFiles {
    private static let folder: URL? = {
        guard ParquetTools.areReady, let folder = try? Fixture.scratchFolder() else { return nil }
        ParquetLibrary.look(at: [ParquetTools.plugin.path])
        do {
            try ParquetTools.run("make_files.py", [folder.path])
            atexit { ParquetFiles.remove() }
            return folder
        } catch {
            print("the Parquet files could not be made: \(error)")
            return nil
        }
    }()

    private static func remove() {
        if let folder { try? FileManager.default.removeItem(at: folder) }
    }

    static func url(_ name: String) throws -> URL {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        return folder.appendingPathComponent(name)
    }

    /// One of the files as a shard.
    static func shard(_ name: String) throws -> Shard {
        let path = try url(name).path
        return try InputResolver.resolve([path], spoolFolder: "").shards[0]
    }

    static func lines(_ name: String) throws -> [String] {
        try String(contentsOf: try url(name), encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
