import CICU

/// Versions that decide what a normal form is.
package enum TextFormsVersions {
    package static let all: [(name: String, version: String)] = [
        ("ICU", text(cicu_version)), ("Unicode", text(cicu_unicode_version)),
    ]

    /// The first two of four numbers.
    private static func text(_ read: (UnsafeMutablePointer<UInt8>) -> Void) -> String {
        var parts: [UInt8] = [0, 0, 0, 0]
        parts.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { read(base) } }
        return "\(parts[0]).\(parts[1])"
    }
}
