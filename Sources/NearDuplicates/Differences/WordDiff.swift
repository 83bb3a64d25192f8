/// The word diff of two rows, for showing on a screen: runs that are the same and runs that differ.
package struct WordDiff: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// The same words on both sides (perhaps in other case or spacing).
        case equal
        /// Only the row has it: its keeper range is empty.
        case rowOnly
        /// Only the keeper has it: its row range is empty.
        case keeperOnly
        case replaced
    }

    /// One run. An empty range stands where the other side's bytes would be inserted.
    package struct Hunk: Sendable, Equatable {
        package var kind: Kind
        /// Byte offsets into `RowText.bytes` of the row.
        package var rowRange: Range<Int>
        /// Byte offsets into `RowText.bytes` of the keeper.
        package var keeperRange: Range<Int>

        package init(kind: Kind, rowRange: Range<Int>, keeperRange: Range<Int>) {
            self.kind = kind
            self.rowRange = rowRange
            self.keeperRange = keeperRange
        }
    }

    /// In the order of the row's text; turns follow each other.
    package var hunks: [Hunk]

    package init(hunks: [Hunk] = []) { self.hunks = hunks }
}
