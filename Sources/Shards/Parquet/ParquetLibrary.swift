import CArrow
import Synchronization

/// The plug-in through which Parquet is read and written: a library of its own, so that everything else works on
/// machines without Arrow. It is loaded when the first Parquet shard is opened, and stays loaded.
package enum ParquetLibrary {
    /// The plug-in's functions: a table that never changes.
    struct Functions: @unchecked Sendable {  // static memory of the library, read-only
        let table: UnsafePointer<carrow_api>
        var api: carrow_api { table.pointee }
    }

    private struct State {
        var places: [String] = []
        var loaded: Functions?
    }

    private static let state = Mutex(State())

    /// Says where the library may lie, the first that exists counts; nothing is loaded yet.
    package static func look(at places: [String]) { state.withLock { $0.places = places } }

    /// The version of Arrow that has been loaded; `nil` where no Parquet shard was opened.
    package static var loadedVersion: String? {
        state.withLock { $0.loaded }.map { String(cString: $0.api.arrow_version) }
    }

    /// Loads the library, for a run that has Parquet shards: without it nothing is begun.
    ///
    /// - Parameter shard: the first of them.
    /// - Throws: `ShardError` of code `unsupported` with what to type.
    package static func require(for shard: Shard) throws { _ = try load(for: shard.name) }

    /// Loads the library where it is not loaded yet.
    ///
    /// - Throws: `ShardError` of code `unsupported` with what to type.
    static func load(for shard: String) throws -> Functions {
        try state.withLock { state in
            if let loaded = state.loaded { return loaded }
            let path = state.places.first { FileStatus(path: Array($0.utf8)) != nil }
            guard let path else { throw missing(shard, "there is no Parquet plug-in") }
            var why = [CChar](repeating: 0, count: 512)
            guard let table = carrow_load(path, &why, why.count) else {
                let text = why.withUnsafeBytes { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
                throw missing(shard, "the Parquet plug-in cannot be loaded (\(text))", cause: text)
            }
            let functions = Functions(table: table)
            state.loaded = functions
            return functions
        }
    }

    private static func missing(_ shard: String, _ what: String, cause: String? = nil) -> ShardError {
        ShardError(
            .unsupported, "\(what); run `make parquet` in Assay's folder, or convert the file to .jsonl",
            shard: shard, cause: cause)
    }
}
