/// Disjoint sets over 0..<count; which rows may have to be compared, never which are duplicates.
///
/// Path halving (Tarjan and van Leeuwen 1984); linking by number, so that roots are the smallest members.
struct UnionFind {
    private(set) var parent: [UInt32]

    init(count: Int) { parent = (0..<UInt32(count)).map { $0 } }

    mutating func find(_ element: Int) -> Int {
        var at = element
        while Int(parent[at]) != at {
            parent[at] = parent[Int(parent[at])]
            at = Int(parent[at])
        }
        return at
    }

    /// The smaller of the two roots becomes the root, so that the result does not depend on the order.
    mutating func unite(_ left: Int, _ right: Int) {
        let a = find(left)
        let b = find(right)
        if a < b { parent[b] = UInt32(a) } else if b < a { parent[a] = UInt32(b) }
    }

    /// Joins the sets of another partition of the same elements.
    mutating func merge(_ other: UnionFind) {
        for element in other.parent.indices { unite(element, Int(other.parent[element])) }
    }
}
