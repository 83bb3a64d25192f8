import Foundation
import Glibc
import Testing

@testable import Shards

/// How inputs become shards with names.
struct ResolverTests {
    let scratch: ShardScratch

    init() throws { scratch = try ShardScratch() }

    private func resolve(_ inputs: [String], format: ShardFormat? = nil) throws -> ResolvedInputs {
        try InputResolver.resolve(inputs, format: format, spoolFolder: scratch.folder.path)
    }

    private func error(_ inputs: [String]) -> ShardError? {
        do {
            _ = try resolve(inputs)
            return nil
        } catch { return error as? ShardError }
    }

    @Test func `a folder gives its shards by name, and names what it skipped`() throws {
        for name in [
            "d/b.jsonl", "d/a/z.json", "d/a.ndjson", "d/c.jsonl.gz", "d/e.JSON.ZST", "d/.hidden.jsonl",
            "d/.h/x.jsonl",
            "d/readme.md", "d/a/notes.txt", "d/a-b.jsonl",
        ] { try scratch.write("1\n", as: name) }
        let found = try resolve([scratch.path("d")])
        #expect(
            found.shards.map(\.name) == [
                "a-b.jsonl", "a.ndjson", "a/z.json", "b.jsonl", "c.jsonl.gz", "e.JSON.ZST",
            ])
        #expect(found.shards.map(\.format) == [.jsonl, .jsonl, .json, .jsonl, .jsonl, .json])
        #expect(found.shards.map(\.folder) == ["", "", "a", "", "", ""])
        #expect(found.notes.count == 1)
        #expect(found.notes[0].contains("skipped 2 files"))
        #expect(found.notes[0].contains("readme.md") && found.notes[0].contains("a/notes.txt"))
    }

    @Test func `names begin below the deepest folder that holds all shards`() throws {
        try scratch.write("1\n", as: "x/y/one.jsonl")
        try scratch.write("1\n", as: "x/y/z/two.jsonl")
        try scratch.write("1\n", as: "x/yy/three.jsonl")
        #expect(try resolve([scratch.path("x/y/one.jsonl")]).shards.map(\.name) == ["one.jsonl"])
        #expect(
            try resolve([scratch.path("x")]).shards.map(\.name) == [
                "y/one.jsonl", "y/z/two.jsonl", "yy/three.jsonl",
            ])
        #expect(
            try resolve([scratch.path("x/y/z/two.jsonl"), scratch.path("x/y/one.jsonl")]).shards.map(\.name)
                == ["one.jsonl", "z/two.jsonl"])
        #expect(
            try resolve([scratch.path("x/y/../yy/three.jsonl"), scratch.path("x/y/")]).shards.map(\.name)
                == ["y/one.jsonl", "y/z/two.jsonl", "yy/three.jsonl"])
    }

    @Test func `a file reached twice is read once with a note, in any order`() throws {
        try scratch.write("1\n", as: "t/a.jsonl")
        link(scratch.path("t/a.jsonl"), scratch.path("t/b.jsonl"))
        symlink("a.jsonl", scratch.path("t/c.jsonl"))
        symlink(".", scratch.path("t/loop"))
        let inputs = [scratch.path("t"), scratch.path("t/a.jsonl"), scratch.path("t/c.jsonl")]
        let found = try resolve(inputs)
        #expect(found.shards.map(\.name) == ["a.jsonl"])
        #expect(found.notes.filter { $0.contains("is the same file as") }.count == 4)
        let reversed = try resolve(inputs.reversed())
        #expect(reversed.shards.map(\.name) == ["a.jsonl"])
    }

    @Test func `a pattern gives what it matches, a file of that very name comes first`() throws {
        for name in ["g/a1.jsonl", "g/a2.jsonl", "g/b.jsonl", "g/[x].jsonl"] {
            try scratch.write("1\n", as: name)
        }
        #expect(try resolve([scratch.path("g/a*.jsonl")]).shards.map(\.name) == ["a1.jsonl", "a2.jsonl"])
        #expect(try resolve([scratch.path("g/[x].jsonl")]).shards.map(\.name) == ["[x].jsonl"])
        #expect(error([scratch.path("g/q*.jsonl")])?.code == .notFound)
        #expect(error([scratch.path("g/q*.jsonl")])?.message.contains("pattern") == true)
    }

    @Test func `what is no file is refused`() throws {
        mkfifo(scratch.path("fifo.jsonl"), 0o600)
        #expect(error([scratch.path("fifo.jsonl")])?.code == .notAFile)
        #expect(error([scratch.path("fifo.jsonl")])?.message.contains("name - instead") == true)
        #expect(error(["/dev/null"])?.code == .notAFile)
        #expect(error([scratch.path("missing.jsonl")])?.code == .notFound)
        #expect(error([])?.code == .noInput)
        try scratch.write("x", as: "empty/readme.md")
        #expect(error([scratch.path("empty")])?.code == .noInput)
        symlink("nowhere", scratch.path("empty/dangling.jsonl"))
        #expect(error([scratch.path("empty")])?.code == .unreadable)
    }

    @Test func `a FIFO in a folder is skipped by name and never opened`() throws {
        try scratch.write("1\n", as: "f/a.jsonl")
        mkfifo(scratch.path("f/pipe.jsonl"), 0o600)
        let found = try resolve([scratch.path("f")])
        #expect(found.shards.map(\.name) == ["a.jsonl"])
        #expect(found.notes.contains { $0.contains("pipe.jsonl") })
    }

    @Test func `a name that is not UTF-8 is spelled out and can be opened`() throws {
        let path = Array(scratch.path("bad").utf8) + [0xFF, 0x5C] + Array(".jsonl".utf8)
        let descriptor = path.withCPath { open($0, O_WRONLY | O_CREAT, 0o600) }
        #expect(write(descriptor, "1\n", 2) == 2)
        close(descriptor)
        let found = try resolve([scratch.folder.path])
        #expect(found.shards.map(\.name) == ["bad\\xFF\\\\.jsonl"])
        #expect(ReadShard(found.shards[0]).rows == ["1"])
        #expect(Shard.text(of: Array("a\\b".utf8)) == "a\\b")
    }

    @Test func `standard input is spooled and named by its content`() throws {
        let cases: [([UInt8], String)] = [
            (Array("1\n2\n".utf8), "stdin.jsonl"), (Array("[1,\n2]".utf8), "stdin.json"),
            (try Packed.gzip("1\n2\n"), "stdin.jsonl.gz"), (try Packed.zstd("[1,\n2]"), "stdin.json.zst"),
        ]
        for (bytes, name) in cases {
            let path = try scratch.write(bytes, as: "source")
            let spool = scratch.path("spool-\(name)")
            mkdir(spool, 0o700)
            let input = open(path, O_RDONLY)
            defer { close(input) }
            let found = try InputResolver.resolve(["-", "-"], spoolFolder: spool, standardInput: input)
            #expect(found.shards.map(\.name) == [name])
            #expect(found.shards.map(\.isSpooled) == [true])
            #expect(found.notes.count == 1)
            let read = ReadShard(found.shards[0])
            #expect(read.rows == ["1", "2"])
            #expect(read.isAccepted)
        }
    }

    @Test(arguments: [
        ("{\"a\":1}\n{\"a\":2}\n", ShardFormat.jsonl), ("{\n\"a\":1}", .json), ("[1,2]\n", .json),
        ("[1,2]\n[3]\n", .jsonl), ("[\n1]", .json), ("\u{FEFF} [1,\n2]", .json), ("{\"a\":\"x\n\"}", .jsonl),
        ("{\"a\":1}", .jsonl), ("1\n2\n", .jsonl), ("", .jsonl), ("{\"a\":\"\\\"[\"}\n", .jsonl),
    ])
    func `where the name does not say, the text does`(text: String, format: ShardFormat) throws {
        let path = try scratch.write(text, as: "rows.txt")
        #expect(try scratch.shard(path).format == format)
        let packed = try scratch.write(try Packed.gzip(text), as: "rows.bin")
        #expect(try scratch.shard(packed).format == format)
        #expect(try scratch.shard(path, format: .json).format == .json)
    }

    @Test func `Parquet is recognised by its first bytes, or promised by a name`() throws {
        for name in ["a.parquet", "b.jsonl"] {
            #expect(try scratch.shard(try scratch.write("PAR1....PAR1", as: name)).format == .parquet)
        }
        let read = try scratch.read("x", as: "c.parquet")
        #expect(read.error?.code == .corruptContainer)
        #expect(read.error?.message.contains("--format") == true)
        #expect(try scratch.read("PARE....PARE", as: "d.parquet").error?.code == .encrypted)
    }

    @Test func `a file that changes is an error`() throws {
        let path = try scratch.write("1\n2\n", as: "c.jsonl")
        let shard = try scratch.shard(path)
        #expect(ReadShard(shard).isAccepted)
        try scratch.write("1\n2\n3\n", as: "c.jsonl")
        #expect(ReadShard(shard).error?.code == .changed)
    }

    @Test func `a file that grows or shrinks while it is read is an error`() throws {
        for change in ["grow", "shrink"] {
            let path = try scratch.write(String(repeating: "1\n", count: 100_000), as: "\(change).jsonl")
            let reader = try ShardReader(shard: try scratch.shard(path), shardIndex: 0, batchBytes: 4096)
            _ = try reader.next()
            #expect(truncate(path, change == "grow" ? 300_000 : 100_000) == 0)
            let error = #expect(throws: ShardError.self) { while try reader.next() != nil {} }
            #expect(error?.code == .changed)
            #expect(!reader.outcome.isComplete)
        }
    }

    @Test func `another digest than expected is an error`() throws {
        let shard = try scratch.shard(try scratch.write("abc", as: "d.jsonl"))
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        for (expected, code) in [(digest, nil), ("00", ShardError.Code.changed)] {
            let reader = try ShardReader(shard: shard, shardIndex: 0, expectedSHA256: expected)
            var found: ShardError.Code?
            do { while try reader.next() != nil {} } catch { found = (error as? ShardError)?.code }
            #expect(found == code)
        }
    }

    @Test func `limits that make no sense name their flag`() {
        let cases = [
            (ReadLimits(maxRowBytes: 0), "--max-row-bytes"), (ReadLimits(maxNesting: 0), "--max-nesting"),
            (ReadLimits(maxWindowLog: 40), "--max-window-log"), (ReadLimits(maxRatio: -1), "--max-ratio"),
        ]
        for (limits, flag) in cases { #expect(limits.problem?.contains(flag) == true) }
        #expect(ReadLimits().problem == nil)
    }
}
