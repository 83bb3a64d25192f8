/// What stops a profile: scratch or a list cannot be used.
package struct ProfileError: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// A scratch file cannot be written or read.
        case scratch
        /// A list cannot be used.
        case list
    }

    package let code: Code
    package let message: String

    package var description: String { message }

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
