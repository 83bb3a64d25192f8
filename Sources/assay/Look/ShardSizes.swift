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
    private var sums: [String: (fileBytes: Double, size: Size)] = [:]
    private var all = (fileBytes: 1.0, size: Size())

    init(shards: [Shard], heads: [(shard: Int, head: HeadReader.Result)]) {
        self.shards = shards
        for (index, head) in heads {
            self.heads[index] = head
            var sum = sums[kind(of: index)] ?? (0, Size())
            Self.add(head, shards[index].format, to: &sum)
            Self.add(head, shards[index].format, to: &all)
            sums[kind(of: index)] = sum
        }
    }

    func estimate(_ index: Int) -> Size {
        let bytes = Double(shards[index].byteCount)
        if let head = heads[index] {
            let size = Self.size(of: head)
            if head.isWhole || head.error != nil { return size }
            return size.times(bytes / max(1, Self.fileBytes(head, shards[index].format)))
        }
        let sum = sums[kind(of: index)] ?? all
        return sum.size.times(bytes / max(1, sum.fileBytes))
    }

    /// How a shard's bytes are packed: Parquet has codecs of its own.
    private func kind(of index: Int) -> String {
        shards[index].format == .parquet ? "parquet" : shards[index].compression.rawValue
    }

    private static func add(
        _ head: HeadReader.Result, _ format: ShardFormat, to sum: inout (fileBytes: Double, size: Size)
    ) {
        let size = size(of: head)
        sum.fileBytes += fileBytes(head, format)
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
    private static func fileBytes(_ head: HeadReader.Result, _ format: ShardFormat) -> Double {
        let read = Double(head.outcome.bytesRead)
        // Of Parquet, it is the rows' share of the file already.
        if head.isWhole || format == .parquet || head.outcome.decompressedByteCount <= head.outcome.bytesRead
        {
            return read
        }
        return max(read / 2, read - Double(64 << 10))
    }
}
