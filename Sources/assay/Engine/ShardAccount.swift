import Shards

/// What the survey counted in one shard.
struct ShardAccount: Sendable {
    /// Ordinals of the quarantined rows, ascending.
    var badOrdinals: [Int] = []
    /// Readable rows.
    var goodRows = 0
    var withoutText = 0
    var outcome = ShardOutcome()
    /// Why the shard ended early.
    var error: ShardError?

    var rows: Int { goodRows + badOrdinals.count }

    /// The ordinal of the n-th readable row.
    ///
    /// - Complexity: O(log quarantined rows).
    func ordinal(ofReadable index: Int) -> Int {
        var low = 0
        var high = badOrdinals.count
        while low < high {
            let middle = (low + high) / 2
            if badOrdinals[middle] - middle <= index { low = middle + 1 } else { high = middle }
        }
        return index + low
    }

    /// How many readable rows lie before an ordinal.
    func readableRows(before ordinal: Int) -> Int {
        var low = 0
        var high = badOrdinals.count
        while low < high {
            let middle = (low + high) / 2
            if badOrdinals[middle] < ordinal { low = middle + 1 } else { high = middle }
        }
        return ordinal - low
    }
}
