import CICU
import CText

/// Code points of UTF-8, and what Unicode says of them.
package enum CodePoints {
    /// One more than the greatest code point.
    static let limit = 0x110000
    /// ICU's number of the general category Lo, letters without case.
    static let otherLetter: Int32 = 5

    /// The number of code points of well-formed UTF-8.
    ///
    /// - Complexity: O(number of bytes).
    package static func count(_ utf8: UnsafeRawBufferPointer) -> Int {
        guard let bytes = utf8.assumingMemoryBound(to: UInt8.self).baseAddress else { return 0 }
        return ctext_count_code_points(bytes, utf8.count)
    }

    /// A maximal range of code points of one general category.
    struct CategoryRange {
        let points: Range<Int>
        let category: Int32

        /// L*: letters.
        var isLetter: Bool { (1...5).contains(category) }
        /// M*: marks.
        var isMark: Bool { (6...8).contains(category) }
        /// N*: numbers.
        var isNumber: Bool { (9...11).contains(category) }
        /// Neither unassigned (Cn) nor private use (Co) nor a surrogate (Cs).
        var isAssigned: Bool { category != 0 && category != 17 && category != 18 }
    }

    /// All code points by general category, in order.
    ///
    /// - Complexity: O(number of ranges), about 3,300.
    static func categoryRanges() -> [CategoryRange] {
        var ranges: [CategoryRange] = []
        withUnsafeMutablePointer(to: &ranges) { collected in
            cicu_each_category(
                { context, first, limit, category in
                    guard let context else { return 0 }
                    UnsafeMutableRawPointer(mutating: context)
                        .assumingMemoryBound(to: [CategoryRange].self).pointee
                        .append(
                            CategoryRange(points: Int(first)..<Int(limit), category: Int32(category)))
                    return 1
                }, collected)
        }
        return ranges
    }
}
