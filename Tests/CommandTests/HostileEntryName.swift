import TestSupport
import Testing

/// A case of a test is named by the file's path.
extension HostileList.Entry: CustomTestStringConvertible {
    public var testDescription: String { path }
}
