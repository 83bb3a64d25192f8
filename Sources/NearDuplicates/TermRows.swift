/// The text of some terms, and the casualties that hold each: up to `maximumRows`, those of the smallest numbers, so
/// that it does not matter which thread meets which row. Of one thread.
final class TermRows {
    static let maximumRows = 4096
    /// Rows beyond these before the largest are dropped.
    private static let slack = 1024

    private(set) var names: [String]
    private var rowsOf: [[UInt32]]

    /// - Parameter count: of the terms.
    init(count: Int) {
        names = Array(repeating: "", count: count)
        rowsOf = Array(repeating: [], count: count)
    }

    /// Takes the text of the term at a place.
    func name(_ place: Int, _ name: String) { names[place] = name }

    /// Notes that a row holds the term at a place.
    func add(_ row: UInt32, to place: Int) {
        if rowsOf[place].last == row { return }
        rowsOf[place].append(row)
        if rowsOf[place].count >= Self.maximumRows + Self.slack { cut(place) }
    }

    /// Rows in ascending order.
    func rows(of place: Int) -> [UInt32] { Array(rowsOf[place].sorted().prefix(Self.maximumRows)) }

    func merge(_ other: TermRows) {
        for place in names.indices {
            if names[place].isEmpty { names[place] = other.names[place] }
            rowsOf[place] += other.rowsOf[place]
            cut(place)
        }
    }

    private func cut(_ place: Int) { rowsOf[place] = rows(of: place) }
}
