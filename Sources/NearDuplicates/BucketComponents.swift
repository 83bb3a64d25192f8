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

    /// - Complexity: O(rows x bands); a table of 12 bytes for up to twice the participants for each thread.
    init(table: RowTable, participants: [Bool], banding: Banding, threads: Int) throws {
        let workers = max(1, min(threads, banding.bands, table.rowCount > 4_000_000 ? 1 : threads))
        var forests = [UnionFind](repeating: UnionFind(count: 0), count: workers)
        try forests.withUnsafeMutableBufferPointer { forests in
            let slots = ForestSlots(base: forests.baseAddress)
            try parallelFor(workers, threads: workers) { _, index in
                var forest = UnionFind(count: table.rowCount)
                var buckets = FirstInBucket(participants: participants)
                for band in stride(from: index, to: banding.bands, by: workers) {
                    try Self.unite(table, participants, banding, band, &buckets, &forest)
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

    private static func unite(
        _ table: RowTable, _ participants: [Bool], _ banding: Banding, _ band: Int,
        _ buckets: inout FirstInBucket, _ forest: inout UnionFind
    ) throws {
        buckets.clear()
        var buffer = ReadBuffer()
        for block in table.blocks where block.rowCount > 0 {
            let bytes = try table.signatures.read(
                offset: block.signatureBase, count: block.rowCount * MinHash.slotCount, buffer: &buffer)
            let signatures = bytes.assumingMemoryBound(to: UInt8.self)
            guard let base = signatures.baseAddress else { continue }
            for local in 0..<block.rowCount {
                let row = block.firstRow + local
                guard participants[row] else { continue }
                let key = banding.bucket(base + local * MinHash.slotCount, band: band)
                if let first = buckets.first(key: key, row: UInt32(row)) { forest.unite(Int(first), row) }
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

/// The first row of each bucket of one band.
private struct FirstInBucket {
    private var keys: [UInt64]
    private var rows: [UInt32]
    private let mask: Int

    init(participants: [Bool]) {
        let count = participants.lazy.filter { $0 }.count
        var capacity = 1024
        while capacity < count + count / 2 { capacity *= 2 }
        keys = [UInt64](repeating: 0, count: capacity)
        rows = [UInt32](repeating: .max, count: capacity)
        mask = capacity - 1
    }

    mutating func clear() {
        rows.withUnsafeMutableBufferPointer { $0.update(repeating: .max) }
    }

    /// The row that came first with this key; `nil` when it is this one.
    mutating func first(key: UInt64, row: UInt32) -> UInt32? {
        var at = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 20) & mask
        while rows[at] != .max {
            if keys[at] == key { return rows[at] }
            at = (at + 1) & mask
        }
        keys[at] = key
        rows[at] = row
        return nil
    }
}
