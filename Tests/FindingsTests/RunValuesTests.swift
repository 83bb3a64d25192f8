import Corpus
import Foundation
import TestSupport
import Testing

@testable import Findings

struct RunValuesTests {
    private func summary() -> RunSummary {
        var summary = RunSummary()
        var shard = RunSummary.Shard()
        (shard.name, shard.rows, shard.kept, shard.removed, shard.quarantined) = (
            "a\"\u{202e}.jsonl", 100, 60, 39, 1
        )
        summary.shards = [shard]
        (summary.rows.in, summary.rows.kept, summary.rows.removed, summary.rows.quarantined) = (
            100, 60, 39, 1
        )
        summary.nearDuplicates.casualties.identical = 9
        summary.nearDuplicates.casualties[.near] = 30
        for (value, before, removed, identical) in [("refunds", 10, 4, 1), ("x", 90, 35, 8)] {
            var loss = RunSummary.SliceLoss()
            (loss.field, loss.value, loss.before, loss.removed, loss.identical) =
                ("queue", value, before, removed, identical)
            loss.textLost = 0.125
            summary.nearDuplicates.slices.append(loss)
        }
        summary.nearDuplicates.spared = ["number": 3]
        return summary
    }

    @Test func `a summary is read back as it was`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var summary = summary()
        summary.gates = try Gate.maxDrop(0.3).judge(summary)
        summary.causes = ExitCause.all(in: summary, maximumBadRows: 0)
        let bytes = try summary.encoded()
        try Data(bytes).write(to: folder.appendingPathComponent("summary.json"))
        #expect(try RunSummary(run: folder.path) == summary)
        #expect(try RunSummary(run: folder.path).encoded() == bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(
            text.hasPrefix(
                "{\n  \"schemaVersion\": 1,\n  \"complete\": true,\n  \"rows\": {\n    \"in\": 100,"))
        #expect(text.contains(#""a\"\u202e.jsonl""#))
        #expect(text.contains("\"q\": null"))
    }

    @Test func `a summary that does not add up is refused`() {
        var broken = summary()
        broken.rows.kept += 1
        #expect(throws: FindingsError.self) { try broken.encoded() }
        broken = summary()
        broken.shards[0].removed += 1
        #expect(throws: FindingsError.self) { try broken.encoded() }
    }

    @Test func `identical rows do not count against max-drop`() throws {
        let result = try #require(try Gate.maxDrop(0.30).judge(summary()).first)
        #expect(result.observed == 0.3)
        #expect(result.rows == 100)
        #expect(result.passed)
        #expect(try Gate.maxDrop(0.299).judge(summary()).map(\.passed) == [false])
        #expect(try Gate.maxDrop(0).judge(RunSummary()).map(\.passed) == [true])
    }

    @Test func `a slice gate names the values that fail, or the nearest to the limit`() throws {
        let summary = summary()
        #expect(try Gate.maxDropPerSlice("queue=refunds:0.30").judge(summary).map(\.passed) == [true])
        #expect(
            try Gate.maxDropPerSlice("queue:0.1").judge(summary).map(\.slice) == ["queue=refunds", "queue=x"])
        #expect(try Gate.maxDropPerSlice("queue:0.9").judge(summary).map(\.slice) == ["queue=refunds"])
        #expect(throws: FindingsError.self) { try Gate.maxDropPerSlice("queue=none:0.9").judge(summary) }
        #expect(try Gate.maxDropPerSlice("a:b=c:d:0.5").slice == SliceSelector(field: "a:b", value: "c:d"))
        #expect(throws: FindingsError.self) { try Gate.maxDropPerSlice("team:0.9").judge(summary) }
        for text in ["queue", "queue:", "queue:x", "queue:1.5", "queue:-1", ":0.5", "queue:nan"] {
            #expect(throws: FindingsError.self, "\(text)") { try Gate.maxDropPerSlice(text) }
        }
    }

    @Test func `status 2 goes before 3 before 1`() {
        let gate = ExitCause(.gate, "")
        let error = ExitCause(.error, "")
        let bad = ExitCause(.badRows, "")
        let unread = ExitCause(.unreadableInput, "")
        #expect(ExitCause.status(of: []) == 0)
        #expect(ExitCause.status(of: [gate]) == 1)
        #expect(ExitCause.status(of: [gate, bad]) == 3)
        #expect(ExitCause.status(of: [unread, gate]) == 3)
        #expect(ExitCause.status(of: [gate, unread, error]) == 2)
    }

    @Test func `causes come from shards, bad rows and gates`() throws {
        var summary = summary()
        summary.gates = try Gate.maxDrop(0.1).judge(summary)
        #expect(ExitCause.all(in: summary, maximumBadRows: 1).map(\.code) == [.gate])
        summary.shards[0].state = .endedEarly
        #expect(
            ExitCause.all(in: summary, maximumBadRows: 0).map(\.code) == [.unreadableInput, .badRows, .gate])
    }

    @Test func `a manifest is read back and its configuration is held to its digest`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var manifest = RunManifest()
        manifest.command = "dedup"
        manifest.tool.version = "0.1"
        manifest.configuration = .object([
            "threshold": .decimal(0.85), "slices": .array([.string("ü\"\n"), .null]), "keep": .integer(1),
            "spare": .bool(true),
        ])
        var input = RunManifest.Input()
        (input.name, input.rows) = ("a.jsonl", 5)
        manifest.inputs = [input]
        manifest.outputs = [
            .init(name: "summary.json", digest: FileDigest(bytes: 2, sha256: "00")),
            .init(name: "plan.jsonl.zst", digest: FileDigest(bytes: 1, sha256: "11")),
        ]
        let path = folder.appendingPathComponent("run.json")
        let bytes = try manifest.encoded()
        try Data(bytes).write(to: path)
        let back = try RunManifest(run: folder.path)
        #expect(back.configuration == manifest.configuration)
        #expect(back.outputs.map(\.name) == ["plan.jsonl.zst", "summary.json"])
        #expect(try back.encoded() == bytes)
        #expect(back.configurationSHA256.count == 64)
        #expect(back.changedOutputs(run: folder.path).count == 2)

        let changed = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "0.85", with: "0.95")
        try Data(changed.utf8).write(to: path)
        let error = #expect(throws: FindingsError.self) { try RunManifest(run: folder.path) }
        #expect(error?.code == .damaged)
        try Data("{}".utf8).write(to: path)
        #expect(throws: FindingsError.self) { try RunManifest(run: folder.path) }
        try Data("\u{1b}".utf8).write(to: path)
        #expect(throws: FindingsError.self) { try RunManifest(run: folder.path) }
    }

    @Test func `a log is read back`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        var log = RunLog()
        log.inputs = [.init(name: "a", path: "/x/a")]
        log.peakMemory = 5
        try Data(try log.encoded()).write(to: folder.appendingPathComponent("run.log.json"))
        #expect(try RunLog(run: folder.path) == log)
    }

    @Test func `a row set's digest does not depend on order or parts`() {
        let rows = (0..<50).map { (shard: "s\($0 % 3)", id: UInt128($0) << 70 | 5) }
        var forward = RowSetDigest()
        for row in rows { forward.add(shard: row.shard, id: row.id) }
        var backward = RowSetDigest()
        for row in rows[25...].reversed() { backward.add(shard: row.shard, id: row.id) }
        var rest = RowSetDigest()
        for row in rows[..<25] { rest.add(shard: row.shard, id: row.id) }
        backward.merge(rest)
        #expect(forward == backward)
        #expect(forward.hexadecimal.count == 32)
        var other = RowSetDigest()
        other.add(shard: "a", id: 1)
        var moved = RowSetDigest()
        moved.add(shard: "b", id: 1)
        #expect(other != moved)
        #expect(RowSetDigest().hexadecimal == String(repeating: "0", count: 32))
    }

    @Test func `a plan is read back in order`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("plan.jsonl.zst").path
        let lines = [
            PlanLine(
                shard: "a\"\n\u{202e}ü.jsonl", ordinal: 0, id: 1 << 127 | 3, action: .remove,
                detector: "dedup", rule: "near"),
            PlanLine(
                shard: "a\"\n\u{202e}ü.jsonl", ordinal: 7, id: 0, action: .quarantine, detector: "shards",
                rule: "utf8"),
            PlanLine(shard: "a\u{301}", ordinal: 5, id: 1, action: .spare, detector: "dedup", rule: "number"),
            PlanLine(shard: "b", ordinal: 2, id: .max, action: .spare, detector: "dedup", rule: "number"),
        ]
        let writer = try FrameWriter(path: path)
        var json = JSONBytes()
        for line in lines {
            json.reset()
            line.write(to: &json)
            try writer.append(json)
        }
        _ = try writer.finish()
        let reader = try PlanReader(path: path)
        for line in lines { #expect(try reader.next() == line) }
        #expect(try reader.next() == nil)
        #expect(
            String(decoding: json.bytes, as: UTF8.self)
                == #"{"shard":"b","ordinal":2,"id":"ffffffffffffffffffffffffffffffff","action":"spare","detector":"dedup","rule":"number"}"#
        )
    }

    @Test(arguments: [
        ("not JSON", "x"), ("empty", ""),
        (
            "extra",
            #"{"shard":"a","ordinal":1,"id":"00000000000000000000000000000000","action":"remove","detector":"d","rule":"r","x":1}"#
        ),
        (
            "action",
            #"{"shard":"a","ordinal":1,"id":"00000000000000000000000000000000","action":"burn","detector":"d","rule":"r"}"#
        ),
        (
            "huge",
            #"{"shard":"a","ordinal":99999999999999999999,"id":"00000000000000000000000000000000","action":"remove","detector":"d","rule":"r"}"#
        ),
        (
            "negative",
            #"{"shard":"a","ordinal":-1,"id":"00000000000000000000000000000000","action":"remove","detector":"d","rule":"r"}"#
        ),
        ("short id", #"{"shard":"a","ordinal":1,"id":"0","action":"remove","detector":"d","rule":"r"}"#),
        (
            "surrogate",
            #"{"shard":"\ud800","ordinal":1,"id":"00000000000000000000000000000000","action":"remove","detector":"d","rule":"r"}"#
        ),
        ("cut", #"{"shard":"a\"#),
        (
            "order",
            #"{"shard":"A","ordinal":1,"id":"00000000000000000000000000000000","action":"remove","detector":"d","rule":"r"}"#
        ),
        (
            "again",
            #"{"shard":"M","ordinal":5,"id":"00000000000000000000000000000000","action":"remove","detector":"d","rule":"r"}"#
        ),
    ])
    func `a line that is no plan's is an error`(id: String, text: String) throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("plan.jsonl.zst").path
        let writer = try FrameWriter(path: path)
        let good =
            #"{"shard":"M","ordinal":5,"id":"00000000000000000000000000000000","action":"remove","detector":"d","rule":"r"}"#
        for line in [good, text] { try Array(line.utf8).withUnsafeBytes { _ = try writer.append($0) } }
        _ = try writer.finish()
        let reader = try PlanReader(path: path)
        #expect(try reader.next() != nil)
        let error = #expect(throws: FindingsError.self) { try reader.next() }
        #expect(error?.place == "\(path):2")
    }
}
