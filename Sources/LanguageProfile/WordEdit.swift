/// How one word becomes another by one typing error, and how likely that error is.
enum WordEdit {
    /// Restricted Damerau distance (optimal string alignment) up to a limit.
    ///
    /// - Returns: `limit` + 1 for any greater distance.
    /// - Complexity: O(product of the lengths).
    static func distance(_ first: [UInt32], _ second: [UInt32], limit: Int) -> Int {
        if abs(first.count - second.count) > limit { return limit + 1 }
        var beforeLast = [Int](repeating: 0, count: second.count + 1)
        var last = Array(0...second.count)
        var row = last
        for i in 0..<first.count {
            row[0] = i + 1
            var least = row[0]
            for j in 0..<second.count {
                var cost = last[j] + (first[i] == second[j] ? 0 : 1)
                cost = min(cost, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row[j + 1] = cost
                least = min(least, cost)
            }
            if least > limit { return limit + 1 }
            (beforeLast, last, row) = (last, row, beforeLast)
        }
        return min(last[second.count], limit + 1)
    }

    /// The kinds of one error.
    enum Kind {
        /// Two neighbouring letters changed places.
        case transposed
        /// A doubled letter written once, or a single one twice.
        case doubling
        case missingLetter
        case extraLetter
        /// A vowel for a vowel, or a neighbour on the keyboard.
        case nearSubstitution
        case farSubstitution

        /// Powers of two by which the error is likelier than a far substitution; chosen from the errors of typed
        /// bank queries.
        var weight: Double {
            switch self {
            case .transposed, .doubling: 4
            case .missingLetter: 2.5
            case .extraLetter: 2
            case .nearSubstitution: 2
            case .farSubstitution: 0
            }
        }
    }

    /// The error that makes `wrong` of `right`, and its place in the shorter word; of words at distance 1.
    static func kind(wrong: [UInt32], right: [UInt32]) -> (kind: Kind, place: Int) {
        var at = 0
        while at < wrong.count, at < right.count, wrong[at] == right[at] { at += 1 }
        if wrong.count == right.count {
            if at + 1 < wrong.count, wrong[at] == right[at + 1], wrong[at + 1] == right[at] {
                return (.transposed, at)
            }
            guard at < wrong.count else { return (.farSubstitution, at) }
            return (isNear(wrong[at], right[at]) ? .nearSubstitution : .farSubstitution, at)
        }
        let longer = wrong.count > right.count ? wrong : right
        let isDoubled =
            (at > 0 && longer[at] == longer[at - 1])
            || (at + 1 < longer.count && longer[at] == longer[at + 1])
        if isDoubled { return (.doubling, at) }
        return (wrong.count > right.count ? .extraLetter : .missingLetter, at)
    }

    private static let keyboard: [[UInt8]] = ["qwertyuiop", "asdfghjkl;'", "zxcvbnm,."].map { Array($0.utf8) }
    private static let vowels = Set("aeiouy".unicodeScalars.map(\.value))

    /// Two vowels, or keys that touch on a QWERTY keyboard.
    private static func isNear(_ first: UInt32, _ second: UInt32) -> Bool {
        if vowels.contains(first), vowels.contains(second) { return true }
        guard let a = key(first), let b = key(second) else { return false }
        let rows = b.row - a.row
        let columns = b.column - a.column
        switch rows {
        case 0: return abs(columns) == 1
        case 1: return columns == 0 || columns == -1
        case -1: return columns == 0 || columns == 1
        default: return false
        }
    }

    private static func key(_ letter: UInt32) -> (row: Int, column: Int)? {
        guard let byte = UInt8(exactly: letter) else { return nil }
        for (row, keys) in keyboard.enumerated() {
            if let column = keys.firstIndex(of: byte) { return (row, column) }
        }
        return nil
    }
}
