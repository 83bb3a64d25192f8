import CZlib
import CZstd

/// Versions of the decoders that shards are read with.
package enum DecoderVersions {
    package static let all: [(name: String, version: String)] = [
        ("zlib", String(cString: zlibVersion())), ("zstd", String(cString: ZSTD_versionString())),
    ]
}
