import CJSON
import Testing

@testable import Shards

/// How the elements of a `.json` shard become rows.
struct ArrayTests {
    let scratch: ShardScratch

    init() throws { scratch = try ShardScratch() }

    private func read(_ text: String, limits: ReadLimits = ReadLimits(), batchBytes: Int = 512 << 10) throws
        -> ReadShard
    {
        try scratch.read(text, as: "rows.json", limits: limits, batchBytes: batchBytes)
    }

    @Test(arguments: [64, 65, 66, 67, 1000, 512 << 10])
    func `elements are rows, whatever the batch size`(batchBytes: Int) throws {
        let elements = [
            "{\"a\": [1, {\"b\": \"],}{\\\"[\"}]}", "[1,2]", "\"a,b]\"", "-1.5e3", "null", "{\n\"c\":2\n}",
        ]
        let text =
            "\n[ " + Array(repeating: elements, count: 20).flatMap { $0 }.joined(separator: " ,\n ") + "\t]\n"
        let read = try read(text, batchBytes: batchBytes)
        #expect(read.isAccepted)
        #expect(read.rows == Array(repeating: elements, count: 20).flatMap { $0 })
        #expect(read.outcome.layout == .array)
        let bytes = Array(text.utf8)
        for (row, offset) in zip(read.rows, read.rowOffsets) {
            #expect(Array(bytes[Int(offset)..<Int(offset) + row.utf8.count]) == Array(row.utf8))
        }
    }

    @Test func `a value that is no array is one row`() throws {
        for text in ["{\"a\": [1, 2]}", "\"[x]\"", " 12 ", "null\n"] {
            let read = try read(text)
            #expect(read.isAccepted)
            #expect(read.rows == [text.trimmingSpace])
            #expect(read.outcome.layout == .single)
        }
    }

    @Test func `an empty array has no rows`() throws {
        let read = try read(" [ ] ")
        #expect(read.isAccepted)
        #expect(read.outcome.rowCount == 0)
        #expect(read.outcome.layout == .array)
    }

    @Test(arguments: ["", "  \n", "\u{FEFF}"])
    func `a shard without a value is an error`(text: String) throws {
        #expect(try read(text).error?.code == .noValue)
    }

    @Test(arguments: [
        ("[1,2", ShardError.Code.truncatedValue, 4), ("[1,", .truncatedValue, 3), ("[", .truncatedValue, 1),
        ("[\"a", .truncatedValue, 3), ("{\"a\":1", .truncatedValue, 6), ("[1]]", .badStructure, 3),
        ("[1] 2", .badStructure, 4), ("[1,]", .badStructure, 3), ("[,1]", .badStructure, 1),
        ("[1,,2]", .badStructure, 3), ("[1}", .badStructure, 2), ("[}", .badStructure, 1),
        ("{} {}", .badStructure, 3),
    ])
    func `damage between elements ends the shard at its offset`(
        text: String, code: ShardError.Code, offset: UInt64
    )
        throws
    {
        let read = try read(text)
        #expect(read.error?.code == code)
        #expect(read.error?.byteOffset == offset)
        #expect(!read.outcome.isComplete)
    }

    @Test func `a bad element is set aside and reading goes on`() throws {
        let read = try read("[1, {bad}, 2 3, {\"a\":1 ]  , 4]")
        #expect(read.error == nil)
        #expect(read.rows == ["1", "4"])
        #expect(read.ordinals == [0, 4])
        #expect(read.codes == [.invalidJSON, .invalidJSON, .invalidJSON])
    }

    @Test func `an element that the end cuts off is set aside, and the shard is not complete`() throws {
        let read = try read("[{\"a\":1},{\"a\":")
        #expect(read.rows == ["{\"a\":1}"])
        #expect(read.codes == [.truncatedRow])
        #expect(read.quarantined.first?.byteOffset == 9)
        #expect(read.error?.code == .truncatedValue)
        #expect(read.error?.row == 1)
    }

