/// A part of the page with its heading.
struct PageSection {
    /// A table, a plot, samples or lines; each optional.
    struct Block {
        var table: PageTable?
        var plot: PagePlot?
        var samples: [PageSample] = []
        var notes: [String] = []
        /// SQL that gives all of it.
        var query: String?

        static func table(_ table: PageTable, query: String? = nil) -> Block {
            var block = Block()
            block.table = table
            if let query { block.query = "sqlite3 RUN/findings.sqlite \"\(query)\"" }
            return block
        }

        static func plot(_ plot: PagePlot) -> Block {
            var block = Block()
            block.plot = plot
            return block
        }

        static func samples(_ samples: [PageSample]) -> Block {
            var block = Block()
            block.samples = samples
            return block
        }

        static func notes(_ notes: [String]) -> Block {
            var block = Block()
            block.notes = notes
            return block
        }
    }

    var anchor: String
    var heading: String
    /// What it means, and what it does not.
    var meaning: String
    var limit: String
    var blocks: [Block] = []
}
