import Foundation

/// The list of hostile files with what is expected of each; empty where they are not beside the project, and then a
/// line is printed once.
package struct HostileList {
    /// A case of a test is named by the file's path.
    package struct Entry: Sendable, CustomStringConvertible {
        package let path: String
        package let expected: String
        package let url: URL

        package var description: String { path }
        /// The group: the first folder of the path.
        package var group: String { String(path.prefix { $0 != "/" }) }
        package var name: String { url.lastPathComponent }
        /// N of `accept: N rows`.
        package var acceptedRows: Int? {
            guard let match = expected.firstMatch(of: /^accept:? ([0-9,]+)/) else { return nil }
            return Int(match.1.filter(\.isNumber))
        }
    }

    package static let entries: [Entry] = {
        guard let folder = Fixture.optionalFolder("hostile") else { return [] }
        let list = folder.appendingPathComponent("expected.tsv")
        guard let text = try? String(contentsOf: list, encoding: .utf8) else {
            print("skipped: no expected.tsv in the hostile folder")
            return []
        }
        return text.split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return Entry(path: fields[0], expected: fields[2], url: folder.appendingPathComponent(fields[0]))
        }
    }()

    package static func entries(of groups: String...) -> [Entry] {
        entries.filter { groups.contains($0.group) }
    }
}
