/// A table of the page, as its template reads it.
struct PageTable {
    struct Column {
        var name: String
        var isFigure: Bool

        init(_ name: String, isFigure: Bool = false) {
            self.name = name
            self.isFigure = isFigure
        }
    }

    struct Row {
        var cells: [Cell]

        init(_ cells: [Cell]) { self.cells = cells }
    }

    struct Cell {
        var text: String
        var isHead = false
        var isFigure = false
        /// What a figure is sorted by.
        var sortValue = ""
        var bar: PageBar?

        /// Text.
        static func text(_ text: String) -> Cell { Cell(text: text) }
        /// What a row is about.
        static func head(_ text: String) -> Cell { Cell(text: text, isHead: true) }
        /// A count.
        static func count(_ value: Int) -> Cell {
            Cell(text: Format.number(value), isFigure: true, sortValue: "\(value)")
        }
        /// A share as per cent, with a bar where one is given; `nil` is a dash.
        static func share(_ value: Double?, bar: PageBar? = nil) -> Cell {
            guard let value else { return Cell(text: "-", isFigure: true, sortValue: "-1") }
            return Cell(text: Format.percent(value), isFigure: true, sortValue: "\(value)", bar: bar)
        }
        /// A figure with its own text.
        static func figure(_ value: Double, _ text: String, bar: PageBar? = nil) -> Cell {
            Cell(text: text, isFigure: true, sortValue: "\(value)", bar: bar)
        }
    }

    var caption: String
    var tableAnchor: String
    var columns: [Column]
    var rows: [Row] = []
    /// What is not in the table.
    var leftOut: String?

    /// Rows from which a table has a filter.
    private static let longRows = 12

    /// Whether it gets a filter.
    private(set) var isLong = false

    init(_ caption: String, anchor: String, _ columns: [Column]) {
        self.caption = caption
        tableAnchor = anchor
        self.columns = columns
    }

    /// Fills the table with the first of `items`, and says how many are left out.
    mutating func fill<Item>(_ items: [Item], most: Int, of total: Int? = nil, _ row: (Item) -> [Cell]) {
        rows = items.prefix(most).map { Row(row($0)) }
        isLong = rows.count >= Self.longRows
        let all = total ?? items.count
        if all > rows.count {
            leftOut = "The first \(Format.number(rows.count)) of \(Format.number(all))."
        }
    }
}
