import Foundation
import Testing

@testable import Shards

/// Gzip and zstd shards, whole and damaged.
struct ContainerTests {
    let scratch: ShardScratch
    static let first = (0..<300).map { "{\"n\":\($0)}\n" }.joined()
    static let second = (300..<400).map { "{\"n\":\($0)}\n" }.joined()
    static let rows = (0..<400).map { "{\"n\":\($0)}" }

    init() throws { scratch = try ShardScratch() }

    @Test(arguments: [64, 512 << 10])
    func `members and frames read as one text`(batchBytes: Int) throws {
        let cut = Self.first.index(Self.first.startIndex, offsetBy: 1003)
        let (head, tail) = (String(Self.first[..<cut]), String(Self.first[cut...]))
        let cases: [(String, [UInt8])] = [
            ("gzip", try Packed.gzip(Self.first + Self.second)),
            ("gzip members", try Packed.gzip(Self.first) + Packed.gzip(Self.second)),
            (
                "gzip empty members",
                try Packed.gzip("") + Packed.gzip(Self.first) + Packed.gzip("") + Packed.gzip(Self.second)
            ),
            ("gzip splits a row", try Packed.gzip(head) + Packed.gzip(tail + Self.second)),
            ("zstd", try Packed.zstd(Self.first + Self.second)),
            ("zstd frames", try Packed.zstd(Self.first) + Packed.zstd("") + Packed.zstd(Self.second)),
            ("zstd splits a row", try Packed.zstd(head) + Packed.zstd(tail + Self.second)),
            (
                "zstd skippable",
                try Packed.skippable(5) + Packed.zstd(Self.first) + Packed.skippable(0)
                    + Packed.zstd(Self.second)
                    + Packed.skippable(9)
            ),
        ]
        for (id, bytes) in cases {
            let read = try scratch.read(bytes, as: "rows", format: .jsonl, batchBytes: batchBytes)
            #expect(read.isAccepted, "\(id)")
            #expect(read.rows == Self.rows, "\(id)")
            #expect(read.outcome.bytesRead == UInt64(bytes.count))
        }
    }

    /// The error that the decoder alone ends with.
    private func error(_ unpack: () throws -> [UInt8]) -> ShardError? {
        do {
            _ = try unpack()
            return nil
        } catch { return error as? ShardError }
    }

    @Test func `every cut of a gzip file is an error at the cut`() throws {
        let bytes = try Packed.gzip(Self.first) + Packed.gzip(Self.second)
        let boundary = try Packed.gzip(Self.first).count
        for length in 0..<bytes.count where length != boundary {
            let error = error { try Unpacked.gzip(Array(bytes.prefix(length))) }
            #expect(error?.code == .truncatedContainer, "\(length)")
            #expect(error?.byteOffset == UInt64(length))
        }
    }

    @Test func `every cut of a zstd file is an error at the cut`() throws {
        let bytes = try Packed.zstd(Self.first) + Packed.zstd(Self.second) + Packed.skippable(4)
        let first = try Packed.zstd(Self.first).count
        let boundaries = [first, first + (try Packed.zstd(Self.second).count)]
        for length in 0..<bytes.count where !boundaries.contains(length) {
            let error = error { try Unpacked.zstd(Array(bytes.prefix(length))) }
            #expect(error?.code == .truncatedContainer, "\(length)")
            #expect(error?.byteOffset == UInt64(length))
        }
    }

    @Test(arguments: ["rows.jsonl.gz", "rows.jsonl.zst"])
    func `a cut shard hands out the rows before the cut and is never complete`(name: String) throws {
        let isGzip = name.hasSuffix(".gz")
        let head = try isGzip ? Packed.gzip(Self.first) : Packed.zstd(Self.first)
        let bytes = try head + (isGzip ? Packed.gzip(Self.second) : Packed.zstd(Self.second))
        for length in stride(from: head.count + 1, to: bytes.count, by: 9) {
            let read = try scratch.read(Array(bytes.prefix(length)), as: name)
            #expect(read.error?.code == .truncatedContainer)
            #expect(read.rows.count >= 300)
            #expect(read.rows == Array(Self.rows.prefix(read.rows.count)))
            #expect(!read.outcome.isComplete)
        }
    }

    @Test func `no flipped bit of a container passes unseen`() throws {
        let text = Array((0..<30).map { "{\"n\":\($0 * 7919)}\n" }.joined().utf8)
        let (gzip, zstd) = (try Packed.gzip(text), try Packed.zstd(text))
        for bit in 0..<(gzip.count * 8) {
            var damaged = gzip
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            // Time, extra flags and system of the header carry no text.
            if (4..<10).contains(bit / 8) { continue }
            let result = try? Unpacked.gzip(damaged)
            #expect(result == nil || result == text, "gzip bit \(bit)")
        }
        for bit in 0..<(zstd.count * 8) {
            var damaged = zstd
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            let result = try? Unpacked.zstd(damaged)
            #expect(result == nil || result == text, "zstd bit \(bit)")
        }
    }

