import Glibc

/// Matches in memory that grows in place where the system can remap it: an array that is copied as it grows would
/// need twice as much at its end. For one thread at a time.
final class MatchBuffer {
    private var base: UnsafeMutablePointer<Match>?
    private var capacity = 0
    private(set) var count = 0

    deinit { free(base) }

    subscript(place: Int) -> Match {
        get {
            guard let base, place < count else { preconditionFailure("no such match") }
            return base[place]
        }
        set {
            guard let base, place < count else { preconditionFailure("no such match") }
            base[place] = newValue
        }
    }

    /// - Complexity: O(1), amortised.
    func append(_ match: Match) {
        if count == capacity {
            capacity = max(1024, capacity + capacity / 2)
            // `Match` is trivial: its bytes may be moved.
            let memory = realloc(base, capacity * MemoryLayout<Match>.stride)
            guard let memory else { preconditionFailure("out of memory") }
            base = memory.bindMemory(to: Match.self, capacity: capacity)
        }
        base?[count] = match
        count += 1
    }

    /// Drops the matches that a rule does not name, by place; the others keep their order.
    ///
    /// - Complexity: O(matches).
    func keep(where isKept: (_ place: Int, Match) -> Bool) {
        guard let base else { return }
        var kept = 0
        for place in 0..<count where isKept(place, base[place]) {
            base[kept] = base[place]
            kept += 1
        }
        count = kept
    }

    func swap(_ first: Int, _ second: Int) {
        let match = self[first]
        self[first] = self[second]
        self[second] = match
    }
}
