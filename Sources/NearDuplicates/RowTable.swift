import Corpus
import Glibc
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
        var columnBase: Int
        var prefixBase: Int
        var prefixCount: Int
    }

    /// A folder for scratch files.
    let scratch: String
    let records: SpillStore
    let signatures: SpillStore
    private let prefixes: SpillStore
    /// Columns of each block, one after another; joined to arrays as they are needed.
    private let columns: SpillStore
    private var pending: [[Block]]
    private var sliceSetIDs: [[UInt8]: UInt32] = [:]

    /// Interned slice sets, in the encoding of `SliceSet`; after `seal` by the first row that has each.
    package private(set) var sliceSets: [[UInt8]] = []
    private(set) var blocks: [Block] = []
    /// First row number of each shard, and at the end the number of rows.
    package private(set) var firstRow: [Int] = []

    var outsideHash: [UInt32] = []
    package internal(set) var length: [UInt32] = []
    package internal(set) var flags: [RowFlags] = []
    package internal(set) var sliceSet: [UInt32] = []
    /// For each row the first row with the same normal form; set by the decision.
    package internal(set) var firstOfText: [UInt32] = []
    private var recordOffset: [UInt32] = []
    /// The block of every 64th row.
    private var blockOfStretch: [UInt32] = []
    private static let stretch = 64

    /// - Parameters:
    ///   - shardCount: shards in all, those of `--against` corpora last.
    ///   - scratch: a folder of this run's own.
    package init(shardCount: Int, memoryBytes: Int, scratch: String) throws {
        self.scratch = scratch
        records = try SpillStore(memoryBytes: memoryBytes / Self.recordShare, path: scratch + "/records")
        signatures = try SpillStore(memoryBytes: memoryBytes / 24, path: scratch + "/signatures")
        prefixes = try SpillStore(memoryBytes: memoryBytes / 64, path: scratch + "/prefixes")
        columns = try SpillStore(memoryBytes: memoryBytes / 40, path: scratch + "/columns")
        pending = Array(repeating: [], count: shardCount)
    }

    /// Records take this part of `--memory` before they go to scratch.
    package static let recordShare = 9

    package var rowCount: Int { firstRow.last ?? 0 }

    /// Bytes that were written to scratch, of this table and of what was made from it.
    package var spilledBytes: Int {
        records.spilledBytes + signatures.spilledBytes + prefixes.spilledBytes + columns.spilledBytes
            + otherSpilledBytes
    }
    private var otherSpilledBytes = 0

    func noteSpilled(_ bytes: Int) { otherSpilledBytes += bytes }

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
        let sets = chunk.localSliceSet.map { slices[Int($0)] }
        pending[shard].append(
            Block(
                rowCount: chunk.rowCount,
                recordBase: try records.append(chunk.records.bytes), recordCount: chunk.records.count,
                signatureBase: try chunk.signatures.withUnsafeBytes { try signatures.append($0) },
                columnBase: try chunk.packedColumns(sliceSets: sets).withUnsafeBytes {
                    try columns.append($0)
                },
                prefixBase: try chunk.prefixes.withUnsafeBytes { try prefixes.append($0) },
                prefixCount: chunk.prefixes.count))
    }

    /// Ends the survey: no more rows can be added. Columns that the whole decision needs are joined now, the
    /// others when they are asked for.
    ///
    /// - Throws: `ScratchError`.
    package func seal() throws {
        var total = 0
        for shard in pending.indices {
            firstRow.append(total)
            for var block in pending[shard] {
                block.firstRow = total
                total += block.rowCount
                blocks.append(block)
            }
        }
        firstRow.append(total)
        pending = []
        sliceSetIDs = [:]
        indexBlocks()
        outsideHash = try column(.outsideHash)
        length = try column(.length)
        flags = try column(.flags)
        recordOffset = try column(.recordOffset)
        sliceSet = try column(.sliceSet)
        numberSliceSets()
    }

    /// One column of all rows, read from the store.
    ///
    /// - Precondition: `Element` is the column's type.
    /// - Complexity: O(rows).
    func column<Element>(_ column: SurveyColumn) throws -> [Element] {
        var joined: [Element] = []
        joined.reserveCapacity(rowCount)
        var buffer = ReadBuffer()
        for block in blocks where block.rowCount > 0 {
            let bytes = try columns.read(
                offset: block.columnBase + column.offset(rows: block.rowCount),
                count: block.rowCount * column.width,
                buffer: &buffer)
            bytes.withMemoryRebound(to: Element.self) { joined.append(contentsOf: $0) }
        }
        return joined
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

    /// Calls `body` with the hash of each proper prefix of a row's turns, and the row.
    func forEachPrefix(_ body: (_ hash: Hash128, _ row: Int) -> Void) throws {
        var buffer = ReadBuffer()
        for block in blocks where block.prefixCount > 0 {
            let bytes = try prefixes.read(
                offset: block.prefixBase, count: block.prefixCount * MemoryLayout<PrefixEntry>.stride,
                buffer: &buffer)
            bytes.withMemoryRebound(to: PrefixEntry.self) { entries in
                for entry in entries { body(entry.hash, block.firstRow + Int(entry.localRow)) }
            }
        }
    }

    /// The record of a row; valid as long as `buffer` is not used again.
    package func record(_ row: Int, buffer: inout ReadBuffer) throws -> RowRecord {
        let block = blocks[blockIndex(of: row)]
        let local = row - block.firstRow
        let start = Int(recordOffset[row])
        let end = local + 1 < block.rowCount ? Int(recordOffset[row + 1]) : block.recordCount
        let bytes = try records.read(offset: block.recordBase + start, count: end - start, buffer: &buffer)
        guard let base = bytes.baseAddress else {
            throw ScratchError(path: "records", action: "read", code: EIO)
        }
        return RowRecord(base)
    }

    /// Calls `body` with each wanted row of a block and its record, in order; the record is valid for the call.
    ///
    /// - Throws: `ScratchError`.
    func forEachRecord(
        of block: Block, buffer: inout ReadBuffer, where isWanted: (Int) -> Bool,
        _ body: (Int, RowRecord) throws -> Void
    ) throws {
        let rows = block.firstRow..<block.firstRow + block.rowCount
        guard rows.contains(where: isWanted) else { return }
        let bytes = try records.read(offset: block.recordBase, count: block.recordCount, buffer: &buffer)
        guard let base = bytes.baseAddress else { return }
        for row in rows where isWanted(row) { try body(row, RowRecord(base + Int(recordOffset[row]))) }
    }

    /// Copies a row's signature to `target` (`MinHash.slotCount` bytes).
    func readSignature(_ row: Int, into target: UnsafeMutablePointer<UInt8>, buffer: inout ReadBuffer) throws
    {
        let block = blocks[blockIndex(of: row)]
        let offset = block.signatureBase + (row - block.firstRow) * MinHash.slotCount
        let bytes = try signatures.read(offset: offset, count: MinHash.slotCount, buffer: &buffer)
        if let source = bytes.baseAddress {
            target.update(from: source.assumingMemoryBound(to: UInt8.self), count: MinHash.slotCount)
        }
    }

    /// Asks for a row's signature and the head of its record, where these are in memory.
    func prefetch(_ row: Int) {
        let block = blocks[blockIndex(of: row)]
        signatures.prefetch(offset: block.signatureBase + (row - block.firstRow) * MinHash.slotCount)
        prefetchRecord(row)
    }

    /// Asks for the head of a row's record, where it is in memory.
    package func prefetchRecord(_ row: Int) {
        records.prefetch(offset: blocks[blockIndex(of: row)].recordBase + Int(recordOffset[row]))
    }

    @inline(__always)
    private func blockIndex(of row: Int) -> Int {
        var index = Int(blockOfStretch[row / Self.stretch])
        while index + 1 < blocks.count, blocks[index + 1].firstRow <= row { index += 1 }
        return index
    }

    /// Fills `blockOfStretch`.
    private func indexBlocks() {
        var index = 0
        blockOfStretch = stride(from: 0, to: rowCount, by: Self.stretch).map { row in
            while index + 1 < blocks.count, blocks[index + 1].firstRow <= row { index += 1 }
            return UInt32(index)
        }
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
