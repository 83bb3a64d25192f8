/// Which sampled rows belong together: connected components of verified duplicate pairs, over both sides. One
/// component is one draw: it lies in one fold, and intervals are drawn by components.
package struct SampleComponents: Sendable {
    /// The component of each row, numbered from 0 in order of their first rows.
    package private(set) var ofRow: [Int]
    package private(set) var count: Int

    /// - Parameter roots: for each row any number that the rows of its component share.
    package init(roots: [Int]) {
        var numbers: [Int: Int] = [:]
        ofRow = roots.map { root in
            let number = numbers[root] ?? numbers.count
            numbers[root] = number
            return number
        }
        count = numbers.count
    }

    /// Rows of each component.
    var sizes: [Int] {
        var sizes = [Int](repeating: 0, count: count)
        for component in ofRow { sizes[component] += 1 }
        return sizes
    }

    /// The components of some rows, in their order.
    func restricted(to rows: [Int]) -> SampleComponents { SampleComponents(roots: rows.map { ofRow[$0] }) }

    /// Components on each side: what a sample of independent draws is worth.
    func counts(isRight: [Bool]) -> (left: Int, right: Int) {
        var seen = [UInt8](repeating: 0, count: count)
        for (row, component) in ofRow.enumerated() { seen[component] |= isRight[row] ? 2 : 1 }
        return (seen.count { $0 & 1 != 0 }, seen.count { $0 & 2 != 0 })
    }

    /// The fold of each component: larger ones first, each to the fold with the fewest rows.
    ///
    /// - Complexity: O(components x log components).
    func folds(_ foldCount: Int) -> [Int] {
        let sizes = sizes
        var rows = [Int](repeating: 0, count: foldCount)
        var folds = [Int](repeating: 0, count: count)
        for component in (0..<count).sorted(by: { (sizes[$1], $0) < (sizes[$0], $1) }) {
            var best = 0
            for fold in 1..<foldCount where rows[fold] < rows[best] { best = fold }
            folds[component] = best
            rows[best] += sizes[component]
        }
        return folds
    }
}
