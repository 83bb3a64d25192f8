import Foundation
import TestSupport

/// The Parquet files of the tests in a folder of one test's own, with places for a run and its output.
struct ParquetCorpus {
    let folder: URL

    var files: String { folder.appendingPathComponent("files").path }
    var run: String { folder.appendingPathComponent("run").path }
    var out: String { folder.appendingPathComponent("cleaned").path }

    init() throws {
        folder = try Fixture.scratchFolder()
        try ParquetTools.run("make_files.py", [folder.appendingPathComponent("files").path])
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { "\(files)/\(name)" }

    /// Scans files of the folder.
    @discardableResult
    func scan(_ names: [String], _ options: [String] = []) throws -> CommandRunner.Outcome {
        try CommandRunner.assay(
            ["dedup"] + names.map(path) + ["--keeper", "first", "--out", run, "--force", "--quiet"] + options)
    }

    /// The lines of a packed file of the run.
    func lines(_ name: String) throws -> [String] {
        let packed = Array(try Data(contentsOf: URL(fileURLWithPath: "\(run)/\(name)")))
        return try CommandRunner.tool("zstd", ["-dqc"], input: packed).text.split(separator: "\n").map(
            String.init)
    }

    func object(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(run)/\(name)"))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    /// Applies the run and holds every shard against its source by pyarrow.
    ///
    /// - Returns: for each shard its name, rows and row groups.
    func applyAndCheck(_ shards: [String], source: String, options: [String] = []) throws -> String {
        try? FileManager.default.removeItem(atPath: out)
        let outcome = try CommandRunner.assay(["apply", run, "--out", out] + options)
        guard outcome.status == 0 else { throw ParquetTools.ScriptError(description: outcome.both) }
        let plan = folder.appendingPathComponent("plan.jsonl")
        try Data(try lines("plan.jsonl.zst").map { $0 + "\n" }.joined().utf8).write(to: plan)
        return try ParquetTools.run(
            "check_applied.py", [source, out, plan.path, "\(64 << 20)"] + shards)
    }
}
