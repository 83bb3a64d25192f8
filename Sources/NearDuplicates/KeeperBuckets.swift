import CText
import Glibc
import TextForms

/// The keepers of one component by bucket; of one thread, used again for component after component.
///
/// A bucket that outgrows `capacity` is split by further slots of the signature, so that rows of one template do
/// not meet each other all.
final class KeeperBuckets {
    /// Keepers of a bucket beyond which it is split: chosen by the time that 100,000 rows of one template take.
    static let capacity = 64
    /// Further slots that a bucket may be split by.
    static let maximumDepth = 96
    /// Most bands of a banding.
    private static let maximumBands = MinHash.slotCount

    private struct Bucket {
        /// 0: free.
        var key: UInt64 = 0
        /// The first of its `entries`; -1: none.
        var head: Int32 = -1
        /// `split` for a bucket that holds no keepers: theirs lie under longer keys.
        var count: Int32 = 0

        static let split: Int32 = -1
    }

    /// What the keepers of a bucket have in common, and how likely a partner at the threshold has it too.
    private struct Template {
        /// The commonest value of each slot; of several the least.
        var values: [UInt8]
        /// The probability that a partner has a row's value in each slot, where that is the commonest.
        var agreement: [Double]
        /// The same where the row has a value of its own.
        var agreementOfOwn: Double
    }

    private struct Entry {
        var keeper: Int32
        var next: Int32
    }

    private let banding: Banding
    private let threshold: Double
    /// The probability with which a pair at the threshold is found where no bucket is split.
    let usualRecall: Double
    /// All free between components.
    private var buckets: UnsafeMutableBufferPointer<Bucket>
    private var entries: [Entry] = []
    /// Places of `buckets` that are taken.
    private var taken: [Int32] = []
    private var mask = 0
    /// Of the bands' buckets of the row at hand.
    private let keys: UnsafeMutablePointer<UInt64>
    /// For each band's bucket that was split, what the keepers that it held have in common.
    private var templates: [UInt64: Template] = [:]

    init(banding: Banding, threshold: Double) {
        self.banding = banding
        self.threshold = threshold
        usualRecall = banding.recall(at: threshold)
        buckets = .allocate(capacity: 1024)
        buckets.initialize(repeating: Bucket())
        keys = .allocate(capacity: Self.maximumBands)
        begin(expecting: 0)
    }

    deinit {
        buckets.deallocate()
        keys.deallocate()
    }

    /// Forgets all keepers.
    ///
    /// - Parameter rows: of the component.
    /// - Complexity: O(buckets of the component before).
    func begin(expecting rows: Int) {
        if taken.count > buckets.count / 4 {
            buckets.update(repeating: Bucket())
        } else {
            for place in taken { buckets[Int(place)] = Bucket() }
        }
        taken.removeAll(keepingCapacity: taken.capacity < 1 << 20)
        entries.removeAll(keepingCapacity: entries.capacity < 1 << 20)
        if !templates.isEmpty { templates.removeAll() }
        // A third of the rows are keepers, about, and the table grows where more are.
        var capacity = 1024
        while capacity < min(rows * banding.bands, 1 << 20) { capacity *= 2 }
        if capacity > buckets.count || buckets.count > 1 << 20 { allocate(capacity) }
        mask = capacity - 1
    }

    private func allocate(_ capacity: Int) {
        buckets.deallocate()
        buckets = .allocate(capacity: capacity)
        buckets.initialize(repeating: Bucket())
    }

    /// Calls `body` with each keeper that shares a bucket with the signature, once a bucket.
    ///
    /// - Returns: the probability with which a pair at the threshold would be found, where buckets were split; else
    ///   `nil`, and it is the banding's.
    /// - Complexity: O(bands + keepers met), and O(depth of split buckets).
    func forEachCandidate(of signature: UnsafePointer<UInt8>, _ body: (Int) -> Void) -> Double? {
        fetch(signature)
        var isSplit = false
        for band in 0..<banding.bands {
            var depth = 0
            var key = keys[band]
            var at = slot(of: key)
            while buckets[at].count == Bucket.split, depth < Self.maximumDepth {
                key = deeper(key, signature, band, depth)
                depth += 1
                at = slot(of: key)
                isSplit = true
            }
            var entry = buckets[at].head
            while entry >= 0 {
                body(Int(entries[Int(entry)].keeper))
                entry = entries[Int(entry)].next
            }
        }
        return isSplit ? recall(of: signature) : nil
    }

