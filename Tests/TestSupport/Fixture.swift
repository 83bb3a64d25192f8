import Foundation

/// Where the optional corpora for tests lie.
package enum Fixture {
    /// A folder of optional test data beside the project; `nil`, with a printed line, where it is absent.
    package static func optionalFolder(_ name: String) -> URL? {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let candidates = [
            ProcessInfo.processInfo.environment["ASSAY_TEST_DATA"].map { URL(fileURLWithPath: $0) },
            root.deletingLastPathComponent().appendingPathComponent("shared"),
        ]
        for case let base? in candidates {
            let folder = base.appendingPathComponent(name)
            if FileManager.default.fileExists(atPath: folder.path) { return folder }
        }
        print("skipped: no \(name) folder beside the project")
        return nil
    }

    /// The project's top folder.
    package static var projectRoot: URL {
        URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// A fresh folder for one test.
    package static func scratchFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("assay-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
