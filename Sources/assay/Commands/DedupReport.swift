import ArgumentParser
import Findings
import Glibc
import Reporting

/// Runs a dedup and prints its first screen.
enum DedupReport {
    static func perform(
        verb: String, input: InputOptions, dedup: DedupOptions, gates: [Gate], run: RunOptions,
        eval: OverlapTap.Request? = nil, profile: ProfileOptions? = nil,
        comparison: ComparisonTap.Request? = nil,
        closing: String? = nil
    ) throws {
        guard !input.inputs.isEmpty else {
            throw ValidationError("No input: name files, folders, globs or - (standard input).")
        }
        let request = DedupRun.Request(
            verb: verb, arguments: CommandLine.arguments, input: input, dedup: dedup, gates: gates, run: run,
            eval: eval, profile: profile, comparison: comparison)
        let result = try DedupRun(request).perform()
        try show(result, run: run, closing: closing)
    }

    static func show(_ result: DedupRun.Result, run: RunOptions, closing: String?) throws {
        try showScreen(result, run: run, closing: closing)
        let status = ExitCause.status(of: result.summary.causes)
        if status != 0 { throw ExitCode(status) }
    }

    /// Prints the summary or the screen.
    static func showScreen(_ result: DedupRun.Result, run: RunOptions, closing: String?) throws {
        if run.json {
            let bytes = try result.summary.encoded()
            Output.print(String(decoding: bytes, as: UTF8.self).trimmingNewline)
        } else {
            var others: [String] = []
            if result.summary.evalOverlap != nil {
                let overlap = OverlapScreen(
                    summary: result.summary, groups: [], notes: [], runPath: result.path,
                    samples: run.showText ? result.overlaps : nil)
                others += [""] + overlap.sets() + overlap.sections()
            }
            if result.summary.languageProfile != nil {
                let profile = ProfileScreen(
                    summary: result.summary, groups: [], notes: [], runPath: result.path,
                    samples: run.showText ? result.forms : nil)
                others += [""] + profile.sections()
            }
            if result.summary.comparison != nil {
                let comparison = ComparisonScreen(
                    summary: result.summary, notes: [], runPath: result.path,
                    samples: run.showText ? result.compared : nil)
                others += [""] + comparison.sections()
            }
            let screen = DedupScreen(
                summary: result.summary, groups: result.groups, notes: result.notes, runPath: result.path,
                samples: run.showText ? try RowSamples.read(run: result.path, summary: result.summary) : nil,
                others: others, closing: closing)
            Output.print(screen.text())
        }
    }
}

extension String {
    var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
