/// A conversation written as one text, as preference sets have it: `Human:` and `Assistant:` at the start of a
/// paragraph say who speaks.
struct Transcript {
    struct Part {
        var role: Role
        /// Bytes of the text, without white space around them.
        var range: Range<Int>
    }

    private(set) var parts: [Part] = []

    private static let speakers: [(mark: [UInt8], role: Role)] = [
        (Array("Human:".utf8), .user), (Array("Assistant:".utf8), .assistant),
    ]

    /// - Returns: `nil` for a text that does not begin with a human's turn, or that has no answer.
    /// - Complexity: O(bytes).
    init?(_ text: UnsafeRawBufferPointer) {
        var at = 0
        while at < text.count, text[at] <= 0x20 { at += 1 }
        guard Self.speaker(in: text, at: at)?.role == .user else { return nil }
        var open: (role: Role, start: Int)?
        func close(at end: Int) {
            guard let (role, start) = open else { return }
            var range = start..<end
            while let first = range.first, text[first] <= 0x20 { range.removeFirst() }
            while let last = range.last, text[last] <= 0x20 { range.removeLast() }
            parts.append(Part(role: role, range: range))
        }
        while at < text.count {
            let isParagraph = open == nil || at >= 2 && text[at - 1] == 0x0A && text[at - 2] == 0x0A
            if isParagraph, let speaker = Self.speaker(in: text, at: at) {
                close(at: at)
                at += speaker.mark.count
                open = (speaker.role, at)
            } else {
                at += 1
            }
        }
        close(at: text.count)
        guard parts.contains(where: { $0.role == .assistant }) else { return nil }
    }

    private static func speaker(
        in text: UnsafeRawBufferPointer, at start: Int
    ) -> (mark: [UInt8], role: Role)? {
        speakers.first { speaker in
            text.count - start >= speaker.mark.count
                && UnsafeRawBufferPointer(rebasing: text[start..<start + speaker.mark.count])
                    .elementsEqual(speaker.mark)
        }
    }
}
