import Corpus
import Foundation
import TestSupport
import Testing

@testable import Findings

struct RunStoreTests {
    static func record(_ row: Int) -> RemovalRecord {
        RemovalRecord(
            row: row, shard: Int32(row / 1000), ordinal: row % 1000, keeper: row / 2,
            keeperShard: Int32(row / 2000), keeperOrdinal: row / 2 % 1000,
            kind: CasualtyKind.allCases[row % 5], similarity: Double(row % 7 + 1) / 8,
            textLost: Float(row % 3) / 4,
            difference: DifferenceClass.allCases[row % DifferenceClass.allCases.count],
            rule: UInt16(row % 2), sliceSet: Int32(row % 2),
            position: FramePosition(frame: Int32(row / 300), offset: Int32(row * 3)))
    }

    private func makeStore(_ path: String, batch: Int) throws {
        let store = try RunStoreWriter(path: path, rules: ["near", "protect"])
        try store.addMeta("threshold", "0.8")
        try store.addShards([
            ShardRecord(name: "a\u{1b}.jsonl", firstRow: 0, rows: 1000),
            ShardRecord(name: "b.jsonl", firstRow: 1000, rows: 1000),
            ShardRecord(corpus: "against", name: "c.jsonl", firstRow: 2000, rows: 5),
        ])
        try store.addSlices(
            values: [SliceValue(field: "queue", value: "re\"fund"), SliceValue(field: "queue", value: "x")],
            sets: [[0, 1], []])
        let records = (1..<1500).map(Self.record)
        for start in stride(from: 0, to: records.count, by: batch) {
            try store.appendRemovals(Array(records[start..<min(start + batch, records.count)]))
        }
        try store.appendSpared([Self.record(1700)])
        try store.appendPairs([PairRecord(row: 9, keeper: 4, similarity: 0.9, kind: .near)])
        try store.appendClusters([
            ClusterRecord(
                rank: 1, keeper: 4, keeperShard: 0, keeperOrdinal: 4, memberCount: 2,
                position: FramePosition(frame: 0, offset: 0))
        ])
        try store.appendQuarantine([
            QuarantineRecord(
                shard: 1, ordinal: 3, byteOffset: 999, code: "utf8", message: "is not UTF-8",
                position: FramePosition(frame: 0, offset: 0))
        ])
        try store.addFrames([FrameEntry(compressedOffset: 77, firstLine: 0)], of: .casualties)
        var loss = RunSummary.SliceLoss()
        (loss.field, loss.value, loss.before, loss.removed, loss.after) = ("queue", "x", 10, 4, 6)
        try store.addLosses(slices: [loss], terms: [RunSummary.TermLoss()])
        try store.finish()
        #expect(throws: FindingsError.self) { try store.addMeta("late", "1") }
    }

    @Test func `what is written is read back`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try makeStore(folder.appendingPathComponent("findings.sqlite").path, batch: 400)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["findings.sqlite"])

        let store = try RunStore(run: folder.path)
        #expect(try store.meta("threshold") == "0.8")
        #expect(try store.rules() == ["near", "protect"])
        #expect(try store.shards().map(\.name) == ["a\u{1b}.jsonl", "b.jsonl", "c.jsonl"])
        #expect(try store.removal(ofRow: 33) == Self.record(33))
        #expect(try store.removal(ofRow: 0) == nil)
        #expect(try store.removal(shard: 1, ordinal: 3) == Self.record(1003))
        #expect(try store.removal(shard: 0, ordinal: 33) == Self.record(33))
        #expect(try store.removal(shard: 0, ordinal: 0) == nil)
        #expect(try store.removal(shard: 7, ordinal: 3) == nil)
        #expect(try store.spared(row: 1700) == Self.record(1700))
        #expect(try store.removals(ofKeeper: 16).map(\.row) == [32, 33])
        var all: [RemovalRecord] = []
        try store.forEachRemoval { all.append($0) }
        #expect(all == (1..<1500).map(Self.record))
        var pairs: [PairRecord] = []
        try store.forEachPair { pairs.append($0) }
        #expect(pairs == [PairRecord(row: 9, keeper: 4, similarity: 0.9, kind: .near)])
        let slices = try store.slices()
        #expect(slices.values.count == 2)
        #expect(slices.sets == [[0, 1]])
        #expect(try store.byteOffset(ofFrame: 0, in: .casualties) == 77)
        #expect(throws: FindingsError.self) { try store.byteOffset(ofFrame: 1, in: .casualties) }
        #expect(throws: FindingsError.self) { try RunStore(run: "/nowhere") }
    }

    @Test func `views have readable names`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try makeStore(folder.appendingPathComponent("findings.sqlite").path, batch: 1)
        let store = try RunStore(run: folder.path)
        #expect(
            try store.query(
                "SELECT shard, ordinal, keeper_shard, keeper_ordinal, kind, difference, rule FROM casualties WHERE row = 1003"
            ) == [["b.jsonl", "3", "a\u{1b}.jsonl", "501", "contained", "extension", "protect"]])
        #expect(try store.query("SELECT shard, code FROM quarantine") == [["b.jsonl", "utf8"]])
        #expect(try store.query("SELECT ordinal, rows FROM clusters") == [["4", "3"]])
        #expect(try store.query("SELECT field, value, q FROM slice_losses") == [["queue", "x", nil]])
        #expect(try store.query("SELECT count(*) FROM casualty_slices WHERE field = 'queue'") == [["1498"]])
        #expect(try store.query("SELECT count(*) FROM spared") == [["1"]])
        #expect(throws: FindingsError.self) { try store.query("DELETE FROM removals") }
    }

    @Test func `the file's bytes do not depend on batches`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let digests = try [1, 100, 5000].map { batch in
            let path = folder.appendingPathComponent("\(batch).sqlite").path
            try makeStore(path, batch: batch)
            return try FileDigest(ofFile: path)
        }
        #expect(digests[0] == digests[1] && digests[0] == digests[2])
    }

    @Test func `a full disk is an error that says so`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("findings.sqlite").path
        let store = try RunStoreWriter(path: path, rules: [], pageLimit: 60)
        let error = #expect(throws: FindingsError.self) {
            try store.appendRemovals((0..<50_000).map(Self.record))
            try store.finish()
        }
        #expect(error?.code == .fileSystem)
        #expect(error?.description.contains("free space") == true)
    }

    @Test func `a store that was tampered with is an error and never a crash`() throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appendingPathComponent("findings.sqlite")
        try makeStore(url.path, batch: 2000)
        let content = try Data(contentsOf: url)
        var state: UInt64 = 20_250_101
        for _ in 0..<150 {
            var changed = content
            for _ in 0..<40 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                changed[Int(state >> 33) % changed.count] = UInt8(truncatingIfNeeded: state >> 25)
            }
            try changed.write(to: url)
            do {
                let store = try RunStore(run: folder.path)
                try store.forEachRemoval { _ in }
                try store.forEachPair { _ in }
                try store.forEachCluster { _ in }
                _ = try store.slices()
                _ = try store.shards()
            } catch is FindingsError {}
        }
    }
}
