import Corpus
import Findings

/// Of some slices the casualties that lose most text.
struct WorstCasualties {
    private let names: [String]
    private let most: Int
    /// The places of slices among `names` that each interned set is in.
    private let slicesOfSet: [[Int]]
    private let store: RunStore
    private var worst: [[RunStore.Loss]]

    /// - Parameter most: casualties of a slice.
    /// - Throws: `FindingsError`.
    init(slices: [RunSummary.SliceLoss], store: RunStore, most: Int) throws {
        names = slices.map { "\($0.field)=\($0.value)" }
        self.most = most
        self.store = store
        let (values, sets) = try store.slices()
        let places = Dictionary(
            slices.enumerated().map { (SliceValue(field: $1.field, value: $1.value), $0) },
            uniquingKeysWith: { first, _ in first })
        slicesOfSet = sets.map { $0.compactMap { places[values[Int($0)]] } }
        worst = Array(repeating: [], count: slices.count)
    }

    /// Takes the next removed row; rows come in order.
    mutating func add(_ removal: RunStore.Loss) {
        guard slicesOfSet.indices.contains(Int(removal.sliceSet)) else { return }
        for slice in slicesOfSet[Int(removal.sliceSet)] {
            let place = worst[slice].firstIndex { $0.textLost < removal.textLost } ?? worst[slice].count
            guard place < most else { continue }
            worst[slice].insert(removal, at: place)
            if worst[slice].count > most { worst[slice].removeLast() }
        }
    }

    /// By slice in their order, the most text lost first.
    ///
    /// - Throws: `FindingsError`.
    func found() throws -> [(group: String, removal: RemovalRecord)] {
        try zip(names, worst).flatMap { name, losses in
            try losses.compactMap { try store.removal(ofRow: $0.row) }.map { ("Slice \(name)", $0) }
        }
    }
}
