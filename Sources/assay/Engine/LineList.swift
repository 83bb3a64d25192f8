import Findings

/// JSON lines of one batch for one file, with what belongs to each.
struct LineList<Tag> {
    private var json = JSONBytes()
    private(set) var items: [(end: Int, tag: Tag)] = []

    var isEmpty: Bool { items.isEmpty }

    /// Adds one line that `body` writes.
    @inline(__always)
    mutating func add(_ tag: Tag, _ body: (inout JSONBytes) -> Void) {
        json.beginValue()
        body(&json)
        items.append((json.count, tag))
    }

    /// Calls `body` with each line, in order.
    func forEach(_ body: (UnsafeRawBufferPointer, Tag) throws -> Void) rethrows {
        try json.withUnsafeBytes { bytes in
            var start = 0
            for (end, tag) in items {
                try body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), tag)
                start = end
            }
        }
    }
}
