import Foundation
import TestSupport
import Testing

@testable import Shards

/// Every hostile file gives the outcome of its list. The suite is empty where the files are not at hand.
@Suite(.serialized) struct HostileTests {
    /// Where our reading rightly differs from the list, or says more than it does.
    enum Verdict: Sendable {
        /// So many rows, and no other outcome.
        case rows(Int)
        /// So many rows accepted, and these set aside.
        case mixed(Int, [QuarantineCode])
        /// The shard ends early.
        case error(ShardError.Code)
    }

    /// One documented verdict for each file whose list entry leaves a choice.
    static let verdicts: [String: Verdict] = [
        "alpha_trailing_garbage.jsonl.gz": .error(.trailingBytes),
        "alpha_trailing_garbage.jsonl.zst": .error(.trailingBytes),
        "alpha_gz_named_as.jsonl": .rows(2000),
        "alpha_plain_named_as.jsonl.gz": .rows(2000),
        "alpha_zst_named_as.jsonl.gz": .rows(2000),
        "alpha_double.jsonl.gz.gz": .error(.packedTwice),
        "alpha_zero_bytes.jsonl.gz": .error(.truncatedContainer),
        "alpha_zero_bytes.jsonl.zst": .error(.truncatedContainer),
        "alpha_cr_only.jsonl": .mixed(0, [.carriageReturnLines]),
        "alpha_utf16le_bom.jsonl": .error(.notUTF8),
        "alpha_utf16be.jsonl": .error(.notUTF8),
        "alpha_latin1.jsonl": .mixed(0, Array(repeating: .invalidUTF8, count: 50)),
        "alpha_rs_json_seq.jsonl": .mixed(0, Array(repeating: .controlCharacter, count: 200)),
        "alpha_nul_inside.jsonl": .mixed(2, [.controlCharacter]),
        "alpha_nul_tail.jsonl": .mixed(41, [.nulPadding]),
        "alpha_dup_keys.jsonl": .rows(20),
        "alpha_surrogates.jsonl": .mixed(1, [.loneSurrogate, .loneSurrogate, .invalidUTF8]),
        "alpha_numbers.jsonl": .mixed(12, Array(repeating: .invalidJSON, count: 7)),
        "alpha_mixed_types.jsonl": .rows(19),
        "alpha_deep_10k.jsonl": .mixed(2, [.nestingTooDeep]),
        "alpha_deep_1M.jsonl.gz": .mixed(2, [.nestingTooDeep]),
        "alpha_bomb_64M_one_line.jsonl.gz": .mixed(0, [.rowTooLong]),
        "alpha_bomb_1G_one_line.jsonl.zst": .mixed(0, [.rowTooLong]),
        "alpha_identical_1M_rows.jsonl.zst": .rows(1_008_000),
        "alpha_window_log30.jsonl.zst": .error(.windowTooLarge),
        // libzstd does not hold the claim against a frame whose last block is empty.
        "alpha_hdr_claims_16E.jsonl.zst": .rows(0),
        "issue6550.gz": .error(.corruptContainer),
    ]

    /// Documents that the list rejects and we rightly accept, with the reason.
    static let accepted = [
        "fail60.json": "[1e+1111] is a number of RFC 8259's grammar; its size is no fault of the row's"
    ]

    let scratch: ShardScratch

    init() throws { scratch = try ShardScratch() }

    @Test(arguments: HostileList.entries(of: "containers", "gzip", "strings"))
    func `a container gives its outcome`(entry: HostileList.Entry) throws {
        let read = ReadShard(try scratch.shard(entry.url.path), keepsRows: false)
        #expect(read.acceptedCount + read.quarantined.count == read.outcome.rowCount)
        #expect(read.largestBatchBytes < 20 << 20)
        if let rows = entry.acceptedRows, entry.expected.hasPrefix("accept: ") {
            #expect(read.isAccepted, "\(read.error.map(String.init) ?? "\(read.codes)")")
            #expect(read.acceptedCount == rows)
        } else if entry.expected.hasPrefix("reject: ") || entry.expected == "reject, as above" {
            #expect(read.error?.byteOffset != nil)
            #expect(!read.outcome.isComplete)
        } else if entry.expected.hasPrefix("reject"), !entry.expected.contains(" or ") {
            #expect(!read.isAccepted)
        }
        switch Self.verdicts[entry.name] {
        case .rows(let count):
            #expect(read.isAccepted)
            #expect(read.acceptedCount == count)
        case .mixed(let count, let codes):
            #expect(read.error == nil)
            #expect(read.acceptedCount == count)
            #expect(read.codes == codes)
        case .error(let code): #expect(read.error?.code == code)
        case nil:
            #expect(entry.expected.hasPrefix("accept") || entry.expected.hasPrefix("reject"))
            #expect(read.isAccepted == entry.expected.hasPrefix("accept"))
        }
    }

