extension ShardAccount {
    /// Whether an ordinal is that of a quarantined row.
    func isBad(_ ordinal: Int) -> Bool {
        let place = ordinal - readableRows(before: ordinal)
        return place < badOrdinals.count && badOrdinals[place] == ordinal
    }
}
