import Testing

@testable import Shards

/// How lines become rows.
struct LineTests {
    let scratch: ShardScratch

    init() throws { scratch = try ShardScratch() }

    static let lines = "{\"a\":1}\n\n{\"a\":2}\n \t\r\n{\"a\":3}"

    @Test(arguments: [64, 65, 100, 512 << 10])
    func `rows, ordinals and offsets do not depend on the batch size`(batchBytes: Int) throws {
        let text = String(repeating: Self.lines + "\n", count: 40)
        let read = try scratch.read(text, batchBytes: batchBytes)
        #expect(read.isAccepted)
        #expect(
            read.rows == Array(repeating: ["{\"a\":1}", "{\"a\":2}", "{\"a\":3}"], count: 40).flatMap { $0 })
        #expect(read.ordinals == Array(0..<120))
        #expect(read.outcome.blankLineCount == 80)
        #expect(read.outcome.rowCount == 120)
        let bytes = Array(text.utf8)
        for (row, offset) in zip(read.rows, read.rowOffsets) {
            #expect(Array(bytes[Int(offset)..<Int(offset) + row.utf8.count]) == Array(row.utf8))
        }
    }

    @Test func `a last line without a line end is a row`() throws {
        let read = try scratch.read("1\n2")
        #expect(read.rows == ["1", "2"])
        #expect(read.isAccepted)
    }

    @Test func `carriage return and line feed end a line`() throws {
        let read = try scratch.read("1\r\n2\r\n\r\n3\r")
        #expect(read.rows == ["1", "2", "3"])
        #expect(read.outcome.blankLineCount == 1)
    }

    @Test func `a byte order mark is dropped with a note`() throws {
        let read = try scratch.read([0xEF, 0xBB, 0xBF] + Array("{}\n{}\n".utf8))
        #expect(read.rows == ["{}", "{}"])
        #expect(read.rowOffsets == [3, 6])
        #expect(read.outcome.notes == ["a byte order mark was dropped"])
    }

    @Test func `a byte order mark inside is no white space`() throws {
        let read = try scratch.read(Array("{}\n".utf8) + [0xEF, 0xBB, 0xBF] + Array("{}\n".utf8))
        #expect(read.rows == ["{}"])
        #expect(read.codes == [.invalidJSON])
    }

    @Test func `an empty file has no rows and a note`() throws {
        let read = try scratch.read("")
        #expect(read.isAccepted)
        #expect(read.outcome.rowCount == 0)
        #expect(read.outcome.notes == ["the file is empty"])
    }

    @Test func `carriage returns alone never make one row`() throws {
        let read = try scratch.read("{\"a\":1}\r{\"a\":2}\r{\"a\":3}")
        #expect(read.codes == [.carriageReturnLines])
        #expect(read.rows.isEmpty)
    }

    @Test func `a tail of NUL bytes is set aside as one row`() throws {
        let read = try scratch.read(Array("{}\n{\"a".utf8) + [UInt8](repeating: 0, count: 5000))
        #expect(read.rows == ["{}"])
        #expect(read.codes == [.nulPadding])
        #expect(read.quarantined.first?.byteOffset == 3)
        #expect(read.quarantined.first?.rawLength == 5003)
    }

    @Test func `a tail of NUL bytes over the row cap keeps its code`() throws {
        let limits = ReadLimits(maxRowBytes: 1000)
        let read = try scratch.read(
            Array("{}\n".utf8) + [UInt8](repeating: 0, count: 100_000), limits: limits)
        #expect(read.rows == ["{}"])
        #expect(read.codes == [.nulPadding])
        #expect(read.quarantined.first?.rawLength == 100_000)
    }

    @Test(arguments: [64, 128, 1024, 1 << 20])
    func `a row over the cap is skipped and set aside`(batchBytes: Int) throws {
        let long = "\"" + String(repeating: "x", count: 99_998) + "\""
        let text = "1\r\n\(long)\r\n2\n\(long)"
        let read = try scratch.read(
            text, limits: ReadLimits(maxRowBytes: 99_999), batchBytes: batchBytes)
        #expect(read.rows == ["1", "2"])
        #expect(read.ordinals == [0, 2])
        #expect(read.codes == [.rowTooLong, .rowTooLong])
        #expect(read.quarantined.map(\.ordinal) == [1, 3])
        #expect(read.quarantined.map(\.byteOffset) == [3, 100_007])
        #expect(read.quarantined.map(\.rawLength) == [100_000, 100_000])
        #expect(read.quarantined.allSatisfy { $0.raw.count == QuarantinedRow.keptBytes })
        #expect(read.quarantined.allSatisfy { $0.message.contains("--max-row-bytes") })
        #expect(read.outcome.rowCount == 4)
    }

    @Test(arguments: [64, 100, 101, 102, 103, 4096], ["\n", "\r\n", ""])
    func `a row of exactly the cap is read`(batchBytes: Int, lineEnd: String) throws {
        let row = "\"" + String(repeating: "x", count: 98) + "\""
        let read = try scratch.read(
            row + lineEnd, limits: ReadLimits(maxRowBytes: 100), batchBytes: batchBytes)
        #expect(read.rows == [row])
        let over = try scratch.read(
            row + lineEnd, limits: ReadLimits(maxRowBytes: 99), batchBytes: batchBytes)
        #expect(over.codes == [.rowTooLong])
        #expect(over.quarantined.map(\.rawLength) == [100])
        #expect(over.quarantined.map { $0.raw.count } == [100])
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x7B, 0x00], "UTF-16LE"), ([0xFE, 0xFF, 0x00, 0x7B], "UTF-16BE"),
            ([0x7B, 0x00, 0x22, 0x00], "UTF-16LE"), ([0x00, 0x7B, 0x00, 0x22], "UTF-16BE"),
            ([0xFF, 0xFE, 0, 0, 0x7B, 0, 0, 0], "UTF-32LE"), ([0, 0, 0, 0x7B, 0, 0, 0, 0x7D], "UTF-32BE"),
            ([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x7D], "UTF-32BE"),
        ] as [([UInt8], String)])
    func `UTF-16 and UTF-32 are named`(bytes: [UInt8], encoding: String) throws {
        let read = try scratch.read(bytes)
        #expect(read.error?.code == .notUTF8)
        #expect(read.error?.message.contains(encoding) == true)
        #expect(read.outcome.rowCount == 0)
    }

    @Test func `the digest is that of the file's bytes`() throws {
        let read = try scratch.read("abc")
        #expect(read.outcome.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(read.outcome.bytesRead == 3)
        #expect(read.outcome.decompressedByteCount == 3)
    }

    @Test func `an array over several lines under a lines name gets a note`() throws {
        let read = try scratch.read("[\n{\"a\":1},\n{\"a\":2}\n]\n")
        #expect(read.outcome.notes.contains { $0.contains("--format json") })
    }
}