    /// Fills `keys` and asks for their places, which lie anywhere.
    private func fetch(_ signature: UnsafePointer<UInt8>) {
        guard let base = buckets.baseAddress else { return }
        for band in 0..<banding.bands {
            keys[band] = firstKey(signature, band)
            ctext_prefetch(base + home(of: keys[band]))
        }
    }

    /// The probability with which a pair at the threshold would be found where buckets are split: of
    /// ``recallTrials`` partners that are drawn for the row, the share that lies in one of its buckets.
    ///
    /// Bands look at the same slots, so they are not independent; nor do slots agree with one probability
    /// (`template`).
    private func recall(of signature: UnsafePointer<UInt8>) -> Double {
        let template = (0..<banding.bands).lazy.compactMap { self.templates[self.keys[$0]] }.first
        guard let template else { return usualRecall }
        // Of 256, for each slot.
        let chances = (0..<MinHash.slotCount).map { slot in
            let chance =
                signature[slot] == template.values[slot] ? template.agreement[slot] : template.agreementOfOwn
            return UInt8(min(255, (chance * 256).rounded()))
        }
        let paths = (0..<banding.bands).map { path(of: signature, band: $0) }
        var random = keys[0]
        var found = 0
        for _ in 0..<Self.recallTrials {
            let agreeing = Self.bits(chances, &random)
            if paths.contains(where: { $0 & ~agreeing == 0 }) { found += 1 }
        }
        return Double(found) / Double(Self.recallTrials)
    }

    private static let recallTrials = 32

    /// The slots that lead to a row's bucket of a band.
    private func path(of signature: UnsafePointer<UInt8>, band: Int) -> UInt128 {
        var slots: UInt128 = 0
        for slot in band * banding.rowsPerBand..<(band + 1) * banding.rowsPerBand { slots |= 1 << slot }
        var depth = 0
        var key = keys[band]
        while buckets[slot(of: key)].count == Bucket.split, depth < Self.maximumDepth {
            slots |= 1 << deeperSlot(band, depth)
            key = deeper(key, signature, band, depth)
            depth += 1
        }
        return slots
    }

