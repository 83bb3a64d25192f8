import Foundation
import TestSupport
import Testing

@testable import Shards

/// Parquet rows read as the JSON that the README's rules give.
@Suite(.enabled(if: ParquetTools.areReady)) struct ParquetTests {
    @Test func `every type reads as another implementation of the rules has it`() throws {
        let read = ReadShard(try ParquetFiles.shard("types.parquet"))
        let expected = try ParquetFiles.lines("types.jsonl")
        #expect(read.isAccepted, "\(read.error?.description ?? "\(read.codes)")")
        try #require(read.rows.count == expected.count)
        for (row, line) in zip(read.rows, expected) where row != line {
            Issue.record("\(row)\nis not\n\(line)")
            return
        }
    }

    @Test func `rows are those of compact JSON lines, with their ordinals and offsets`() throws {
        let parquet = ReadShard(try ParquetFiles.shard("chat.parquet"))
        let lines = ReadShard(try ParquetFiles.shard("chat.jsonl"))
        #expect(parquet.rows == lines.rows)
        #expect(parquet.ordinals == lines.ordinals)
        #expect(parquet.rowOffsets == lines.rowOffsets)
        #expect(parquet.outcome.rowCount == 1500)
        #expect(parquet.outcome.sha256 == (try ParquetFiles.shard("chat.parquet").digest()))
    }

    @Test(arguments: [
        "types.parquet", "types-v2.parquet", "unmarked.parquet", "long.parquet", "flipped.parquet",
    ])
    func `no outcome depends on the batch size`(name: String) throws {
        let shard = try ParquetFiles.shard(name)
        let limits = ReadLimits(maxRowBytes: 3000)
        let whole = ReadShard(shard, limits: limits)
        for batchBytes in [64, 1000, 100_000] {
            let parts = ReadShard(shard, limits: limits, batchBytes: batchBytes)
            #expect(whole.hasSameOutcome(as: parts), "\(batchBytes)")
        }
    }

    @Test func `a row over the cap is set aside with its row group, and reading goes on`() throws {
        let read = ReadShard(
            try ParquetFiles.shard("long.parquet"), limits: ReadLimits(maxRowBytes: 1000))
        #expect(read.error == nil)
        #expect(read.ordinals == [0, 2])
        let row = try #require(read.quarantined.first)
        #expect(row.code == .rowTooLong)
        #expect(row.ordinal == 1)
        #expect(row.message.hasPrefix("row group 0, row 1 of it: "))
        #expect(String(decoding: row.raw.prefix(12), as: UTF8.self) == "{\"text\":\"bbb")
        #expect(row.rawLength > 1000)
    }

    @Test func `text that is not UTF-8 is set aside with its bytes`() throws {
        let read = ReadShard(try ParquetFiles.shard("invalid.parquet"))
        #expect(read.rows == ["{\"text\":\"good\"}", "{\"text\":\"end\"}"])
        let row = try #require(read.quarantined.first)
        #expect(row.code == .invalidUTF8)
        #expect(row.message.contains("column text"))
        #expect(row.raw == Array("{\"text\":\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"}".utf8))
    }

    @Test func `a batch holds no more in rows set aside than in rows`() throws {
        let shard = try ParquetFiles.shard("latin.parquet")
        let whole = ReadShard(shard)
        #expect(whole.quarantined.count == 2000)
        let parts = ReadShard(shard, batchBytes: 10_000)
        #expect(whole.hasSameOutcome(as: parts))
        #expect(parts.largestBatchBytes < 25_000)
        #expect(parts.batchCount > 20)
    }

    @Test func `plain bytes are text where no column is marked as text, else base64`() throws {
        let unmarked = ReadShard(try ParquetFiles.shard("unmarked.parquet"))
        #expect(unmarked.rows.first == "{\"text\":\"fine\",\"n\":0}")
        #expect(unmarked.rows.dropFirst().first == "{\"text\":null,\"n\":2}")
        #expect(unmarked.codes == [.invalidUTF8])
        let marked = ReadShard(try ParquetFiles.shard("marked.parquet"))
        #expect(
            marked.rows == ["{\"name\":\"a\",\"image\":\"/9g=\"}", "{\"name\":\"b\",\"image\":\"dGV4dA==\"}"])
    }

    @Test func `a flipped bit ends the shard at its row group, and the rows before it stand`() throws {
        let read = ReadShard(try ParquetFiles.shard("flipped.parquet"))
        #expect(read.acceptedCount == 1000)
        #expect(read.error?.code == .corruptContainer)
        #expect(read.error?.message.contains("row group 1: ") == true)
        #expect(read.error?.message.contains("CRC") == true)
        #expect(read.error?.row == 1000)
        #expect(!read.outcome.isComplete)
    }

    @Test func `columns that are asked for are read alone, in the file's order`() throws {
        let shard = try ParquetFiles.shard("chat.parquet")
        let reader = try ShardReader(shard: shard, shardIndex: 0, columns: ["meta", "id", "absent"])
        let batch = try #require(try reader.next())
        let row = String(decoding: batch.bytes(of: batch.rows[3]), as: UTF8.self)
        #expect(row == "{\"id\":\"row-3\",\"meta\":{\"queue\":\"delta\",\"score\":3}}")
    }

    @Test func `few bytes that stand for long cells in many rows are read in small batches`() throws {
        let read = ReadShard(try ParquetFiles.shard("repeated.parquet"), keepsRows: false)
        #expect(read.error == nil)
        #expect(read.acceptedCount == 450)
        #expect(read.largestBatchBytes < 4 << 20)
    }

    @Test func `a file without rows is accepted with a note`() throws {
        let read = ReadShard(try ParquetFiles.shard("empty.parquet"))
        #expect(read.isAccepted)
        #expect(read.outcome.rowCount == 0)
        #expect(read.outcome.notes == ["the file has no rows"])
    }

    @Test func `a file that changes while it is read is an error`() throws {
        let scratch = try ShardScratch()
        let bytes = Array(try Data(contentsOf: try ParquetFiles.url("chat.parquet")))
        let shard = try scratch.shard(try scratch.write(bytes, as: "a.parquet"))
        let reader = try ShardReader(shard: shard, shardIndex: 0, batchBytes: 1000)
        _ = try reader.next()
        try scratch.write(bytes + [0], as: "a.parquet")
        let error = #expect(throws: ShardError.self) { while try reader.next() != nil {} }
        #expect(error?.code == .changed)
    }

    @Test func `the format follows the content, the name or the option`() throws {
        let scratch = try ShardScratch()
        let bytes = Array(try Data(contentsOf: try ParquetFiles.url("long.parquet")))
        #expect(ReadShard(try scratch.shard(try scratch.write(bytes, as: "a.jsonl"))).acceptedCount == 3)
        #expect(ReadShard(try scratch.shard(try scratch.write(bytes, as: "b"))).acceptedCount == 3)
        let lines = try scratch.write("{}\n{}\n", as: "c.parquet")
        #expect(ReadShard(try scratch.shard(lines)).error?.code == .corruptContainer)
        #expect(ReadShard(try scratch.shard(lines, format: .jsonl)).acceptedCount == 2)
        let other = try scratch.write("{}\n", as: "d.txt")
        #expect(ReadShard(try scratch.shard(other, format: .parquet)).error?.code == .corruptContainer)
        let packed = try scratch.write(try Packed.gzip("{}\n"), as: "e.parquet.gz")
        #expect(ReadShard(try scratch.shard(packed)).error?.code == .packedTwice)
    }
}