    @Test func `lines under a json name are told what to pass`() throws {
        let read = try read("{\"a\":1}\n{\"a\":2}\n")
        #expect(read.error?.message.contains("--format jsonl") == true)
        #expect(try scratch.read("{\"a\":1}\n{\"a\":2}\n", as: "b.json", format: .jsonl).rows.count == 2)
    }

    @Test(arguments: [64, 1000, 1 << 20])
    func `an element over the cap is skipped in a stream`(batchBytes: Int) throws {
        let long = "{\"a\":\"" + String(repeating: "],[", count: 50_000) + "\"}"
        let read = try read(
            "[1,\(long), 2,\(long)]", limits: ReadLimits(maxRowBytes: 1000), batchBytes: batchBytes)
        #expect(read.rows == ["1", "2"])
        #expect(read.codes == [.rowTooLong, .rowTooLong])
        #expect(read.quarantined.map(\.rawLength) == [150_008, 150_008])
        #expect(read.isAccepted == false)
        #expect(read.error == nil)
    }

    @Test func `an element nested too deep is set aside`() throws {
        let deep = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
        let read = try read("[1,\(deep),2]", batchBytes: 64)
        #expect(read.rows == ["1", "2"])
        #expect(read.codes == [.nestingTooDeep])
    }

    @Test func `a packed array reads like a plain one`() throws {
        let text = "[{\"a\":1},\n{\"a\":2}]"
        let plain = try read(text)
        for (name, bytes) in [("a.json.gz", try Packed.gzip(text)), ("a.json.zst", try Packed.zstd(text))] {
            let packed = try scratch.read(bytes, as: name)
            #expect(packed.isAccepted)
            #expect(packed.rows == plain.rows)
            #expect(packed.rowOffsets == plain.rowOffsets)
        }
    }

    /// The oracle: the whole text parsed at once.
    @Test func `elements one by one are valid just when the whole array is`() {
        let tokens = ["[", "]", "{", "}", ",", ":", "\"a\"", "\"\\\"", "1", " "]
        let decoder = RowDecoder()
        var count = 0
        var validCount = 0
        for length in 0...5 {
            var digits = [Int](repeating: 0, count: length)
            repeat {
                let text = "[" + digits.map { tokens[$0] }.joined()
                let whole = Self.isValid(Array(text.utf8)[...], decoder)
                let parts = Self.splitIsValid(Array(text.utf8), decoder)
                if whole != parts { Issue.record("\(text): whole \(whole), in parts \(parts)") }
                count += 1
                if whole { validCount += 1 }
            } while Self.step(&digits, base: tokens.count)
        }
        #expect(count == 111_111)
        #expect(validCount > 100)
    }

    private static func step(_ digits: inout [Int], base: Int) -> Bool {
        for place in digits.indices {
            digits[place] += 1
            if digits[place] < base { return true }
            digits[place] = 0
        }
        return false
    }

    private static func isValid(_ text: ArraySlice<UInt8>, _ decoder: RowDecoder) -> Bool {
        let padded = Array(text) + [UInt8](repeating: 0, count: 64)
        return padded.withUnsafeBytes { bytes in
            if case .value = decoder.decode(UnsafeRawBufferPointer(rebasing: bytes[..<text.count])) {
                return true
            }
            return false
        }
    }

    /// The splitter fed one byte at a time, each element parsed alone.
    private static func splitIsValid(_ text: [UInt8], _ decoder: RowDecoder) -> Bool {
        var splitter = cjson_splitter()
        var start = 0
        var at = 0
        while at < text.count {
            let event = cjson_split(&splitter, text, at, at + 1)
            at = event.next
            switch UInt32(event.kind) {
            case CJSON_SPLIT_OPENED.rawValue: start = event.position
            case CJSON_SPLIT_CLOSED.rawValue:
                if !isValid(text[start..<event.position], decoder) { return false }
            case CJSON_SPLIT_MORE.rawValue: break
            default: return false
            }
        }
        return splitter.phase == UInt8(CJSON_SPLIT_END.rawValue)
    }
}

extension String {
    fileprivate var trimmingSpace: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