    /// Random bits, each set with its chance of 256.
    static func bits(_ chances: [UInt8], _ state: inout UInt64) -> UInt128 {
        precondition(chances.count == 128, "a bit of 128 for each slot")
        var words: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &words) { words in
            ctext_random_bits(chances, &state, words.assumingMemoryBound(to: UInt64.self).baseAddress)
        }
        return UInt128(words.1) << 64 | UInt128(words.0)
    }

    /// Adds a keeper to its bucket of every band.
    ///
    /// - Parameter signatures: the signatures of all keepers, by their number, to split a bucket by.
    /// - Complexity: O(bands), amortised.
    func insert(_ keeper: Int, signatures: UnsafePointer<UInt8>) {
        fetch(signatures + keeper * MinHash.slotCount)
        for band in 0..<banding.bands {
            insert(Int32(keeper), band: band, signatures: signatures)
        }
    }

    private func insert(_ keeper: Int32, band: Int, signatures: UnsafePointer<UInt8>) {
        let signature = signatures + Int(keeper) * MinHash.slotCount
        var depth = 0
        var key = keys[band]
        while true {
            if taken.count * 2 > mask { grow() }
            let at = claim(key)
            if buckets[at].count == Bucket.split {
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

    private func split(_ at: Int, key: UInt64, band: Int, depth: Int, signatures: UnsafePointer<UInt8>) {
        if depth == 0 { templates[key] = template(ofBucket: at, band: band, signatures) }
        var entry = buckets[at].head
        buckets[at].count = Bucket.split
        buckets[at].head = -1
        while entry >= 0 {
            let item = entries[Int(entry)]
            let signature = signatures + Int(item.keeper) * MinHash.slotCount
            if taken.count * 2 > mask { grow() }
            let child = claim(deeper(key, signature, band, depth))
            entries[Int(entry)].next = buckets[child].head
            buckets[child].head = entry
            buckets[child].count += 1
            entry = item.next
        }
    }

    /// Of two rows of equal size and similarity J, the share 2 J / (1 + J) of either lies in both: the template, and a
    /// part of their own. A keeper lacks the template's least hash where one of its own is less: of a partner, one of
    /// those that are not shared. A least hash of the row's own is the partner's only if it is among those shared.
    private func template(ofBucket at: Int, band: Int, _ signatures: UnsafePointer<UInt8>) -> Template {
        var counts = [Int](repeating: 0, count: MinHash.slotCount << 8)
        var entry = buckets[at].head
        while entry >= 0 {
            let item = entries[Int(entry)]
            let signature = signatures + Int(item.keeper) * MinHash.slotCount
            for slot in 0..<MinHash.slotCount { counts[slot << 8 | Int(signature[slot])] += 1 }
            entry = item.next
        }
        var values: [UInt8] = []
        for slot in 0..<MinHash.slotCount {
            var best = 0
            for value in 1...255 where counts[slot << 8 | value] > counts[slot << 8 | best] { best = value }
            values.append(UInt8(best))
        }
        let count = Double(buckets[at].count)
        var shares = values.indices.map { Double(counts[$0 << 8 | Int(values[$0])]) / count }
        // In the band's own slots all keepers are equal, which says nothing of a template.
        let own = band * banding.rowsPerBand..<(band + 1) * banding.rowsPerBand
        let others = shares.indices.filter { !own.contains($0) }
        let mean = others.reduce(0) { $0 + shares[$1] } / Double(others.count)
        for slot in own { shares[slot] = mean }
        // The template's share of a row is known from few slots: taken two standard errors larger, so that no more is
        // promised than is found.
        let variance =
            others.reduce(0) { $0 + (shares[$1] - mean) * (shares[$1] - mean) } / Double(others.count)
        let share = mean + 2 * (variance / Double(others.count)).squareRoot()
        let common = (1 + threshold) / 2
        let shared = share < 1 ? min(1, max(0, (threshold / common - share) / (1 - share))) : 0
        return Template(
            values: values, agreement: shares.map { pow($0, 1 - shared) }, agreementOfOwn: common * shared)
    }

    private func firstKey(_ signature: UnsafePointer<UInt8>, _ band: Int) -> UInt64 {
        let bucket = banding.bucket(signature, band: band)
        return ctext_mix64(bucket &+ UInt64(band + 1) &* 0xd6e8_feb8_6659_fd93) | 1
    }

    /// The key with one more slot.
    private func deeper(_ key: UInt64, _ signature: UnsafePointer<UInt8>, _ band: Int, _ depth: Int) -> UInt64
    {
        ctext_mix64(key &+ UInt64(signature[deeperSlot(band, depth)]) &* 0x9e37_79b9_7f4a_7c15 &+ 0x51) | 1
    }

    /// The slots behind the band's own, in another order for each band: bands that looked at the same slots would
    /// miss the same rows. The step is odd, so that each slot has its turn.
    private func deeperSlot(_ band: Int, _ depth: Int) -> Int {
        ((band + 1) * banding.rowsPerBand + depth * (2 * band + 1)) % MinHash.slotCount
    }

    private func home(of key: UInt64) -> Int { Int(truncatingIfNeeded: key >> 8) & mask }

    /// The place of a key, or an empty place.
    private func slot(of key: UInt64) -> Int {
        var at = home(of: key)
        while buckets[at].key != key, buckets[at].key != 0 { at = (at + 1) & mask }
        return at
    }

    private func claim(_ key: UInt64) -> Int {
        let at = slot(of: key)
        if buckets[at].key == 0 {
            buckets[at].key = key
            taken.append(Int32(truncatingIfNeeded: at))
        }
        return at
    }

    private func grow() {
        let old = buckets
        let places = taken
        mask = (mask + 1) * 2 - 1
        buckets = .allocate(capacity: mask + 1)
        buckets.initialize(repeating: Bucket())
        for (number, place) in places.enumerated() {
            let bucket = old[Int(place)]
            let at = slot(of: bucket.key)
            buckets[at] = bucket
            taken[number] = Int32(truncatingIfNeeded: at)
        }
        old.deallocate()
    }
}
