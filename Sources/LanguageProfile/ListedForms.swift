import TextForms

/// Misspellings that are listed with their right forms: `bad->good`, one a line; of several right forms, separated
/// by commas, the first counts.
package struct ListedForms: Sendable {
    private var right: [[UInt8]: [UInt8]] = [:]
    /// Wrong forms of lists that overrule word lists.
    private var overruling: Set<[UInt8]> = []

    package init() {}

    /// Lines of the form `bad->good` that were added.
    package private(set) var lines = 0

    /// Adds a list; a later list does not change what an earlier one says, unless it overrules.
    ///
    /// Lines without `->` and lines that begin with `#` are left out. A right form of several words is written
    /// with spaces.
    ///
    /// - Parameter overrules: whether its wrong forms are wrong though a word list has them, and though an earlier list
    ///   has another right form.
    /// - Returns: the number of lines that no row can match: an empty form, a wrong form of several words, or one that
    ///   differs from the right one by capitals alone.
    /// - Complexity: O(bytes).
    package mutating func add(list: UnsafeRawBufferPointer, overrules: Bool = false) -> Int {
        var useless = 0
        for line in list.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard line.first != UInt8(ascii: "#"),
                let arrow = line.indices.first(where: {
                    line[$0] == UInt8(ascii: "-") && $0 + 1 < line.endIndex
                        && line[$0 + 1] == UInt8(ascii: ">")
                })
            else { continue }
            lines += 1
            let wrong = LexicalReader.key(of: Self.trimmed(line[line.startIndex..<arrow]))
            let good = line[(arrow + 2)...].prefix { $0 != UInt8(ascii: ",") }
            let form = LexicalReader.key(of: Self.trimmed(good))
            guard !wrong.isEmpty, !form.isEmpty, wrong != form, !wrong.contains(0x20) else {
                useless += 1
                continue
            }
            if overrules {
                overruling.insert(wrong)
                if right[form] == wrong { right[form] = nil }
            }
            if overrules || right[wrong] == nil { right[wrong] = form }
        }
        return useless
    }

    /// Whether a form is wrong whatever word lists say.
    func overrules(_ key: UnsafeRawBufferPointer) -> Bool {
        !overruling.isEmpty && overruling.contains(Array(key))
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
