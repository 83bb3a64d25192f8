import CZlib
import CZstd

/// Versions of the decoders that shards are read with.
package enum DecoderVersions {
    /// Arrow's only once a Parquet shard was opened.
    package static var all: [(name: String, version: String)] {
        [("zlib", String(cString: zlibVersion())), ("zstd", String(cString: ZSTD_versionString()))]
            + [ParquetLibrary.loadedVersion].compactMap { $0 }.map { ("Arrow", $0) }
    }
}
