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

/// Rows by a number of 64 bits; a table of open addressing.
private final class SliceCounts {
    private var entries: UnsafeMutableBufferPointer<Entry>
    private var used = 0

    private struct Entry {
        var key: UInt64 = 0
        var wrong: UInt32 = 0
        var right: UInt32 = 0

        var isFree: Bool { wrong == 0 && right == 0 }
    }

    init() {
        entries = .allocate(capacity: 256)
        entries.initialize(repeating: Entry())
    }

    deinit { entries.deallocate() }

    func add(_ key: UInt64, isWrong: Bool) {
        let place = place(of: key)
        if entries[place].isFree {
            used += 1
            entries[place].key = key
        }
        if isWrong { entries[place].wrong &+= 1 } else { entries[place].right &+= 1 }
        if used * 2 > entries.count { grow() }
    }

    func forEach(_ body: (UInt64, PairTally.Rows) -> Void) {
        for entry in entries where !entry.isFree {
            var rows = PairTally.Rows()
            rows.wrong = Int(entry.wrong)
            rows.right = Int(entry.right)
            body(entry.key, rows)
        }
    }

    @inline(__always)
    private func place(of key: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (entries.count - 1)
        while !entries[place].isFree, entries[place].key != key { place = (place + 1) & (entries.count - 1) }
        return place
    }

    private func grow() {
        let old = entries
        entries = .allocate(capacity: old.count * 2)
        entries.initialize(repeating: Entry())
        for entry in old where !entry.isFree { entries[place(of: entry.key)] = entry }
        old.deallocate()
    }
}
