import Corpus
import TextForms

/// Which row of a duplicate pair stays (`--keeper`).
package enum KeeperPolicy: Sendable, Equatable {
    case first
    case longest
    /// The row whose declared slice value is rarest, then one with a label, then the longest, then the first.
    case rarestSlice
    /// The row whose value of a field comes first in a list; other values last.
    case priority(field: String, values: [String])
}
