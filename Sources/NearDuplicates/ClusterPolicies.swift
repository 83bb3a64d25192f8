import Corpus
import Findings
import TextForms

/// Restores casualties by `--keep` and `--floor`.
struct ClusterPolicies {
    private let table: RowTable
    private let configuration: DedupConfiguration
    private let slices: SliceIndex
    private let verdicts: Verdicts
    /// For each row the first row, in priority order, that is identical to it.
    private let representative: [UInt32]
    /// The row restored of each group of identical rows, by their representative.
    private var restoredOf: [UInt32: UInt32] = [:]
    private(set) var restored: [SparedMatch] = []

    /// Members of a cluster that `--keep` chooses among: the least similar ones.
    static let maximumChoices = 512

    init(decision: DedupDecision, representative: [UInt32]) {
        self.representative = representative
        table = decision.table
        configuration = decision.configuration
        slices = decision.slices
        verdicts = decision.verdicts
    }

    mutating func run() throws {
        if configuration.keptPerCluster > 1 { try keepFarthest() }
        for floor in configuration.floors { hold(floor) }
        followRestored()
    }

    /// Whether an identical row was restored already: a second one would be a copy.
    private func isCopy(_ match: Match) -> Bool { restoredOf[representative[Int(match.row)]] != nil }

    /// Rows identical to a restored row are its copies now, and no longer lose text to their keeper.
    private func followRestored() {
        if restoredOf.isEmpty { return }
        for row in 0..<table.rowCount where verdicts.isRemoved(row) {
            guard let first = restoredOf[representative[row]] else { continue }
            let sameOutside = table.outsideHash[row] == table.outsideHash[Int(first)]
            verdicts.remove(
                Match(
                    row: UInt32(row), keeper: first, kind: .identical,
                    difference: sameOutside ? .identical : .fields))
        }
    }

    private mutating func restore(_ match: Match, rule: SparingRule) {
        verdicts.restore(Int(match.row))
        restoredOf[representative[Int(match.row)]] = match.row
        restored.append(SparedMatch(match: match, rule: rule))
    }

    /// Keeps rows of each cluster until it has `keptPerCluster`: the keeper, then farthest first. Identical rows
    /// are copies and never kept for this.
    private mutating func keepFarthest() throws {
        var byKeeper: [UInt32: [Match]] = [:]
        for row in 0..<verdicts.rowCount {
            guard let match = verdicts.casualty(row), match.kind != .identical else { continue }
            byKeeper[match.keeper, default: []].append(match)
        }
        let shingler = try RowShingler(configuration: configuration)
        for keeper in byKeeper.keys.sorted() {
            let members = (byKeeper[keeper] ?? []).sorted {
                $0.similarity == $1.similarity ? $0.row < $1.row : $0.similarity < $1.similarity
            }
            try keepFarthest(of: Array(members.prefix(Self.maximumChoices)), shingler: shingler)
        }
    }

    private mutating func keepFarthest(of members: [Match], shingler: RowShingler) throws {
        var nearest = members.map(\.similarity)
        var isChosen = [Bool](repeating: false, count: members.count)
        let wanted = min(configuration.keptPerCluster - 1, members.count)
        let set = StampedSet()
        let other = StampedSet()
        var shingles: [UInt64] = []
        var buffer = ReadBuffer()
        for step in 0..<wanted {
            guard
                let next = members.indices.filter({ !isChosen[$0] && !isCopy(members[$0]) })
                    .min(by: { nearest[$0] < nearest[$1] })
            else { return }
            isChosen[next] = true
            restore(members[next], rule: .keep)
            if step + 1 == wanted { return }
            shingler.shingles(
                of: try table.record(Int(members[next].row), buffer: &buffer).text, set: set, into: &shingles)
            let count = shingles.count
            for index in members.indices where !isChosen[index] {
                let text = try table.record(Int(members[index].row), buffer: &buffer).text
                shingler.shingles(of: text, set: other, into: &shingles)
                let shared = shingles.withUnsafeBufferPointer { set.countHits(in: $0) }
                let similarity = Double(shared) / Double(max(1, count + shingles.count - shared))
                nearest[index] = max(nearest[index], similarity)
            }
        }
    }

    /// Spares the casualties of a slice most unlike their keeper until the slice has its rows.
    private mutating func hold(_ floor: SliceFloor) {
        if floor.slice.value == nil {
            let values = slices.rowsOfValue.keys.filter { slices.name(of: $0.dimension) == floor.slice.field }
            for value in values.sorted(by: { $0.value < $1.value }) {
                hold(
                    SliceFloor(
                        slice: SliceSelector(field: floor.slice.field, value: value.value), rows: floor.rows))
            }
            return
        }
        let members = slices.membership(of: floor.slice)
        var kept = 0
        var lost: [Match] = []
        for row in 0..<table.rowCount where members[Int(table.sliceSet[row])] {
            if table.flags[row].contains(.against) { continue }
            if let match = verdicts.casualty(row) {
                if match.kind != .identical { lost.append(match) }
            } else {
                kept += 1
            }
        }
        guard kept < floor.rows else { return }
        lost.sort { $0.similarity == $1.similarity ? $0.row < $1.row : $0.similarity < $1.similarity }
        for match in lost where kept < floor.rows && !isCopy(match) {
            restore(match, rule: .floor)
            kept += 1
        }
    }
}
