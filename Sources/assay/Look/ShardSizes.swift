import Shards

/// Rows and bytes of whole shards, from their heads or from those of shards packed alike.
struct ShardSizes {
    struct Size {
        var rows = 0.0
        var inflatedBytes = 0.0
        var comparedBytes = 0.0

        func times(_ factor: Double) -> Size {
            Size(
                rows: rows * factor, inflatedBytes: inflatedBytes * factor,
                comparedBytes: comparedBytes * factor)
        }
    }

    private let shards: [Shard]
    private var heads: [Int: HeadReader.Result] = [:]
    /// Sums over the heads, with the bytes of the files that they came of.
    private var sums: [Compression: (fileBytes: Double, size: Size)] = [:]
    private var all = (fileBytes: 1.0, size: Size())

    init(shards: [Shard], heads: [(shard: Int, head: HeadReader.Result)]) {
        self.shards = shards
        for (index, head) in heads {
            self.heads[index] = head
            var sum = sums[shards[index].compression] ?? (0, Size())
            Self.add(head, to: &sum)
            Self.add(head, to: &all)
            sums[shards[index].compression] = sum
        }
    }

    func estimate(_ index: Int) -> Size {
        let bytes = Double(shards[index].byteCount)
        if let head = heads[index] {
            let size = Self.size(of: head)
            if head.isWhole || head.error != nil { return size }
            return size.times(bytes / max(1, Self.fileBytes(head)))
        }
        let sum = sums[shards[index].compression] ?? all
        return sum.size.times(bytes / max(1, sum.fileBytes))
    }

    private static func add(_ head: HeadReader.Result, to sum: inout (fileBytes: Double, size: Size)) {
        let size = size(of: head)
        sum.fileBytes += fileBytes(head)
        sum.size.rows += size.rows
        sum.size.inflatedBytes += size.inflatedBytes
        sum.size.comparedBytes += size.comparedBytes
    }

    /// Of what was inflated; the text of rows that were only split is that of those looked at.
    private static func size(of head: HeadReader.Result) -> Size {
        let rows = Double(head.outcome.rowCount)
        return Size(
            rows: rows, inflatedBytes: Double(head.outcome.decompressedByteCount),
            comparedBytes: rows * Double(head.comparedBytes) / Double(max(1, head.rows)))
    }

    /// Bytes of the file that the inflated ones came of: half a buffer less than were read, in the mean.
    private static func fileBytes(_ head: HeadReader.Result) -> Double {
        let read = Double(head.outcome.bytesRead)
        if head.isWhole || head.outcome.decompressedByteCount <= head.outcome.bytesRead { return read }
        return max(read / 2, read - Double(64 << 10))
    }
}
