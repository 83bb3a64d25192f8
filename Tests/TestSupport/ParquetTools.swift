import Foundation

/// The Parquet plug-in and the pinned pyarrow of `.deps`, with which tests make and read files.
package enum ParquetTools {
    /// Where a script of the tests has failed.
    package struct ScriptError: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    private static let dependencies = Fixture.projectRoot.appendingPathComponent(".deps")

    package static let plugin = dependencies.appendingPathComponent("parquet/libassay_parquet.so")

    private static let python = dependencies.appendingPathComponent("python/bin/python")

    /// Whether both are there; where not, a line is printed once.
    package static let areReady: Bool = {
        let installed = dependencies.appendingPathComponent("python/pyarrow.stamp")
        let places = [plugin, python, installed].map(\.path)
        let ready = places.allSatisfy { FileManager.default.fileExists(atPath: $0) }
        if !ready { print("skipped: no Parquet plug-in or no pyarrow in .deps; run: .ci/parquet --tests") }
        return ready
    }()

    /// Runs a script that lies in `Tests/TestSupport/Parquet`, or at a path from the root.
    ///
    /// - Returns: what it printed.
    @discardableResult
    package static func run(_ script: String, _ arguments: [String]) throws -> String {
        let own = Fixture.projectRoot.appendingPathComponent("Tests/TestSupport/Parquet/\(script)")
        let place = script.hasPrefix("/") ? URL(fileURLWithPath: script) : own
        let outcome = try CommandRunner.tool(python.path, [place.path] + arguments)
        guard outcome.status == 0 else { throw ScriptError(description: "\(script): \(outcome.errorText)") }
        return outcome.text
    }
}
