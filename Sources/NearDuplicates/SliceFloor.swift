import Corpus
import TextForms

/// The least number of rows that a slice keeps (`--floor SLICE:N`).
package struct SliceFloor: Sendable, Equatable {
    package var slice: SliceSelector
    package var rows: Int

    package init(slice: SliceSelector, rows: Int) {
        self.slice = slice
        self.rows = rows
    }
}