    @Test func `a partial row before the damage is set aside`() throws {
        let bytes = try Packed.gzip("1\n2\n{\"half")
        let read = try scratch.read(Array(bytes.dropLast(3)), as: "a.jsonl.gz")
        #expect(read.rows == ["1", "2"])
        #expect(read.codes == [.truncatedRow])
        #expect(read.quarantined.first?.raw == Array("{\"half".utf8))
        #expect(read.error?.row == 2)
    }

    @Test func `zero padding behind gzip gets a note, other bytes an error`() throws {
        let bytes = try Packed.gzip("1\n")
        let padded = try scratch.read(
            bytes + [UInt8](repeating: 0, count: 200_000), as: "a.gz", format: .jsonl)
        #expect(padded.isAccepted)
        #expect(padded.outcome.notes.contains("200000 zero bytes behind the gzip data were left out"))
        for tail in [[0x41], [0x1F, 0x41], [0, 0, 1], [0x41, 0]] as [[UInt8]] {
            let read = try scratch.read(bytes + tail, as: "a.gz", format: .jsonl)
            #expect(read.error?.code == .trailingBytes)
            #expect(read.rows == ["1"])
        }
    }

    @Test func `bytes behind zstd are an error`() throws {
        let bytes = try Packed.zstd("1\n")
        for tail in [[0x41, 0x41, 0x41, 0x41, 0x41], [0, 0, 0, 0, 0, 0, 0, 0]] as [[UInt8]] {
            let read = try scratch.read(bytes + tail, as: "a.zst", format: .jsonl)
            #expect(read.error?.code == .trailingBytes)
            #expect(read.rows == ["1"])
        }
    }

    @Test func `an empty file with a packed name is cut off, not empty`() throws {
        for name in ["a.jsonl.gz", "a.jsonl.zst"] {
            let read = try scratch.read("", as: name)
            #expect(read.error?.code == .truncatedContainer)
            #expect(read.error?.message.contains("holds no byte") == true)
        }
    }

    @Test func `content decides, and a misleading name gets a note`() throws {
        let plain = try scratch.read("1\n2\n", as: "a.jsonl.gz")
        #expect(plain.rows == ["1", "2"])
        #expect(plain.outcome.notes.contains { $0.contains("plain text") })
        let zstd = try scratch.read(try Packed.zstd("1\n2\n"), as: "b.jsonl.gz")
        #expect(zstd.rows == ["1", "2"])
        #expect(zstd.outcome.notes.contains { $0.contains("zstd") })
        #expect(try scratch.read(try Packed.gzip("1\n"), as: "c.jsonl.gz").outcome.notes.isEmpty)
    }

    @Test func `bytes that are neither JSON nor packed are refused under a packed name`() throws {
        let read = try scratch.read([0x28, 0xB5, 0x2F], as: "a.jsonl.zst")
        #expect(read.error?.code == .truncatedContainer)
        let other = try scratch.read(Array("PK\u{3}\u{4}....".utf8), as: "a.jsonl.gz")
        #expect(other.error?.code == .corruptContainer)
    }

    @Test func `data packed twice is named`() throws {
        let inner = try Packed.zstd("1\n")
        let read = try scratch.read(try Packed.gzip(inner), as: "a.jsonl.gz")
        #expect(read.error?.code == .packedTwice)
        #expect(read.outcome.rowCount == 0)
    }

    @Test func `a ratio over the limit names its flag`() throws {
        let bomb = try Packed.zstd(String(repeating: "1\n", count: 100_000))
        let limits = ReadLimits(maxRatio: 100, ratioFloorBytes: 64 << 10)
        let read = try scratch.read(bomb, as: "a.zst", format: .jsonl, limits: limits)
        #expect(read.error?.code == .ratioTooHigh)
        #expect(read.error?.message.contains("--max-ratio") == true)
        let free = ReadLimits(maxRatio: 0, ratioFloorBytes: 64 << 10)
        #expect(try scratch.read(bomb, as: "b.zst", format: .jsonl, limits: free).isAccepted)
        #expect(try scratch.read(bomb, as: "c.zst", format: .jsonl).isAccepted)
    }

    @Test func `a long line in a bomb costs no memory`() throws {
        let compressor = try GzipCompressor(shard: "test")
        var bomb: [UInt8] = []
        let piece = [UInt8](repeating: 0x61, count: 1 << 20)
        for _ in 0..<100 { try piece.withUnsafeBytes { try compressor.append($0) { bomb += $0 } } }
        try compressor.finish { bomb += $0 }
        let read = try scratch.read(bomb + Packed.gzip("\n1\n"), as: "a.gz", format: .jsonl)
        #expect(read.codes == [.rowTooLong])
        #expect(read.quarantined.first?.rawLength == 100 << 20)
        #expect(read.rows == ["1"])
        #expect(read.largestBatchBytes < 1 << 20)
    }

    @Test(arguments: [1, 2, 3, 1000])
    func `the decoders do not care how the file's bytes come`(step: Int) throws {
        let bytes = Array((Self.first + Self.second).utf8)
        let gzip = try Packed.gzip(Self.first) + Packed.gzip(Self.second)
        let zstd = try Packed.zstd(Self.first) + Packed.skippable(3) + Packed.zstd(Self.second)
        #expect(try Unpacked.gzip(gzip, step: step) == bytes)
        #expect(try Unpacked.zstd(zstd, step: step) == bytes)
    }
}
