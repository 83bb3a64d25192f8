import CText

/// The keys of a table that stand in a row, used again for row after row.
///
/// Behind the first ``manyHits`` hits of a row a key that has had ``mostPlaces`` places is taken no further: a word
/// said 50,000 times on both sides would else be 50,000 places, times those in the index.
struct KeyHits {
    struct Hit {
        var key: UInt32
        /// A word of the row, or a byte of its stream.
        var place: UInt32
    }

    private(set) var hits: [Hit] = []
    /// Places of each key, in a row of many hits.
    private var places: [UInt32: Int] = [:]
    /// Chosen: as many n-grams as an item of 1,000 words has, and more copies of an item than a row needs.
    static let manyHits = 1024
    static let mostPlaces = 32
    /// Probes by which the directory is asked for ahead.
    private static let ahead = 8

    /// Looks the probes up, in their order.
    mutating func look(up probes: UnsafeBufferPointer<ctext_probe>, in table: PostingTable) {
        hits.removeAll(keepingCapacity: true)
        if !places.isEmpty { places.removeAll() }
        for probe in probes.prefix(Self.ahead) { table.prefetch(probe.hash) }
        for at in probes.indices {
            if at + Self.ahead < probes.count { table.prefetch(probes[at + Self.ahead].hash) }
            if let key = table.number(of: probes[at].hash) {
                let hit = Hit(key: UInt32(key), place: probes[at].start)
                if hits.count < Self.manyHits || isTaken(hit.key) { hits.append(hit) }
            }
        }
    }

    /// Counts a place of a key, in a row of many hits.
    private mutating func isTaken(_ key: UInt32) -> Bool {
        if places.isEmpty { for hit in hits { places[hit.key, default: 0] += 1 } }
        let before = places[key, default: 0]
        guard before < Self.mostPlaces else { return false }
        places[key] = before + 1
        return true
    }
}
