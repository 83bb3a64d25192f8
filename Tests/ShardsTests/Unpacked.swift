@testable import Shards

/// The decoders alone, over bytes in memory.
enum Unpacked {
    /// Bytes that come in pieces of at most `step`.
    final class Pieces: ByteSource {
        private var rest: ArraySlice<UInt8>
        private let step: Int
        var notes: [String] { [] }

        init(_ bytes: [UInt8], step: Int) {
            rest = bytes[...]
            self.step = step
        }

        func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
            let piece = rest.prefix(min(step, buffer.count))
            rest = rest.dropFirst(piece.count)
            buffer.copyBytes(from: piece)
            return piece.count
        }
    }

    static func zstd(_ packed: [UInt8], limits: ReadLimits = ReadLimits(), step: Int = 1 << 20) throws
        -> [UInt8]
    {
        try all(of: InflatedSource(ZstdDecoder(Pieces(packed, step: step), shard: "test", limits: limits)))
    }

    static func gzip(_ packed: [UInt8], limits: ReadLimits = ReadLimits(), step: Int = 1 << 20) throws
        -> [UInt8]
    {
        try all(of: InflatedSource(GzipDecoder(Pieces(packed, step: step), shard: "test", limits: limits)))
    }

    private static func all(of source: any ByteSource) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1000)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}
