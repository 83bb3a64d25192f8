import CText

/// SplitMix64: the same edits on every machine.
struct EditRandom {
    var state: UInt64

    /// A number from 0 to `limit` - 1.
    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        return Int(ctext_mix64(state) % UInt64(max(1, limit)))
    }
}
