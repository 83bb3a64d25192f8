import Foundation

/// The file that a pipeline shows beside a step.
enum StepSummary {
    /// The variable of the environment that names it.
    static let variable = "GITHUB_STEP_SUMMARY"

    /// Adds text to it; nothing where there is none.
    ///
    /// - Throws: `UsageError` where it cannot be written.
    static func append(_ text: String) throws {
        guard let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty else { return }
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        guard let file = FileHandle(forWritingAtPath: path) else {
            throw UsageError("\(variable): \(path) cannot be written")
        }
        defer { try? file.close() }
        do {
            try file.seekToEnd()
            try file.write(contentsOf: Data(text.utf8))
        } catch {
            throw UsageError("\(variable): \(path) cannot be written: \(error.localizedDescription)")
        }
    }
}
