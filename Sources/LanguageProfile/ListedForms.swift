import TextForms

/// Misspellings that are listed with their right forms: `bad->good`, one a line; of several right forms, separated
/// by commas, the first counts.
package struct ListedForms: Sendable {
    private var right: [[UInt8]: [UInt8]] = [:]

    package init() {}

    package var count: Int { right.count }

    /// Adds a list; a later list does not change what an earlier one says.
    ///
    /// Lines without `->` and lines that begin with `#` are left out. A right form of several words is written
    /// with spaces.
    ///
    /// - Complexity: O(bytes).
    package mutating func add(list: UnsafeRawBufferPointer) {
        for line in list.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard line.first != UInt8(ascii: "#"),
                let arrow = line.indices.first(where: {
                    line[$0] == UInt8(ascii: "-") && $0 + 1 < line.endIndex
                        && line[$0 + 1] == UInt8(ascii: ">")
                })
            else { continue }
            let wrong = LexicalReader.key(of: Self.trimmed(line[line.startIndex..<arrow]))
            let good = line[(arrow + 2)...].prefix { $0 != UInt8(ascii: ",") }
            let form = LexicalReader.key(of: Self.trimmed(good))
            guard !wrong.isEmpty, !form.isEmpty, wrong != form, right[wrong] == nil else { continue }
            right[wrong] = form
        }
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        Array(bytes).trimmingSpaces
    }

    package func right(of wrong: [UInt8]) -> [UInt8]? { right[wrong] }
}

extension [UInt8] {
    fileprivate var trimmingSpaces: [UInt8] {
        var slice = self[...]
        while slice.first == 0x20 || slice.first == 0x09 { slice.removeFirst() }
        while slice.last == 0x20 || slice.last == 0x09 { slice.removeLast() }
        return Array(slice)
    }
}
