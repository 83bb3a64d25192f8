import Corpus
import Findings

/// What remains of each slice while decisions are made.
package struct SliceBoard: Sendable {
    package struct Line: Sendable, Equatable {
        package var loss: RunSummary.SliceLoss
        /// Rows that go now.
        package var removed: Int
        /// Removed rows whose cluster nobody has decided.
        package var open: Int

        package var after: Int { loss.before - removed }
    }

    package private(set) var lines: [Line]
    private let places: [SliceValue: Int]
    private let table: ReviewTable
    /// Places of lines by slice set and by shard.
    private let placesOfSet: [[Int]]
    private let placesOfShard: [[Int]]

    /// - Parameter losses: as the run's summary has them, the worst first.
    /// - Complexity: O(removed rows x slices of a row).
    package init(_ losses: [RunSummary.SliceLoss], _ table: ReviewTable) {
        self.table = table
        lines = losses.map { Line(loss: $0, removed: $0.removed, open: 0) }
        let places = Dictionary(
            losses.enumerated().map { (SliceValue(field: $1.field, value: $1.value), $0) },
            uniquingKeysWith: { first, _ in first })
        self.places = places
        placesOfSet = table.sliceSets.map { $0.compactMap { places[table.sliceValues[Int($0)]] } }
        placesOfShard = table.shards.map { shard in
            SliceValue.places(ofShard: shard.name).compactMap { places[$0] }
        }
        for removal in table.removals { for line in lineNumbers(of: removal) { lines[line].open += 1 } }
    }

    /// The lines of the slices that a removed row lies in.
    func lineNumbers(of removal: RemovalRecord) -> [Int] {
        let set = Int(removal.sliceSet)
        return (placesOfSet.indices.contains(set) ? placesOfSet[set] : [])
            + (placesOfShard.indices.contains(Int(removal.shard)) ? placesOfShard[Int(removal.shard)] : [])
    }

    /// The row comes back, or goes again.
    mutating func add(_ change: Int, removal: RemovalRecord) {
        for line in lineNumbers(of: removal) { lines[line].removed += change }
    }

    /// A row that the plan keeps goes, or stays again.
    mutating func add(_ change: Int, slices: [SliceValue], shard: Int32) {
        for value in slices { if let line = places[value] { lines[line].removed += change } }
        guard placesOfShard.indices.contains(Int(shard)) else { return }
        for line in placesOfShard[Int(shard)] { lines[line].removed += change }
    }

    mutating func addOpen(_ change: Int, removal: RemovalRecord) {
        for line in lineNumbers(of: removal) { lines[line].open += change }
    }

    /// Whether a removed row lies in a line's slice.
    func isIn(_ line: Int, _ removal: RemovalRecord) -> Bool { lineNumbers(of: removal).contains(line) }

    /// Slices with undecided removals, the most endangered first: those of at least five rows that lose more than the
    /// corpus does, by the order of the report, then the others.
    func inDanger(corpusShare: Double) -> [Int] {
        let open = lines.indices.filter { lines[$0].open > 0 && lines[$0].loss.field != "shard" }
        func isEndangered(_ line: Int) -> Bool {
            lines[line].loss.before >= 5
                && Double(lines[line].removed) > corpusShare * Double(lines[line].loss.before)
        }
        return open.filter(isEndangered) + open.filter { !isEndangered($0) }
    }
}
