import CICU

/// Versions that decide what a normal form is.
package enum TextFormsVersions {
    package static let all: [(name: String, version: String)] = [
        ("ICU", String(cString: cicu_version())), ("Unicode", String(cString: cicu_unicode_version())),
    ]
}
