import Foundation
import TestSupport
import Testing
import TextForms

@testable import NearDuplicates

/// Stores, partitions and the identity layer against plain ones.
@Suite struct StoreTests {
    private static func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test(arguments: [0, 4_096, 5_000, 100_000])
    func `blocks read back whole on either side of the border`(memoryBytes: Int) throws {
        try Self.withFolder { folder in
            print("seed 600")
            var generator = SplitMix(seed: 600)
            let store = try SpillStore(memoryBytes: memoryBytes, path: folder.path + "/blocks")
            var blocks: [(offset: Int, bytes: [UInt8])] = []
            for size in [0, 4_096, 1] + (0..<60).map({ _ in generator.below(3_000) }) {
                let bytes = (0..<size).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
                blocks.append((try bytes.withUnsafeBytes { try store.append($0) }, bytes))
            }
            let total = blocks.reduce(0) { $0 + $1.bytes.count }
            #expect(store.spilledBytes <= total)
            #expect((store.spilledBytes > 0) == (memoryBytes < total))
            #expect(store.count >= total)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
            blocks.shuffle(using: &generator)
            var buffer = ReadBuffer()
            for (offset, bytes) in blocks {
                let start = bytes.count / 3
                let read = try store.read(offset: offset + start, count: bytes.count - start, buffer: &buffer)
                #expect(read.elementsEqual(bytes[start...]))
            }
        }
    }

    @Test func `a store that cannot write says where and what to do`() throws {
        let store = try SpillStore(memoryBytes: 4_096, path: "/nowhere/at/all")
        let bytes = [UInt8](repeating: 1, count: 5_000)
        let error = #expect(throws: ScratchError.self) {
            try bytes.withUnsafeBytes { _ = try store.append($0) }
        }
        #expect(error?.description.contains("/nowhere/at/all") == true)
        #expect(error?.description.contains("--scratch") == true)
    }

    @Test func `a scratch file of another run is never written over`() throws {
        try Self.withFolder { folder in
            let path = folder.path + "/records"
            try Data("theirs".utf8).write(to: URL(fileURLWithPath: path))
            let store = try SpillStore(memoryBytes: 4_096, path: path)
            let bytes = [UInt8](repeating: 1, count: 5_000)
            #expect(throws: ScratchError.self) { try bytes.withUnsafeBytes { _ = try store.append($0) } }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "theirs")
        }
    }

    @Test func `reading behind the end of a store is an error`() throws {
        try Self.withFolder { folder in
            let store = try SpillStore(memoryBytes: 4_096, path: folder.path + "/blocks")
            let bytes = [UInt8](repeating: 1, count: 5_000)
            let offset = try bytes.withUnsafeBytes { try store.append($0) }
            var buffer = ReadBuffer()
            do {
                _ = try store.read(offset: offset, count: 5_001, buffer: &buffer)
                Issue.record("read behind the end")
            } catch { #expect(error is ScratchError) }
        }
    }

    @Test func `a failing scratch ends a survey with its error`() throws {
        let table = try RowTable(shardCount: 1, memoryBytes: 1, scratch: "/nowhere/at/all")
        let worker = try SurveyWorker(configuration: DedupConfiguration())
        let chunk = worker.makeChunk()
        chunk.rowCount = 1
        chunk.signatures = [UInt8](repeating: 0, count: 5_000)
        #expect(throws: ScratchError.self) { try table.append(chunk, shard: 0) }
    }

    @Test func `a forest unites as a plain partition does, in any order`() {
        for seed in UInt64(610)..<640 {
            var generator = SplitMix(seed: seed)
            let count = 1 + generator.below(40)
            var plain = Array(0..<count)
            var forest = UnionFind(count: count)
            var halves = [UnionFind(count: count), UnionFind(count: count)]
            for _ in 0..<generator.below(40) {
                let (a, b) = (generator.below(count), generator.below(count))
                forest.unite(a, b)
                halves[generator.below(2)].unite(b, a)
                let (from, to) = (max(plain[a], plain[b]), min(plain[a], plain[b]))
                plain = plain.map { $0 == from ? to : $0 }
            }
            var merged = halves[0]
            merged.merge(halves[1])
            #expect((0..<count).map { forest.find($0) } == plain, "seed \(seed)")
            #expect((0..<count).map { merged.find($0) } == plain, "seed \(seed)")
        }
    }

    @Test func `identical rows have the first by priority, equal texts the first by number`() throws {
        var configuration = DedupConfiguration()
        configuration.keeper = .priority(field: "group", values: ["best"])
        let rows = [
            MadeRow("one text here"), MadeRow("one text here").with("group", "best"),
            MadeRow("One text here"),
            MadeRow(""), MadeRow("other"), MadeRow(""), MadeRow("one text here"),
            MadeRow("One text here").with("group", "best"),
        ]
        let table = try RowCorpus(rows, slices: ["group"]).table(configuration)
        let slices = SliceIndex(table: table, declared: ["group"])
        let layer = try IdentityLayer(
            table: table, order: PriorityOrder(table: table, configuration: configuration, slices: slices))
        #expect(layer.representative == [1, 1, 7, 3, 4, 5, 1, 7])
        #expect(layer.firstOfText == [0, 0, 0, 3, 4, 5, 0, 0])
    }

    @Test func `components are the rows that share buckets, whatever the threads`() throws {
        print("seed 650")
        var maker = RowMaker(seed: 650)
        let rows = maker.rows(300)
        let table = try RowCorpus(rows).table(DedupConfiguration())
        let banding = Banding(threshold: 0.8)
        let participants = rows.indices.map { table.flags[$0].contains(.hasText) }
        let one = try BucketComponents(table: table, participants: participants, banding: banding, threads: 1)
        let signatures = try SignatureOracle(table, threshold: 0.8)
        var plain = Array(rows.indices)
        for row in rows.indices where participants[row] {
            for other in 0..<row where participants[other] && signatures.shareBucket(row, other) {
                let (from, to) = (max(plain[row], plain[other]), min(plain[row], plain[other]))
                if from != to { plain = plain.map { $0 == from ? to : $0 } }
            }
        }
        let groups = Dictionary(grouping: rows.indices.filter { participants[$0] }, by: { plain[$0] })
        let wanted = Set(groups.values.filter { $0.count > 1 })
        let found = (0..<one.starts.count - 1).map {
            one.members[one.starts[$0]..<one.starts[$0 + 1]].map(Int.init)
        }
        #expect(Set(found) == wanted)
        #expect(found.count == wanted.count)
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.count >= $1.count })
        for threads in [2, 3, 8, 64] {
            let more = try BucketComponents(
                table: table, participants: participants, banding: banding, threads: threads)
            #expect(more.members == one.members && more.starts == one.starts)
        }
    }
}
