/// One message of a row: who speaks, and where its text lies in the row's text (byte offsets).
package struct Turn: Sendable, Equatable {
    package var role: Role
    package var mark: TurnMark
    /// A field of its own (`instruction`, `input`), no message of a list.
    package var isField: Bool
    package var offset: UInt32
    package var length: UInt32

    package init(role: Role, mark: TurnMark = .none, isField: Bool = false, offset: Int, length: Int) {
        self.role = role
        self.mark = mark
        self.isField = isField
        self.offset = UInt32(truncatingIfNeeded: offset)
        self.length = UInt32(truncatingIfNeeded: length)
    }

    package var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}
