import Corpus

/// Which clusters a bulk decision takes: those of which every removed row meets all conditions.
package struct ReviewFilter: Sendable, Equatable, Codable {
    /// The least similarity to the keeper.
    package var similarity: Double?
    /// `FIELD=VALUE`.
    package var slice: String?
    package var kind: String?
    package var difference: String?
    /// The largest share of a row's shingles that its keeper lacks.
    package var textLost: Double?

    package init() {}

    package var isEmpty: Bool { self == ReviewFilter() }

    /// For people, as `similarity >= 0.95, queue=refunds`.
    package var description: String {
        var parts: [String] = []
        if let similarity { parts.append("similarity >= \(similarity)") }
        if let textLost { parts.append("text lost <= \(textLost)") }
        if let kind { parts.append("kind \(kind)") }
        if let difference { parts.append("difference \(difference)") }
        if let slice { parts.append(slice) }
        return parts.isEmpty ? "all" : parts.joined(separator: ", ")
    }
}
