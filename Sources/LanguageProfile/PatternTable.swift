/// The trie of a catalogue's patterns, for reading: nodes by number, edges by open addressing.
final class PatternTable {
    private struct Edge {
        /// The key and 1; 0 for a free place.
        var key: UInt64 = 0
        var node: Int32 = -1
    }

    private let nodes: UnsafeMutableBufferPointer<FeatureCatalogue.Node>
    /// The goals of all nodes, and of each node the first; at the end the number of all.
    private let goals: UnsafeMutableBufferPointer<FeatureCatalogue.Goal>
    private let firstGoal: UnsafeMutableBufferPointer<Int32>
    private let edges: UnsafeMutableBufferPointer<Edge>

    init(_ catalogue: FeatureCatalogue) {
        nodes = .allocate(capacity: catalogue.nodes.count)
        _ = nodes.initialize(fromContentsOf: catalogue.nodes)
        goals = .allocate(capacity: catalogue.goals.reduce(0) { $0 + $1.count })
        firstGoal = .allocate(capacity: catalogue.goals.count + 1)
        firstGoal.initializeElement(at: 0, to: 0)
        var goalCount = 0
        for (node, own) in catalogue.goals.enumerated() {
            for goal in own {
                goals.initializeElement(at: goalCount, to: goal)
                goalCount += 1
            }
            firstGoal.initializeElement(at: node + 1, to: Int32(goalCount))
        }
        var size = 64
        while size < catalogue.edges.count * 2 { size *= 2 }
        edges = .allocate(capacity: size)
        edges.initialize(repeating: Edge())
        for (key, node) in catalogue.edges {
            var slot = Self.slot(key, size)
            while edges[slot].key != 0 { slot = (slot + 1) & (size - 1) }
            edges[slot] = Edge(key: key + 1, node: node)
        }
    }

    deinit {
        nodes.deallocate()
        goals.deallocate()
        firstGoal.deallocate()
        edges.deallocate()
    }

    static func key(_ node: Int32, _ symbol: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: symbol))
    }

    @inline(__always)
    private static func slot(_ key: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32) & (size - 1)
    }

    @inline(__always)
    func node(_ number: Int32) -> FeatureCatalogue.Node { nodes[Int(number)] }

    @inline(__always)
    func forEachGoal(of node: Int32, _ body: (FeatureCatalogue.Goal) -> Void) {
        for at in Int(firstGoal[Int(node)])..<Int(firstGoal[Int(node) + 1]) { body(goals[at]) }
    }

    /// The node behind a node and a symbol; -1 where there is none.
    @inline(__always)
    func edge(from node: Int32, _ symbol: Int32) -> Int32 {
        let key = Self.key(node, symbol)
        var slot = Self.slot(key, edges.count)
        while edges[slot].key != 0 {
            if edges[slot].key == key + 1 { return edges[slot].node }
            slot = (slot &+ 1) & (edges.count - 1)
        }
        return -1
    }
}
