/// How a row matched its keeper; the first that applies.
package enum CasualtyKind: UInt8, Sendable, CaseIterable {
    /// Equal in every turn, part, tool call and mapped field, byte for byte after decoding.
    case identical
    /// The same normal form.
    case exact
    /// Exact Jaccard similarity at or over the threshold.
    case near
    /// Containment at or over C.
    case contained
    /// The turns are a proper prefix of the keeper's.
    case prefix

    /// The name in reports, options and JSON.
    package var name: String {
        switch self {
        case .identical: "identical"
        case .exact: "exact"
        case .near: "near"
        case .contained: "contained"
        case .prefix: "prefix"
        }
    }
}
