import CText

/// The keys of a table that stand in a row, used again for row after row.
struct KeyHits {
    struct Hit {
        var key: UInt32
        /// A word of the row, or a byte of its stream.
        var place: UInt32
    }

    private(set) var hits: [Hit] = []
    /// Probes by which the directory is asked for ahead.
    private static let ahead = 8

    /// Looks the probes up, in their order.
    mutating func look(up probes: UnsafeBufferPointer<ctext_probe>, in table: PostingTable) {
        hits.removeAll(keepingCapacity: true)
        for probe in probes.prefix(Self.ahead) { table.prefetch(probe.hash) }
        for at in probes.indices {
            if at + Self.ahead < probes.count { table.prefetch(probes[at + Self.ahead].hash) }
            if let key = table.number(of: probes[at].hash) {
                hits.append(Hit(key: UInt32(key), place: probes[at].start))
            }
        }
    }
}
