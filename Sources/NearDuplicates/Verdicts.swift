import Corpus
import Findings
import Synchronization

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
            precondition(!isSealed, "the decision has ended")
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
