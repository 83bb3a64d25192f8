/// A decision that cannot be made; the text says why, for the reviewer.
package enum ReviewError: Error, Sendable, Equatable, CustomStringConvertible {
    case noSuchRow
    case keeperOfAnotherCorpus
    case nothingToDecide
    case emptyFilter
    case noStatement
    case wrongRequest(String)

    package var description: String {
        switch self {
        case .noSuchRow: "there is no such row in the queue; load the page again"
        case .keeperOfAnotherCorpus:
            "the keeper belongs to a corpus of --against, which is never touched; restore the row instead"
        case .nothingToDecide: "the run removes no row and found no eval item: there is nothing to sign off"
        case .emptyFilter: "give at least one condition, as similarity >= 0.95"
        case .noStatement: "a sign-off needs a statement: what was looked at, and what for"
        case .wrongRequest(let reason): reason
        }
    }
}
