import Foundation

/// Runs the built binary and captures what it prints.
package struct CommandRunner {
    /// What a run of the binary came to.
    package struct Outcome {
        package let status: Int32
        package let output: [UInt8]
        package let errors: [UInt8]

        package var text: String { String(decoding: output, as: UTF8.self) }
        package var errorText: String { String(decoding: errors, as: UTF8.self) }
        package var both: String { text + errorText }
    }

    /// Where there is no binary to run.
    package struct NoBinary: Error, CustomStringConvertible {
        package var description: String {
            "there is no assay binary; build it with: swift build -c release --product assay"
        }
    }

    /// The release build, else the product beside the test bundle.
    package static func binary() throws -> URL {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let places = [
            ProcessInfo.processInfo.environment["ASSAY_BINARY"].map { URL(fileURLWithPath: $0) },
            Fixture.projectRoot.appendingPathComponent(".build/release/assay"),
            Fixture.projectRoot.appendingPathComponent(".build/debug/assay"),
            beside.appendingPathComponent("assay"),
        ]
        for case let place? in places where FileManager.default.isExecutableFile(atPath: place.path) {
            return place
        }
        throw NoBinary()
    }

    /// Runs `assay` to its end.
    ///
    /// - Parameters:
    ///   - folder: the working folder; the project's by default.
    ///   - environment: values that are set beside those of the tests.
    ///   - input: standard input; nothing by default.
    package static func assay(
        _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:], input: [UInt8] = []
    ) throws -> Outcome {
        try run(try binary(), arguments, in: folder, environment: environment, input: input)
    }

    /// Runs a tool of the system, found by `PATH`.
    package static func tool(
        _ name: String, _ arguments: [String], in folder: URL? = nil, input: [UInt8] = []
    ) throws -> Outcome {
        try run(
            URL(fileURLWithPath: "/usr/bin/env"), [name] + arguments, in: folder, environment: [:],
            input: input)
    }

    /// A process of the binary that has not been started.
    package static func process(_ arguments: [String], in folder: URL? = nil) throws -> Process {
        let process = Process()
        process.executableURL = try binary()
        process.arguments = arguments
        process.currentDirectoryURL = folder ?? Fixture.projectRoot
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    private static func run(
        _ executable: URL, _ arguments: [String], in folder: URL?, environment: [String: String],
        input: [UInt8]
    ) throws -> Outcome {
        // Files, not pipes: nothing waits for a reader.
        let scratch = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let places = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
        try Data(input).write(to: places[0])
        for place in places.dropFirst() { try Data().write(to: place) }
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder ?? Fixture.projectRoot
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, given in given }
        let handles = [
            try FileHandle(forReadingFrom: places[0]), try FileHandle(forWritingTo: places[1]),
            try FileHandle(forWritingTo: places[2]),
        ]
        process.standardInput = handles[0]
        process.standardOutput = handles[1]
        process.standardError = handles[2]
        try process.run()
        process.waitUntilExit()
        for handle in handles { try handle.close() }
        return Outcome(
            status: process.terminationStatus, output: Array(try Data(contentsOf: places[1])),
            errors: Array(try Data(contentsOf: places[2])))
    }
}
