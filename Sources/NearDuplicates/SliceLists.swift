/// Lists of slices, one after another in one array: reading one takes no reference.
struct SliceLists {
    private var ids: [Int] = []
    private var ends: [Int] = []

    var count: Int { ends.count }

    mutating func append(_ list: [Int]) {
        ids += list
        ends.append(ids.count)
    }

    /// Calls `body` with the slices of a list, in order.
    @inline(__always)
    func forEach(of list: Int, _ body: (Int) -> Void) {
        for place in (list == 0 ? 0 : ends[list - 1])..<ends[list] { body(ids[place]) }
    }
}
