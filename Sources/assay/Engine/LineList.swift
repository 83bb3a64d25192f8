import Findings

/// JSON lines of one batch for one file, with what belongs to each.
struct LineList<Tag> {
    private var bytes: [UInt8] = []
    private var json = JSONBytes()
    private(set) var items: [(end: Int, tag: Tag)] = []

    var isEmpty: Bool { items.isEmpty }

    /// Adds one line that `body` writes.
    mutating func add(_ tag: Tag, _ body: (inout JSONBytes) -> Void) {
        json.reset()
        body(&json)
        bytes.append(contentsOf: json.bytes)
        items.append((bytes.count, tag))
    }

    /// Calls `body` with each line, in order.
    func forEach(_ body: (UnsafeRawBufferPointer, Tag) throws -> Void) rethrows {
        try bytes.withUnsafeBytes { bytes in
            var start = 0
            for (end, tag) in items {
                try body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), tag)
                start = end
            }
        }
    }
}
