import CText
import TextForms

/// The keepers of one component by bucket. A bucket that outgrows `capacity` is split by further slots of the
/// signature, so that rows of one template do not meet each other all.
struct KeeperBuckets {
    /// Keepers of a bucket beyond which it is split: chosen by the time that 100,000 rows of one template take.
    static let capacity = 64
    /// Further slots that a bucket may be split by.
    static let maximumDepth = 96

    private struct Bucket {
        var key: UInt64
        var head: Int32
        var count: Int32
        /// Split buckets hold no keepers; theirs lie under longer keys.
        var isSplit: Bool
    }

    private struct Entry {
        var keeper: Int32
        var next: Int32
    }

    private let banding: Banding
    private var buckets: [Bucket]
    private var entries: [Entry] = []
    private var used = 0
    private var mask: Int

    init(banding: Banding, expecting rows: Int) {
        self.banding = banding
        var capacity = 64
        while capacity < rows * banding.bands * 2 { capacity *= 2 }
        capacity = min(capacity, 1 << 22)
        buckets = Array(repeating: Bucket(key: 0, head: -1, count: 0, isSplit: false), count: capacity)
        mask = capacity - 1
    }

    /// Calls `body` with each keeper that shares a bucket with the signature, once a bucket.
    ///
    /// - Returns: the probability with which a pair at `threshold` would be found, lower than the banding's
    ///   where buckets were split.
    func forEachCandidate(
        of signature: UnsafePointer<UInt8>, threshold: Double, _ body: (Int) -> Void
    ) -> Double {
        var missed = 1.0
        for band in 0..<banding.bands {
            var depth = 0
            var key = firstKey(signature, band)
            var at = slot(of: key)
            while buckets[at].isSplit, depth < Self.maximumDepth {
                key = deeper(key, signature, band, depth)
                depth += 1
                at = slot(of: key)
            }
            missed *= 1 - power(threshold, banding.rowsPerBand + depth)
            var entry = buckets[at].head
            while entry >= 0 {
                body(Int(entries[Int(entry)].keeper))
                entry = entries[Int(entry)].next
            }
        }
        return 1 - missed
    }

    /// Adds a keeper to its bucket of every band.
    ///
    /// - Parameter signatures: the signatures of all keepers, by their number, to split a bucket by.
    mutating func insert(_ keeper: Int, signatures: UnsafePointer<UInt8>) {
        for band in 0..<banding.bands {
            insert(Int32(keeper), band: band, signatures: signatures)
        }
    }

    private mutating func insert(_ keeper: Int32, band: Int, signatures: UnsafePointer<UInt8>) {
        let signature = signatures + Int(keeper) * MinHash.slotCount
        var depth = 0
        var key = firstKey(signature, band)
        while true {
            if used * 2 > mask { grow() }
            let at = claim(key)
            if buckets[at].isSplit {
                key = deeper(key, signature, band, depth)
                depth += 1
                continue
            }
            if Int(buckets[at].count) < Self.capacity || depth == Self.maximumDepth {
                // Equal signatures cannot be split: later ones are not found through this band.
                if Int(buckets[at].count) >= Self.capacity { return }
                entries.append(Entry(keeper: keeper, next: buckets[at].head))
                buckets[at].head = Int32(entries.count - 1)
                buckets[at].count += 1
                return
            }
            split(at, key: key, band: band, depth: depth, signatures: signatures)
        }
    }

    private mutating func split(
        _ at: Int, key: UInt64, band: Int, depth: Int, signatures: UnsafePointer<UInt8>
    ) {
        var entry = buckets[at].head
        buckets[at].isSplit = true
        buckets[at].head = -1
        while entry >= 0 {
            let item = entries[Int(entry)]
            let signature = signatures + Int(item.keeper) * MinHash.slotCount
            if used * 2 > mask { grow() }
            let child = claim(deeper(key, signature, band, depth))
            entries[Int(entry)].next = buckets[child].head
            buckets[child].head = entry
            buckets[child].count += 1
            entry = item.next
        }
    }

    private func firstKey(_ signature: UnsafePointer<UInt8>, _ band: Int) -> UInt64 {
        let bucket = banding.bucket(signature, band: band)
        return ctext_mix64(bucket &+ UInt64(band + 1) &* 0xd6e8_feb8_6659_fd93) | 1
    }

    /// The key with one more slot: those behind the band's own, round the signature.
    private func deeper(_ key: UInt64, _ signature: UnsafePointer<UInt8>, _ band: Int, _ depth: Int) -> UInt64
    {
        let slot = ((band + 1) * banding.rowsPerBand + depth) % MinHash.slotCount
        return ctext_mix64(key &+ UInt64(signature[slot]) &* 0x9e37_79b9_7f4a_7c15 &+ 0x51) | 1
    }

    /// The place of a key, or an empty place.
    private func slot(of key: UInt64) -> Int {
        var at = Int(truncatingIfNeeded: key >> 8) & mask
        while buckets[at].key != key, buckets[at].key != 0 { at = (at + 1) & mask }
        return at
    }

    private mutating func claim(_ key: UInt64) -> Int {
        let at = slot(of: key)
        if buckets[at].key == 0 {
            buckets[at].key = key
            used += 1
        }
        return at
    }

    private mutating func grow() {
        let old = buckets
        mask = (mask + 1) * 2 - 1
        buckets = Array(repeating: Bucket(key: 0, head: -1, count: 0, isSplit: false), count: mask + 1)
        for bucket in old where bucket.key != 0 { buckets[slot(of: bucket.key)] = bucket }
    }
}
