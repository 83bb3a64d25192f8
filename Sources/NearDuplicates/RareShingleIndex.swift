import CText

/// Rows by their rarest shingles, to find those that may lie in a longer row, none of those that do left out.
///
/// If c of a row's n shingles lie in another, then k of any n - c + k of them do (Chaudhuri, Ganti and Kaushik 2006,
/// for k = 1). The row's rarest ones are indexed, 8 bytes each; a row with k hits is a candidate. Of these, fields of
/// 2,048 bits tell most that lack more than n - c shingles.
final class RareShingleIndex {
    /// Entries that an index holds. Chosen: some 200 MB while it is built, 100 MB after that.
    private static let mostEntries = 8 << 20
    static let mostRows = 200_000

    /// The rows in the order of their addition.
    private(set) var rows: [UInt32] = []
    /// Of each row its shingles, and how many of them must be shared.
    private(set) var totals: [UInt32] = []
    private(set) var needed: [UInt32] = []
    private var leastHits: [UInt16] = []
    private var bits: [UInt64] = []
    private var isClosed: [Bool] = []
    private var closedSinceCompaction = 0
    private var closed = 0

    /// Before `seal`: hashes and places of rows, an entry each.
    private var hashes: [UInt64] = []
    private var places: [UInt32] = []
    /// After it: the entries of each bucket, the hash's tag above the row's place.
    private var entries: [UInt64] = []
    private var starts: [UInt32] = []
    private var ends: [UInt32] = []
    private var mask: UInt64 = 0

    private var keys: [UInt64] = []
    private var hits: [UInt16] = []
    private var touched: [UInt32] = []
    private var otherBits = [UInt64](repeating: 0, count: Int(CTEXT_BIT_WORDS))

    private let mostRows: Int

    /// - Parameter mostRows: rows that it holds at most.
    init(mostRows: Int = RareShingleIndex.mostRows) { self.mostRows = mostRows }

    var isFull: Bool { hashes.count >= Self.mostEntries || rows.count >= mostRows }

    /// - Parameters:
    ///   - shingles: different ones.
    ///   - frequency: how often a shingle is met, about.
    ///   - needed: at least one, and at most all of them.
    /// - Complexity: O(n log n).
    func add(
        _ row: UInt32, _ shingles: UnsafeBufferPointer<UInt64>, needed: Int, frequency: (UInt64) -> UInt16
    ) {
        let place = UInt32(rows.count)
        // Chosen: dialogues of one domain share some rare words; with one hit alone most pairs would be candidates.
        let least = min(1 + shingles.count / 16, needed, Int(UInt16.max))
        rows.append(row)
        totals.append(UInt32(shingles.count))
        self.needed.append(UInt32(needed))
        leastHits.append(UInt16(least))
        let start = bits.count
        bits.append(contentsOf: repeatElement(0, count: Int(CTEXT_BIT_WORDS)))
        bits.withUnsafeMutableBufferPointer {
            ctext_bits_add($0.baseAddress.map { $0 + start }, shingles.baseAddress, shingles.count)
        }
        keys.removeAll(keepingCapacity: true)
        for hash in shingles { keys.append(UInt64(frequency(hash)) << 48 | hash & Self.hashBits) }
        keys.sort()
        for key in keys.prefix(shingles.count - needed + least) {
            hashes.append(key & Self.hashBits)
            places.append(place)
        }
    }

    /// The bits of a hash that entries are found by.
    private static let hashBits: UInt64 = 0xFFFF_FFFF_FFFF

    /// Bits 16 to 47 of a hash.
    private static func tag(_ hash: UInt64) -> UInt64 { hash >> 16 & 0xFFFF_FFFF }

    /// Ends the additions.
    ///
    /// - Complexity: O(entries).
    func seal() {
        let buckets = 1 << max(4, Int.bitWidth - max(1, hashes.count).leadingZeroBitCount)
        mask = UInt64(buckets - 1)
        starts = [UInt32](repeating: 0, count: buckets + 1)
        for hash in hashes { starts[Int(hash & mask) + 1] += 1 }
        for bucket in 0..<buckets { starts[bucket + 1] += starts[bucket] }
        ends = Array(starts[..<buckets])
        entries = [UInt64](repeating: 0, count: hashes.count)
        for (hash, place) in zip(hashes, places) {
            let bucket = Int(hash & mask)
            entries[Int(ends[bucket])] = Self.tag(hash) << 32 | UInt64(place)
            ends[bucket] += 1
        }
        hashes = []
        places = []
        hits = [UInt16](repeating: 0, count: rows.count)
        isClosed = [Bool](repeating: false, count: rows.count)
    }

    /// No more of a row: it has matches enough.
    func close(_ place: Int) {
        guard !isClosed[place] else { return }
        isClosed[place] = true
        closed += 1
        closedSinceCompaction += 1
        if closedSinceCompaction * 4 > rows.count - closed { compact() }
    }

    /// Leaves out the entries of closed rows.
    private func compact() {
        closedSinceCompaction = 0
        for bucket in ends.indices {
            var end = starts[bucket]
            for at in starts[bucket]..<ends[bucket]
            where !isClosed[Int(UInt32(truncatingIfNeeded: entries[Int(at)]))] {
                entries[Int(end)] = entries[Int(at)]
                end += 1
            }
            ends[bucket] = end
        }
    }

    /// The places of the rows that may lie in a text, ascending.
    ///
    /// - Parameter shingles: of the text, different ones.
    /// - Complexity: O(shingles + entries of their buckets), a look at 32 words for each row that is met, and a sort.
    func candidates(in shingles: UnsafeBufferPointer<UInt64>, where isMeant: (UInt32) -> Bool) -> [Int] {
        touched.removeAll(keepingCapacity: true)
        hits.withUnsafeMutableBufferPointer { hits in
            entries.withUnsafeBufferPointer { entries in
                for hash in shingles {
                    let bucket = Int(hash & mask)
                    let tag = Self.tag(hash)
                    for at in Int(starts[bucket])..<Int(ends[bucket]) where entries[at] >> 32 == tag {
                        let place = Int(UInt32(truncatingIfNeeded: entries[at]))
                        if hits[place] == 0 { touched.append(UInt32(place)) }
                        if hits[place] < .max { hits[place] += 1 }
                    }
                }
            }
        }
        otherBits.withUnsafeMutableBufferPointer {
            $0.update(repeating: 0)
            ctext_bits_add($0.baseAddress, shingles.baseAddress, shingles.count)
        }
        var found: [Int] = []
        for place in touched.map(Int.init) {
            let count = hits[place]
            hits[place] = 0
            if count >= leastHits[place], !isClosed[place], isMeant(rows[place]), !lacksTooMuch(place) {
                found.append(place)
            }
        }
        return found.sorted()
    }

    private func lacksTooMuch(_ place: Int) -> Bool {
        bits.withUnsafeBufferPointer { bits in
            otherBits.withUnsafeBufferPointer { other in
                guard let own = bits.baseAddress, let other = other.baseAddress else { return false }
                let missing = ctext_bits_missing(own + place * Int(CTEXT_BIT_WORDS), other)
                return missing > Int(totals[place] - needed[place])
            }
        }
    }
}
