/// What stops the set-up of a text form: the Unicode library fails.
package struct TextFormsError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// ICU's normalisation data or break rules cannot be loaded.
        case unicodeLibrary = "unicode-library"
    }

    package let code: Code
    package let message: String

    package var description: String { message }

    /// - Parameters:
    ///   - service: what was asked of ICU.
    ///   - status: ICU's error number.
    static func unicodeLibrary(_ service: String, status: Int32) -> TextFormsError {
        TextFormsError(
            code: .unicodeLibrary,
            message: "ICU cannot open its \(service) (error \(status)); reinstall libicu with its data")
    }
}
