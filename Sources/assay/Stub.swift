import ArgumentParser
import Findings
import Reporting
struct LookCommand: ParsableCommand {}
enum Replan { static func perform(from: String, input: InputOptions, dedup: DedupOptions, gates: [Gate], run: RunOptions) throws {} }
enum RowSamples { static func read(run: String, summary: RunSummary) throws -> [DiffSample] { [] } }
