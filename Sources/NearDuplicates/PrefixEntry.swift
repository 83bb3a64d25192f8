import TextForms

/// The hash of the normal form of a proper prefix of a row's turns.
struct PrefixEntry {
    var hash: Hash128
    /// The row's place in its chunk.
    var localRow: UInt64
}
