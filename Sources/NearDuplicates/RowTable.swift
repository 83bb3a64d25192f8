import Corpus
import TextForms

/// The rows of a survey: fixed-width columns in shard and ordinal order, with records and signatures in stores.
///
/// A row's number is its place among the readable rows of all shards, shards ordered by name.
package final class RowTable: @unchecked Sendable {  // filled by the sink alone, read-only after `seal`
    /// Rows of one batch.
    struct Block {
        var firstRow = 0
        var rowCount: Int
        var recordBase: Int
        var recordCount: Int
        var signatureBase: Int
    }

    let records: SpillStore
    let signatures: SpillStore
    let prefixes: SpillStore
    private var pending: [[(chunk: SurveyChunk, block: Block, slices: [UInt32])]]
    private var sliceSetIDs: [[UInt8]: UInt32] = [:]

    /// Interned slice sets, in the encoding of `SliceSet`; after `seal` by the first row that has each.
    package private(set) var sliceSets: [[UInt8]] = []
    private(set) var blocks: [Block] = []
    /// First row number of each shard, and at the end the number of rows.
    package private(set) var firstRow: [Int] = []

    var textHash: [Hash128] = []
    var identityHash: [UInt64] = []
    var outsideHash: [UInt32] = []
    var promptHash: [UInt64] = []
    var responseHash: [UInt64] = []
    package internal(set) var length: [UInt32] = []
    package internal(set) var flags: [RowFlags] = []
    package internal(set) var sliceSet: [UInt32] = []
    private var recordOffset: [UInt32] = []

    /// - Parameters:
    ///   - shardCount: shards in all, those of `--against` corpora last.
    ///   - scratch: a folder of this run's own.
    package init(shardCount: Int, memoryBytes: Int, scratch: String) throws {
        records = try SpillStore(memoryBytes: memoryBytes / 10, path: scratch + "/records")
        signatures = try SpillStore(memoryBytes: memoryBytes / 24, path: scratch + "/signatures")
        prefixes = try SpillStore(memoryBytes: memoryBytes / 64, path: scratch + "/prefixes")
        pending = Array(repeating: [], count: shardCount)
    }

    package var rowCount: Int { firstRow.last ?? 0 }

    /// Bytes that were written to scratch.
    package var spilledBytes: Int { records.spilledBytes + signatures.spilledBytes + prefixes.spilledBytes }

    /// Takes a chunk; chunks of one shard in order, of several shards in any.
    ///
    /// - Throws: `ScratchError`.
    package func append(_ chunk: SurveyChunk, shard: Int) throws {
        let slices = chunk.sliceSets.map { set -> UInt32 in
            if let known = sliceSetIDs[set] { return known }
            let fresh = UInt32(sliceSets.count)
            sliceSetIDs[set] = fresh
            sliceSets.append(set)
            return fresh
        }
        let block = Block(
            rowCount: chunk.rowCount,
            recordBase: try records.append(chunk.records.bytes), recordCount: chunk.records.count,
            signatureBase: try chunk.signatures.withUnsafeBytes { try signatures.append($0) })
        chunk.records = RecordBlock(capacity: 16)
        chunk.signatures = []
        pending[shard].append((chunk, block, slices))
    }

    /// Joins the chunks to columns; no more rows can be added.
    package func seal() throws {
        var total = 0
        for shard in pending.indices {
            firstRow.append(total)
            for (index, item) in pending[shard].enumerated() {
                pending[shard][index].block.firstRow = total
                total += item.chunk.rowCount
            }
        }
        firstRow.append(total)
        let all = pending.flatMap { $0 }
        pending = []
        sliceSetIDs = [:]
        blocks = all.map(\.block)
        try sealPrefixes(all.map { ($0.chunk, $0.block.firstRow) })
        textHash = Self.join(all, total, \.textHash)
        identityHash = Self.join(all, total, \.identityHash)
        outsideHash = Self.join(all, total, \.outsideHash)
        promptHash = Self.join(all, total, \.promptHash)
        responseHash = Self.join(all, total, \.responseHash)
        length = Self.join(all, total, \.length)
        flags = Self.join(all, total, \.flags)
        recordOffset = Self.join(all, total, \.recordOffset)
        sliceSet.reserveCapacity(total)
        for item in all {
            for local in item.chunk.localSliceSet { sliceSet.append(item.slices[Int(local)]) }
            item.chunk.localSliceSet = []
        }
        numberSliceSets()
    }

    /// Numbers the sets by the first row that has each: chunks of several shards came in any order.
    private func numberSliceSets() {
        var numbers = [UInt32](repeating: .max, count: sliceSets.count)
        var ordered: [[UInt8]] = []
        for row in sliceSet.indices {
            let old = Int(sliceSet[row])
            if numbers[old] == .max {
                numbers[old] = UInt32(ordered.count)
                ordered.append(sliceSets[old])
            }
            sliceSet[row] = numbers[old]
        }
        sliceSets = ordered
    }

    private typealias Item = (chunk: SurveyChunk, block: Block, slices: [UInt32])

    private static func join<Element>(_ items: [Item], _ total: Int, _ path: ReferenceWritableKeyPath<SurveyChunk, [Element]>)
        -> [Element]
    {
        var column: [Element] = []
        column.reserveCapacity(total)
        for item in items {
            column.append(contentsOf: item.chunk[keyPath: path])
            item.chunk[keyPath: path] = []
        }
        return column
    }

    private func sealPrefixes(_ chunks: [(chunk: SurveyChunk, firstRow: Int)]) throws {
        var block: [PrefixEntry] = []
        for (chunk, firstRow) in chunks where !chunk.prefixes.isEmpty {
            block.removeAll(keepingCapacity: true)
            for (hash, row) in chunk.prefixes {
                block.append(PrefixEntry(hash: hash, row: UInt64(firstRow) + UInt64(row)))
            }
            chunk.prefixes = []
            let offset = try block.withUnsafeBytes { try prefixes.append($0) }
            prefixBlocks.append((offset, block.count))
        }
    }

    /// A proper prefix of a row's turns.
    struct PrefixEntry {
        var hash: UInt64
        var row: UInt64
    }

    /// Where the entries of each block lie in `prefixes`, in order.
    private(set) var prefixBlocks: [(offset: Int, count: Int)] = []

    /// Calls `body` with each prefix of a row's turns.
    func forEachPrefix(_ body: (PrefixEntry) -> Void) throws {
        var buffer = ReadBuffer()
        for (offset, count) in prefixBlocks {
            let bytes = try prefixes.read(
                offset: offset, count: count * MemoryLayout<PrefixEntry>.stride, buffer: &buffer)
            for entry in bytes.bindMemory(to: PrefixEntry.self) { body(entry) }
        }
    }

    /// The record of a row; valid as long as `buffer` is not used again.
    package func record(_ row: Int, buffer: inout ReadBuffer) throws -> RowRecord {
        let block = blocks[blockIndex(of: row)]
        let local = row - block.firstRow
        let start = Int(recordOffset[row])
        let end = local + 1 < block.rowCount ? Int(recordOffset[row + 1]) : block.recordCount
        let bytes = try records.read(offset: block.recordBase + start, count: end - start, buffer: &buffer)
        guard let base = bytes.baseAddress else { throw ScratchError(path: "records", action: "read", code: 5) }
        return RowRecord(base)
    }

    /// Copies a row's signature to `target` (`MinHash.slotCount` bytes).
    func readSignature(_ row: Int, into target: UnsafeMutablePointer<UInt8>, buffer: inout ReadBuffer) throws {
        let block = blocks[blockIndex(of: row)]
        let offset = block.signatureBase + (row - block.firstRow) * MinHash.slotCount
        let bytes = try signatures.read(offset: offset, count: MinHash.slotCount, buffer: &buffer)
        if let source = bytes.baseAddress {
            target.update(from: source.assumingMemoryBound(to: UInt8.self), count: MinHash.slotCount)
        }
    }

    private func blockIndex(of row: Int) -> Int {
        var low = 0
        var high = blocks.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if blocks[middle].firstRow <= row { low = middle } else { high = middle }
        }
        return low
    }

    /// The shard that a row lies in.
    package func shard(of row: Int) -> Int {
        var low = 0
        var high = firstRow.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if firstRow[middle] <= row { low = middle } else { high = middle }
        }
        return low
    }
}
