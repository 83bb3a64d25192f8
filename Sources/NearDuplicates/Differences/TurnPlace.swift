/// Where a turn, or a part of one, stands that is looked at by itself.
struct TurnPlace {
    /// Of the turn in its text.
    var index: Int
    /// Bytes of the text.
    var range: Range<Int>
    /// One of several fields of a request.
    var isField: Bool
    /// Only the field at its own place can answer it.
    var staysInPlace = false
    /// A part of a message.
    var isPart = false
    /// A part that was compared with the one at its place.
    var isPaired = false
    /// Under a label that names neither an input nor what a message says: a slot of a form.
    var isSlot = false
    /// What stands before a part, if it does not begin its message.
    var previous = 0..<0
    /// Whether a part lies in the second half of its message.
    var isLate = false
}
