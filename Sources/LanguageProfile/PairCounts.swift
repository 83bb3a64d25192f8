import Findings

/// What one thread counts of all pairs.
///
/// Most rows with a form have the right one alone; where they are draws of their own, they are counted in one column
/// of numbers, and only the others go to the tally of their pair.
package final class PairCounts {
    private var tallies: [PairTally]
    /// Rows with the right form alone that are draws of their own: for each pair those of each role, then all.
    private let right: UnsafeMutableBufferPointer<UInt32>
    private let slices = SliceCounts()
    private var values: [SliceValue] = []
    private var numbers: [SliceValue: UInt32] = [:]

    private static let columns = ProfileRole.count + 1

    /// - Parameter pairs: how many there are.
    package init(pairs: Int) {
        tallies = Array(repeating: PairTally(), count: pairs)
        right = .allocate(capacity: pairs * Self.columns)
        right.initialize(repeating: 0)
    }

    deinit { right.deallocate() }

    /// The number by which `add` takes a slice.
    package func number(of value: SliceValue) -> UInt32 {
        if let known = numbers[value] { return known }
        let number = UInt32(values.count)
        numbers[value] = number
        values.append(value)
        return number
    }

    /// Adds a row that has some form of a pair.
    ///
    /// - Parameters:
    ///   - values: the row's slices, by their numbers.
    ///   - isWitness: whether clusters are made of it, if it has the wrong form.
    package func add(
        _ pair: Int, _ forms: PairTally.Forms, _ place: FeatureTallies.Place, unit: UInt64?,
        slices values: [UInt32], isWitness: Bool
    ) {
        for value in values {
            slices.add(UInt64(pair) << 32 | UInt64(value), isWrong: forms.wrong != 0)
        }
        guard forms.wrong == 0, unit == nil else {
            tallies[pair].add(forms, place, unit: unit, isWitness: isWitness)
            return
        }
        let base = pair * Self.columns
        var roles = forms.either
        while roles != 0 {
            right[base + roles.trailingZeroBitCount] &+= 1
            roles &= roles - 1
        }
        right[base + ProfileRole.count] &+= 1
    }

    /// The tallies of all pairs; nothing is added after it.
    ///
    /// - Complexity: O(pairs + slices of pairs).
    package func finish() -> [PairTally] {
        for pair in tallies.indices {
            let rows = right[pair * Self.columns..<(pair + 1) * Self.columns]
            if rows[rows.endIndex - 1] > 0 { tallies[pair].addRight(rows.map(Int.init)) }
        }
        slices.forEach { key, rows in
            tallies[Int(key >> 32)].add(rows, of: values[Int(key & 0xFFFF_FFFF)])
        }
        return tallies
    }
}
