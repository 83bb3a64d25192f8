import Corpus
import Findings
import Synchronization

/// Why a row that matched stays. `keeper`: it is contained in another row, but rows were removed for its sake.
package enum SparingRule: UInt8, Sendable, CaseIterable {
    case labelConflict, number, `operator`, negation, otherDifference, protect, keeper, keep, floor

    /// The name in files; sparing by difference bears the class's name.
    package func name(difference: DifferenceClass) -> String {
        switch self {
        case .labelConflict: "label-conflict"
        case .number: "number"
        case .operator: "operator"
        case .negation: "negation"
        case .otherDifference: difference.name
        case .protect: "protect"
        case .keeper: "keeper"
        case .keep: "keep"
        case .floor: "floor"
        }
    }

    init(sparing difference: DifferenceClass) {
        switch difference {
        case .labelConflict: self = .labelConflict
        case .number: self = .number
        case .operator: self = .operator
        case .negation: self = .negation
        default: self = .otherDifference
        }
    }
}

/// A verified match of a row with a keeper.
package struct Match: Sendable, Equatable {
    package var row: UInt32
    package var keeper: UInt32
    package var kind: CasualtyKind
    package var difference: DifferenceClass
    /// Shingles that both have, and shingles of either, of the side with the smaller quotient (for `contained`:
    /// shingles of the row).
    package var shared: UInt32
    package var total: UInt32
    /// Share of the row's shingles that the keeper lacks.
    package var textLost: Float

    package init(
        row: UInt32, keeper: UInt32, kind: CasualtyKind, difference: DifferenceClass, shared: UInt32 = 1,
        total: UInt32 = 1, textLost: Float = 0
    ) {
        self.row = row
        self.keeper = keeper
        self.kind = kind
        self.difference = difference
        self.shared = shared
        self.total = total
        self.textLost = textLost
    }

    package var similarity: Double { total == 0 ? 1 : Double(shared) / Double(total) }
}

/// A row that matched and stays.
package struct SparedMatch: Sendable {
    package var match: Match
    package var rule: SparingRule
}

/// What was decided: 4 bytes a row, and a match for each casualty.
///
/// Rows are decided by several threads at once; after `seal` nothing changes, and reading takes no lock.
package final class Verdicts: @unchecked Sendable {  // places: a row's one owner writes; matches: `lock`
    /// `place` of a row that stays.
    private static let kept = UInt32.max

    private let places: UnsafeMutableBufferPointer<UInt32>
    private let lock = Mutex<Void>(())
    private let matches = MatchBuffer()
    private var isSealed = false

    init(rowCount: Int) {
        places = .allocate(capacity: rowCount)
        places.initialize(repeating: Self.kept)
    }

    deinit { places.deallocate() }

    package var rowCount: Int { places.count }

    package func isRemoved(_ row: Int) -> Bool { places[row] != Self.kept }

    /// The match by which a row is removed; `nil` if it stays.
    package func casualty(_ row: Int) -> Match? {
        let place = places[row]
        if place == Self.kept { return nil }
        if isSealed { return matches[Int(place)] }
        return lock.withLock { _ in matches[Int(place)] }
    }

    /// Removes a row, or gives a removed one another match.
    ///
    /// - Precondition: not sealed; nor is any of the following.
    func remove(_ match: Match) {
        let row = Int(match.row)
        lock.withLock { _ in
            if places[row] == Self.kept {
                places[row] = UInt32(matches.count)
                matches.append(match)
            } else {
                matches[Int(places[row])] = match
            }
        }
    }

    func restore(_ row: Int) { places[row] = Self.kept }

    /// Ends the decision. Matches are put in the order of their rows, so that reading them is sequential.
    ///
    /// - Complexity: O(rows), in place.
    func seal() {
        lock.withLock { _ in
            // A restored row has left its match behind.
            matches.keep { place, match in Int(places[Int(match.row)]) == place }
            var next: UInt32 = 0
            for row in places.indices where places[row] != Self.kept {
                places[row] = next
                next += 1
            }
            for place in 0..<matches.count {
                while Int(places[Int(matches[place].row)]) != place {
                    matches.swap(place, Int(places[Int(matches[place].row)]))
                }
            }
            isSealed = true
        }
    }
}
