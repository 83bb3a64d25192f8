import Foundation
import TestSupport

/// Nine texts and four duplicates of them in one shard of each kind, to be scanned with `--keeper first`.
struct SmallCorpus {
    let folder: URL
    /// The bytes that `apply` must write, unpacked, by shard name.
    let expected: [String: String]

    var train: String { folder.appendingPathComponent("train").path }
    var run: String { folder.appendingPathComponent("run").path }
    var out: String { folder.appendingPathComponent("cleaned").path }

    /// A text that is like no other: hexadecimal digits of a fixed sequence.
    static func text(_ number: Int) -> String {
        (1...6).map { String(UInt64(number * 8 + $0) &* 0x9E37_79B9_7F4A_7C15, radix: 16) }.joined(
            separator: " ")
    }

    /// Spelled so that writing it anew would change it: spaces, an escape, a number with an exponent.
    static func row(_ number: Int) -> String {
        "{ \"id\":\"r\(number)\",  \"text\" : \"\(text(number)) caf\\u00e9\", \"weight\":1.50e1 }"
    }

    static func copy(_ number: Int) -> String { row(number).replacingOccurrences(of: "\"r", with: "\"copy-") }

    /// Writes the shards: `a.jsonl`, `b.jsonl.gz`, `d.json`, `sub/c.jsonl.zst`.
    init() throws {
        folder = try Fixture.scratchFolder()
        let (row, copy) = (Self.row, Self.copy)
        expected = [
            "a.jsonl": "\(row(0))\n\(row(1))\n", "b.jsonl.gz": "\(row(2))\n\(row(3))\n",
            "d.json": "[\n\(row(4)),\n\(row(5))\n]\n", "sub/c.jsonl.zst": "\(row(6))\n\(row(7))\n\(row(8))\n",
        ]
        let sub = folder.appendingPathComponent("train/sub")
        try FileManager.default.createDirectory(at: sub, withIntermediateDirectories: true)
        let shouted = row(0).replacingOccurrences(of: Self.text(0), with: Self.text(0).uppercased())
        try write("a.jsonl", "\(row(0))\r\n\n\(row(1))\n\(shouted)")
        try write("b.jsonl.gz", "\(row(2))\n\(copy(1))\n\(row(3))\n", packedBy: ["gzip", "-c"])
        try write("d.json", "[ \(row(4)),\n\(copy(2)) ,\(row(5))\n]")
        try write(
            "sub/c.jsonl.zst", "\(row(6))\n\(copy(3))\n\(row(7))\n\(row(8))\n", packedBy: ["zstd", "-qc"])
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Writes a shard, packed by a command where one is named.
    func write(_ name: String, _ text: String, packedBy command: [String] = []) throws {
        let place = folder.appendingPathComponent("train/\(name)")
        var bytes = Array(text.utf8)
        if let tool = command.first {
            bytes = try CommandRunner.tool(tool, Array(command.dropFirst()), input: bytes).output
        }
        try Data(bytes).write(to: place)
    }

    /// Scans the shards.
    @discardableResult
    func scan(_ options: [String] = []) throws -> CommandRunner.Outcome {
        try CommandRunner.assay(["dedup", train, "--keeper", "first", "--out", run, "--quiet"] + options)
    }

    @discardableResult
    func apply(_ options: [String] = []) throws -> CommandRunner.Outcome {
        try CommandRunner.assay(["apply", run, "--out", out, "--quiet"] + options)
    }

    /// A shard as `apply` wrote it, unpacked.
    func written(_ name: String) throws -> String {
        let place = "\(out)/\(name)"
        if name.hasSuffix(".gz") { return try CommandRunner.tool("gzip", ["-dc", place]).text }
        if name.hasSuffix(".zst") { return try CommandRunner.tool("zstd", ["-qdc", place]).text }
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: place)), as: UTF8.self)
    }

    /// Names in the corpus's folder, hidden ones too.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
}
