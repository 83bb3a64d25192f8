@testable import Shards

/// Packed bytes for tests, by the product's own compressors.
enum Packed {
    static func gzip(_ text: String) throws -> [UInt8] { try gzip(Array(text.utf8)) }

    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        try pack(bytes, GzipCompressor(shard: "test"))
    }

    static func zstd(_ text: String) throws -> [UInt8] { try zstd(Array(text.utf8)) }

    static func zstd(_ bytes: [UInt8]) throws -> [UInt8] {
        try pack(bytes, ZstdCompressor(shard: "test"))
    }

    /// A zstd skippable frame.
    static func skippable(_ count: Int) -> [UInt8] {
        [0x5A, 0x2A, 0x4D, 0x18, UInt8(count), 0, 0, 0] + [UInt8](repeating: 7, count: count)
    }

    private static func pack(_ bytes: [UInt8], _ compressor: any ByteCompressor) throws -> [UInt8] {
        var packed: [UInt8] = []
        try bytes.withUnsafeBytes { try compressor.append($0) { packed += $0 } }
        try compressor.finish { packed += $0 }
        return packed
    }
}
