import CICU

/// Which Unicode data the text forms rest on: another version may give another normal form.
package enum UnicodeVersion {
    /// The version of the Unicode standard, as `15.0`.
    package static let standard = text(cicu_unicode_version)
    /// The version of the ICU library that is loaded, as `72.1`.
    package static let library = text(cicu_version)

    /// Four numbers with dots between them, without zeros at the end but for the second.
    private static func text(_ read: (UnsafeMutablePointer<UInt8>?) -> Void) -> String {
        var parts = [UInt8](repeating: 0, count: 4)
        read(&parts)
        while parts.count > 2, parts.last == 0 { parts.removeLast() }
        return parts.map { String($0) }.joined(separator: ".")
    }
}
