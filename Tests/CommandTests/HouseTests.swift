import Foundation
import TestSupport
import Testing

/// The house's table of Sources/README.md, held against the manifest.
@Suite struct HouseTests {
    /// What each target may import of the project's own.
    static let allowed: [String: Set<String>] = [
        "Corpus": ["CJSON", "CText"],
        "TextForms": ["CICU", "CText", "Corpus"],
        "Shards": ["CArrow", "CJSON", "CText", "CZlib", "CZstd", "Corpus"],
        "Findings": ["CText", "CZstd", "Corpus"],
        "Pipeline": [],
        "NearDuplicates": ["CText", "Corpus", "Findings", "Pipeline", "TextForms"],
        "EvalOverlap": ["CText", "Corpus", "Findings", "Pipeline", "TextForms"],
        "LanguageProfile": ["CHunspell", "CText", "Corpus", "Findings", "TextForms"],
        "Comparison": ["CLinear", "CText", "Corpus", "Findings", "Pipeline", "TextForms"],
        "Reporting": ["Corpus", "Findings"],
        "Review": ["CText", "Corpus", "Findings"],
        "assay": [
            "CText", "Comparison", "Corpus", "EvalOverlap", "Findings", "LanguageProfile", "NearDuplicates",
            "Pipeline", "Reporting", "Review", "Shards", "TextForms",
        ],
    ]

    private struct Manifest: Decodable {
        struct Target: Decodable {
            struct Dependency: Decodable {
                var byName: [String?]?
                var product: [String?]?
            }

            var name: String
            var type: String
            var dependencies: [Dependency]
        }

        var targets: [Target]
    }

    @Test func `dependencies run one way`() throws {
        let scratch = try Fixture.scratchFolder()
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["swift", "package", "--scratch-path", scratch.path, "dump-package"]
        process.currentDirectoryURL = Fixture.projectRoot
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let manifest = try JSONDecoder().decode(Manifest.self, from: data)
        let own = Set(manifest.targets.map(\.name))
        let modules = manifest.targets.filter { $0.type == "regular" || $0.type == "executable" }
        for target in modules where !["CArrow", "CJSON", "CText", "TestSupport"].contains(target.name) {
            let allowed = try #require(Self.allowed[target.name], "\(target.name) is not in the table")
            let found = Set(target.dependencies.compactMap { $0.byName?.first ?? nil }).intersection(own)
            #expect(
                found.subtracting(allowed).isEmpty, "\(target.name) depends on \(found.subtracting(allowed))")
        }
    }

    @Test func `no library prints, exits, or reads the environment or the clock`() throws {
        let sources = Fixture.projectRoot.appendingPathComponent("Sources")
        let forbidden = [
            "print(", "fatalError(", "try!", " exit(", "getenv(", "ProcessInfo", "clock_gettime", "Date()",
        ]
        let enumerator = try #require(FileManager.default.enumerator(atPath: sources.path))
        for case let path as String in enumerator where path.hasSuffix(".swift") && !path.hasPrefix("assay/")
        {
            let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code =
                    line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
                for word in forbidden where code.contains(word) {
                    Issue.record("\(path):\(number + 1): \(word)")
                }
            }
        }
    }
}
