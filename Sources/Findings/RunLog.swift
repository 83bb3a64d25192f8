/// `run.log.json`: what differs between two runs of the same, and what nothing reproducible rests on.
package struct RunLog: Sendable, Equatable, Codable {
    package struct Input: Sendable, Equatable, Codable {
        package var corpus: String
        package var name: String
        package var path: String

        package init(corpus: String = "training", name: String, path: String) {
            self.corpus = corpus
            self.name = name
            self.path = path
        }
    }

    package struct Phase: Sendable, Equatable, Codable {
        package var name: String
        package var seconds: Double
        package var cpuSeconds: Double

        package init(name: String, seconds: Double, cpuSeconds: Double) {
            self.name = name
            self.seconds = seconds
            self.cpuSeconds = cpuSeconds
        }
    }

    package var schemaVersion = 1
    package var arguments: [String] = []
    package var workingFolder = ""
    package var host = ""
    /// ISO 8601, UTC.
    package var started = ""
    package var finished = ""
    package var threads = 0
    /// The limit given by `--memory`, in bytes.
    package var memoryLimit: Int?
    /// The largest resident set, in bytes.
    package var peakMemory: Int?
    package var scratchFolder: String?
    /// The most bytes that lay in scratch.
    package var peakScratch: Int?
    package var inputs: [Input] = []
    package var phases: [Phase] = []
    package var notes: [String] = []

    package init() {}

    /// - Throws: nothing that a log can cause.
    package func encoded() throws -> [UInt8] { try JSONBytesEncoder.encode(self) }

    /// Reads the log of a run.
    ///
    /// - Throws: `fileSystem`, `damaged`.
    package init(run folder: String) throws {
        self = try RunDocument.read(RunLog.self, path: "\(folder)/\(RunFile.log.name)")
    }
}
