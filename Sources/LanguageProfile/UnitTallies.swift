import CText

/// Turns by their features for each unit that rows are drawn by (author, conversation, cluster), in columns (roles);
/// of one thread, or of all once they are merged.
///
/// Of more than `most` units those are kept whose mixed number lies under a limit, which is halved until they fit. The
/// limit hangs on the set of units alone, so that no thread or order changes what is kept; sums over the sample are
/// scaled by what was left out (cluster sampling: Cochran, Sampling Techniques, 3rd ed., section 9A.2).
package struct UnitTallies: Sendable {
    /// What a variance needs of one feature.
    struct Spread {
        /// Units, in the whole; estimated where they are a sample.
        var units = 0
        /// The sum over units of the square of hits beyond the share.
        var squares = 0.0
        var isSample = false
        var likeness = UnitLikeness()

        /// The design effect with the turns of rows that are draws of their own.
        func designEffect(_ feature: Int, with single: RoleTally) -> Double {
            var likeness = likeness
            if !isSample { likeness.addSingle(hits: single.hits[feature], rows: single.turns) }
            return likeness.designEffect
        }
    }

    private struct Key: Hashable, Sendable {
        var unit: UInt64
        var column: UInt8
    }

    /// Units that are kept. Chosen: 10,000 draws tell a standard error to one part in a hundred.
    static let most = 10_000

    private let columns: Int
    private var places: [Key: Int] = [:]
    private var units: Set<UInt64> = []
    /// For each place: turns, words, then hits by feature.
    private var counts: [UInt32] = []
    private var halvings: UInt64 = 0
    /// Of each column, the places of its units, in the order of the units; made by `seal`.
    private var order: [[Int]] = []

    private static let stride = 2 + FeatureCatalogue.most

    init(columns: Int) { self.columns = columns }

    package var isSample: Bool { halvings > 0 }

    /// Adds the turns of one row.
    mutating func add(
        _ row: [FeatureTallies.TurnFeatures], _ union: FeatureReader.Set, unit: UInt64, column: Int
    ) {
        guard isKept(unit) else { return }
        let start = place(Key(unit: unit, column: UInt8(truncatingIfNeeded: column)))
        add(UInt32(truncatingIfNeeded: row.count), at: start)
        add(UInt32(clamping: row.reduce(0) { $0 + $1.words }), at: start + 1)
        union.forEachFeature { feature in
            let hits = FeatureTallies.turns(row, with: feature)
            add(UInt32(truncatingIfNeeded: hits), at: start + 2 + feature)
        }
        while units.count > Self.most { halve() }
    }

    @inline(__always)
    private mutating func add(_ more: UInt32, at place: Int) {
        counts[place] = counts[place].addingReportingOverflow(more).overflow ? .max : counts[place] + more
    }

    private func isKept(_ unit: UInt64) -> Bool {
        halvings == 0 || ctext_mix64(unit) >> (64 - halvings) == 0
    }

    private mutating func place(_ key: Key) -> Int {
        if let known = places[key] { return known }
        units.insert(key.unit)
        places[key] = counts.count
        counts.append(contentsOf: repeatElement(0, count: Self.stride))
        return counts.count - Self.stride
    }

    private mutating func halve() {
        halvings += 1
        let all = self
        places.removeAll(keepingCapacity: true)
        units.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        take(all)
    }

    private mutating func take(_ other: UnitTallies) {
        for (key, from) in other.places where isKept(key.unit) {
            let to = place(key)
            for at in 0..<Self.stride { add(other.counts[from + at], at: to + at) }
        }
    }

    mutating func merge(_ other: UnitTallies) {
        while halvings < other.halvings { halve() }
        take(other)
        while units.count > Self.most { halve() }
    }

    // MARK: Figures

    /// What a sum over the sample stands for.
    var scale: Double { Double(UInt64(1) << halvings) }

    /// Ends the counting: sets the order of all sums.
    mutating func seal() {
        let sorted = places.sorted { $0.key.unit < $1.key.unit }
        order = Array(repeating: [], count: columns)
        for item in sorted { order[Int(item.key.column)].append(item.value) }
    }

    /// The spread of a feature over the units that have turns in a column.
    func spread(_ feature: Int, column: Int, share: Double) -> Spread {
        var spread = Spread(isSample: isSample)
        guard !order.isEmpty else { return spread }
        for start in order[column] {
            let hits = Double(counts[start + 2 + feature])
            let rest = hits - share * Double(counts[start])
            spread.squares += rest * rest
            spread.likeness.add(hits: hits, rows: Double(counts[start]))
        }
        spread.units = Int(Double(order[column].count) * scale)
        spread.squares *= scale
        return spread
    }

    /// The same of the words of turns beyond their mean.
    func wordSpread(column: Int, mean: Double) -> Spread {
        var spread = Spread(isSample: isSample)
        guard !order.isEmpty else { return spread }
        for start in order[column] {
            let rest = Double(counts[start + 1]) - mean * Double(counts[start])
            spread.squares += rest * rest
        }
        spread.units = Int(Double(order[column].count) * scale)
        spread.squares *= scale
        return spread
    }
}
