import CText
import Corpus
import Pipeline
import TextForms

/// Which participants of the near layer share a bucket, directly or through others: groups for reading and for
/// work in parallel, never clusters.
struct BucketComponents {
    /// Participants (row numbers) of every component of two rows or more, one after another.
    let members: [UInt32]
    /// Start of each component in `members`, and at the end its count; larger components first.
    let starts: [Int]

    /// - Complexity: O(rows x bands); a table of 8 bytes for up to three times the participants for each thread.
    init(table: RowTable, participants: [Bool], banding: Banding, threads: Int) throws {
        let workers = max(1, min(threads, banding.bands, table.rowCount > 4_000_000 ? 1 : threads))
        let rows = participants.indices.filter { participants[$0] }.map { UInt32($0) }
        var forests = [UnionFind](repeating: UnionFind(count: 0), count: workers)
        try forests.withUnsafeMutableBufferPointer { forests in
            let slots = ForestSlots(base: forests.baseAddress)
            try parallelFor(workers, threads: workers) { _, index in
                var forest = UnionFind(count: table.rowCount)
                let bands = Array(stride(from: index, to: banding.bands, by: workers))
                let group = FirstInBucket.bandsAtOnce(participantCount: rows.count, workers: workers)
                let buckets = (0..<min(group, bands.count)).map { _ in
                    FirstInBucket(participantCount: rows.count)
                }
                for start in stride(from: 0, to: bands.count, by: group) {
                    let some = bands[start..<min(start + group, bands.count)]
                    try Self.unite(table, rows, banding, Array(some), buckets, &forest)
                }
                slots.base?[index] = forest
            }
        }
        var forest = forests[0]
        for other in forests.dropFirst() { forest.merge(other) }
        forests = []
        (members, starts) = Self.collect(&forest, participants: participants)
    }

    private struct ForestSlots: @unchecked Sendable {  // each worker writes its own element
        let base: UnsafeMutablePointer<UnionFind>?
    }

    /// Unites the rows that share a bucket of one of some bands, in one pass over the signatures.
    private static func unite(
        _ table: RowTable, _ rows: [UInt32], _ banding: Banding, _ bands: [Int], _ buckets: [FirstInBucket],
        _ forest: inout UnionFind
    ) throws {
        for bucket in buckets { bucket.clear() }
        var buffer = ReadBuffer()
        var start = 0
        for block in table.blocks where block.rowCount > 0 {
            var end = start
            while end < rows.count, Int(rows[end]) < block.firstRow + block.rowCount { end += 1 }
            defer { start = end }
            if start == end { continue }
            let bytes = try table.signatures.read(
                offset: block.signatureBase, count: block.rowCount * MinHash.slotCount, buffer: &buffer)
            for (bucket, band) in zip(buckets, bands) {
                bucket.forEachRow(
                    of: rows[start..<end], signatures: bytes, firstRow: block.firstRow, banding: banding,
                    band: band
                ) { first, row in
                    forest.unite(first, row)
                }
            }
        }
    }

    /// Components by size, then by first member.
    private static func collect(_ forest: inout UnionFind, participants: [Bool]) -> ([UInt32], [Int]) {
        var size = [UInt32](repeating: 0, count: participants.count)
        for row in participants.indices where participants[row] { size[forest.find(row)] += 1 }
        var roots = participants.indices.filter { size[$0] > 1 }
        roots.sort { (size[$1], $0) < (size[$0], $1) }
        var starts: [Int] = []
        starts.reserveCapacity(roots.count + 1)
        var total = 0
        for root in roots {
            starts.append(total)
            total += Int(size[root])
            size[root] = UInt32(starts[starts.count - 1])
        }
        starts.append(total)
        var isRoot = [Bool](repeating: false, count: participants.count)
        for root in roots { isRoot[root] = true }
        var members = [UInt32](repeating: 0, count: total)
        for row in participants.indices where participants[row] {
            let root = forest.find(row)
            guard isRoot[root] else { continue }
            members[Int(size[root])] = UInt32(row)
            size[root] += 1
        }
        return (members, starts)
    }
}

/// The first row of each bucket of one band; of one thread.
private final class FirstInBucket {
    private let slots: UnsafeMutableBufferPointer<UInt64>
    private var first: [UInt32] = []

    init(participantCount count: Int) {
        slots = .allocate(capacity: Self.slotCount(count))
    }

    private static func slotCount(_ count: Int) -> Int {
        var capacity = 1024
        while capacity < count + count / 2 { capacity *= 2 }
        return capacity
    }

    /// Bands whose tables fit into 16 MiB together, chosen to stay in a processor's last cache: a block of
    /// signatures is fetched once for all of them.
    static func bandsAtOnce(participantCount count: Int, workers: Int) -> Int {
        max(1, (16 << 20) / (slotCount(count) * MemoryLayout<UInt64>.stride * workers))
    }

    deinit { slots.deallocate() }

    func clear() { slots.initialize(repeating: .max) }

    /// Calls `body` with each row that is not the first of its bucket, and the first one.
    ///
    /// - Parameters:
    ///   - rows: participants of one block, in ascending order.
    ///   - signatures: of all rows of the block, which begins at `firstRow`.
    func forEachRow(
        of rows: ArraySlice<UInt32>, signatures: UnsafeRawBufferPointer, firstRow: Int, banding: Banding,
        band: Int,
        _ body: (_ first: Int, _ row: Int) -> Void
    ) {
        if first.count < rows.count { first = [UInt32](repeating: 0, count: rows.count) }
        var table = ctext_buckets(slots: slots.baseAddress, mask: slots.count - 1)
        rows.withUnsafeBufferPointer { rows in
            first.withUnsafeMutableBufferPointer { first in
                ctext_first_in_buckets(
                    &table, signatures.assumingMemoryBound(to: UInt8.self).baseAddress, MinHash.slotCount,
                    band * banding.rowsPerBand, banding.rowsPerBand, rows.baseAddress, rows.count,
                    UInt32(firstRow), first.baseAddress)
                for place in rows.indices where first[place] != rows[place] {
                    body(Int(first[place]), Int(rows[place]))
                }
            }
        }
    }
}
