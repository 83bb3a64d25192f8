/// The turns of one row with the bytes they lie in; borrowed, valid only as long as its owner says.
package struct RowText {
    package var bytes: UnsafeRawBufferPointer
    package var turns: UnsafeBufferPointer<Turn>

    package init(bytes: UnsafeRawBufferPointer, turns: UnsafeBufferPointer<Turn>) {
        self.bytes = bytes
        self.turns = turns
    }

    /// The text of one turn, decoded from JSON, as it stood in the row.
    package func bytes(of turn: Turn) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[turn.range])
    }
}
