/// One of the two samples that are compared.
package enum ComparisonSide: UInt8, Sendable, CaseIterable {
    /// The synthetic rows, or whatever is compared with the others.
    case left
    /// What users type, or whatever the left side is to look like.
    case right
}