    @Test(
        arguments: HostileList.entries(of: "jsontestsuite", "jsontestsuite-transform", "simdjson-jsonchecker")
    )
    func `a JSON document gives its outcome`(entry: HostileList.Entry) throws {
        let format: ShardFormat = entry.name.hasSuffix(".ndjson") ? .jsonl : .json
        let read = ReadShard(try scratch.shard(entry.url.path, format: format))
        #expect(read.acceptedCount + read.quarantined.count == read.outcome.rowCount)
        if entry.expected.hasPrefix("accept") {
            #expect(read.isAccepted, "\(read.error.map(String.init) ?? "\(read.codes)")")
        } else if entry.expected.hasPrefix("reject") {
            #expect(read.isAccepted == (Self.accepted[entry.name] != nil))
        }
    }

    @Test(arguments: [ReadLimits(), ReadLimits(maxRowBytes: 90)])
    func `no outcome depends on the batch size`(limits: ReadLimits) throws {
        let groups = HostileList.entries(
            of: "containers", "gzip", "strings", "jsontestsuite", "simdjson-jsonchecker", "jsonl")
        // The larger ones unpack to megabytes: too slow for batches of a row.
        for entry in groups where !["bomb", "1M", "many_keys"].contains(where: entry.name.contains) {
            let shard = try scratch.shard(entry.url.path)
            let whole = ReadShard(shard, limits: limits)
            for batchBytes in [64, 1000] {
                let parts = ReadShard(shard, limits: limits, batchBytes: batchBytes)
                #expect(whole.hasSameOutcome(as: parts), "\(entry.path), \(batchBytes)")
            }
        }
    }

    @Test(arguments: HostileList.entries(of: "jsonl").filter { $0.name.hasSuffix(".jsonl") })
    func `each wrapped line gives its outcome at its offset`(entry: HostileList.Entry) throws {
        let read = ReadShard(try scratch.shard(entry.url.path))
        #expect(read.error == nil)
        let table = entry.url.deletingPathExtension().appendingPathExtension("expected.tsv")
        let lines = try String(contentsOf: table, encoding: .utf8).split(separator: "\n").dropFirst()
        #expect(lines.count == read.outcome.rowCount)
        let accepted = Dictionary(uniqueKeysWithValues: zip(read.ordinals, read.rowOffsets))
        let rejected = Dictionary(uniqueKeysWithValues: read.quarantined.map { ($0.ordinal, $0.byteOffset) })
        for (ordinal, line) in lines.enumerated() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            let offset = accepted[ordinal] ?? rejected[ordinal]
            #expect(offset == UInt64(fields[1]), "line \(fields[0])")
            switch fields[4] {
            case "accept": #expect(accepted[ordinal] != nil, "line \(fields[0]): \(fields[3])")
            case "reject", "reject-or-replace":
                #expect(rejected[ordinal] != nil, "line \(fields[0]): \(fields[3])")
            default: #expect(fields[4] == "either")
            }
        }
    }

    @Test(arguments: HostileList.entries(of: "utf8").filter { $0.name == "utf8tests.txt" })
    func `the UTF-8 validator agrees with the suite`(entry: HostileList.Entry) throws {
        let text = try String(contentsOf: entry.url, encoding: .utf8)
        var count = 0
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count >= 3, fields[1].hasSuffix("hex"), !line.hasPrefix("#") else { continue }
            let bytes = fields[2].split(separator: " ").flatMap { HexText.bytes(String($0)) }
            let isValid = bytes.withUnsafeBytes { UTF8Validator.isValid($0) }
            #expect(isValid == !fields[1].contains("invalid"), "\(fields[0])")
            #expect(isValid == bytes.withUnsafeBytes { UTF8Validator.firstInvalidOffset($0) == nil })
            count += 1
        }
        #expect(count > 100)
    }

    @Test(arguments: HostileList.entries(of: "utf8").filter { $0.name.hasPrefix("seq_") })
    func `every code point of the basic plane is valid`(entry: HostileList.Entry) throws {
        let bytes = try Data(contentsOf: entry.url)
        #expect(bytes.withUnsafeBytes { UTF8Validator.isValid($0) })
    }

    @Test(
        arguments: HostileList.entries(
            of: "zstd-golden-errors", "zstd-golden-ok", "zstd-kp-good", "zstd-kp-bad",
            "zstd-kp-decode-regression", "zstd-kp-decode-oss"))
    func `the zstd decoder gives the outcome`(entry: HostileList.Entry) throws {
        let isPacked = entry.name.hasSuffix(".zst") || entry.expected == "either"
        guard isPacked else { return }
        let packed = Array(try Data(contentsOf: entry.url))
        let result = Result { try Unpacked.zstd(packed) }
        switch entry.expected.prefix(6) {
        case "accept":
            let bytes = try result.get()
            let reference = entry.url.deletingPathExtension()
            if let plain = try? Data(contentsOf: reference) { #expect(bytes == Array(plain)) }
        case "reject" where !entry.expected.contains("1.5.4"):
            #expect(throws: ShardError.self) { try result.get() }
        default: break
        }
    }
}
