import Foundation
import Testing

@testable import Shards

/// Rows that are written come back byte for byte.
struct WriterTests {
    static let rows = ["{\"a\":  1}", "\"\\u0000\u{1F600}\"", "1e400", " [1, 2] ", "{}"]
    let scratch: ShardScratch

    init() throws { scratch = try ShardScratch() }

    private func write(_ rows: [String], as name: String, _ layout: RowLayout, _ compression: Compression)
        throws
        -> WrittenShard
    {
        let writer = try ShardWriter(
            path: scratch.path(name), name: name, layout: layout, compression: compression)
        for row in rows { try Array(row.utf8).withUnsafeBytes { try writer.append($0) } }
        return try writer.finish()
    }

    @Test(arguments: RowLayout.allCases, Compression.allCases)
    func `what is written is read again`(layout: RowLayout, compression: Compression) throws {
        let name = layout == .lines ? "out.jsonl" : "out.json"
        for count in [0, 1, 5] {
            let rows = Array(Self.rows.prefix(count))
            let written = try write(rows, as: name, layout, compression)
            let shard = try scratch.shard(scratch.path(name))
            let read = ReadShard(shard)
            #expect(read.isAccepted)
            #expect(
                read.rows == (layout == .lines ? rows : rows.map { $0.trimmingCharacters(in: .whitespaces) }))
            #expect(shard.compression == compression)
            #expect(written.rowCount == count)
            #expect(written.byteCount == shard.byteCount)
            #expect(written.sha256 == read.outcome.sha256)
            let isSingle = layout == .single && count == 1
            #expect(read.outcome.layout == (layout == .lines ? .lines : isSingle ? .single : .array))
        }
    }

    @Test(arguments: Compression.allCases)
    func `the same rows give the same bytes`(compression: Compression) throws {
        let rows = (0..<50_000).map { "{\"n\":\($0)}" }
        let first = try write(rows, as: "one", .lines, compression)
        let second = try write(rows, as: "two", .lines, compression)
        #expect(first == second)
        #expect(ReadShard(try scratch.shard(scratch.path("one"))).rows == rows)
    }

    @Test func `a gzip header holds neither time nor name`() throws {
        _ = try write(["1"], as: "a.jsonl.gz", .lines, .gzip)
        let bytes = [UInt8](try Data(contentsOf: scratch.folder.appendingPathComponent("a.jsonl.gz")))
        #expect(Array(bytes.prefix(8)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    }

    @Test func `plain lines are the rows and line feeds, no more`() throws {
        _ = try write(["1", " {}"], as: "a.jsonl", .lines, .none)
        #expect(try String(contentsOfFile: scratch.path("a.jsonl"), encoding: .utf8) == "1\n {}\n")
        _ = try write(["1", "{}"], as: "a.json", .array, .none)
        #expect(try String(contentsOfFile: scratch.path("a.json"), encoding: .utf8) == "[\n1,\n{}\n]\n")
        _ = try write(["{}"], as: "b.json", .single, .none)
        #expect(try String(contentsOfFile: scratch.path("b.json"), encoding: .utf8) == "{}\n")
    }

    @Test func `a row with a line feed is no line`() throws {
        let error = #expect(throws: ShardError.self) { try write(["{\n}"], as: "a.jsonl", .lines, .none) }
        #expect(error?.code == .unwritableRow)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("a.jsonl")))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("a.jsonl.tmp")))
    }

    @Test func `nothing appears before it is finished, or when it is cancelled`() throws {
        let writer = try ShardWriter(
            path: scratch.path("a.jsonl"), name: "a.jsonl", layout: .lines, compression: .none)
        try Array("1".utf8).withUnsafeBytes { try writer.append($0) }
        #expect(!FileManager.default.fileExists(atPath: scratch.path("a.jsonl")))
        writer.cancel()
        #expect(!FileManager.default.fileExists(atPath: scratch.path("a.jsonl.tmp")))
        let error = #expect(throws: ShardError.self) {
            _ = try ShardWriter(
                path: scratch.path("no/folder/a"), name: "a", layout: .lines, compression: .none)
        }
        #expect(error?.code == .unwritable)
    }
}
