/// The way through the queue.
extension ReviewSession {
    /// The next place with an undecided cluster, after a place and then from the start; `nil` when all are decided.
    package func nextOpen(after place: Int) -> Int? {
        let places = Array(order.indices)
        let start = min(max(0, place + 1), places.count)
        return (places[start...] + places[..<start]).first {
            state.status(ofCluster: Int(order[$0])) == .open
        }
    }

    /// The place of the riskiest undecided cluster of the slice in most danger that is not `current`.
    ///
    /// - Parameter place: the cluster at hand, which is no way on.
    package func nextInDanger(after current: String?, from place: Int? = nil) -> (place: Int, slice: String)?
    {
        let summary = scope.summary.rows
        let share = summary.in == 0 ? 0 : Double(summary.removed) / Double(summary.in)
        let lines = board.inDanger(corpusShare: share)
        let names = lines.map { "\(board.lines[$0].loss.field)=\(board.lines[$0].loss.value)" }
        let start = current.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        for step in lines.indices {
            let at = (start + step) % lines.count
            let found = order.indices.first { other in
                let cluster = Int(order[other])
                return other != place && state.status(ofCluster: cluster) == .open
                    && table.members(ofCluster: cluster).contains {
                        board.isIn(lines[at], table.removals[Int($0)])
                    }
            }
            if let found { return (found, names[at]) }
        }
        return nil
    }
}
