import ArgumentParser
import Findings
import Foundation
import Reporting

/// `dedup --from RUN`: plans a stored run again at a higher threshold, without a scan.
///
/// A near casualty stays removed where its stored pair reaches the new threshold; its keeper is kept in both plans.
/// That pair is the best that may count: of a row's stored pairs the casualty took the most similar whose
/// difference class is not spared. Any other near casualty is freed: it is kept, and is not compared with other
/// freed rows, but for its own copies, of which one stays. So the plan may keep more than a scan, and removes
/// nothing without a keeper at the threshold. Identical, exact, contained and prefix casualties stay removed: the
/// threshold does not concern them.
enum Replan {
    /// - Throws: `UsageError` for wrong use; `FindingsError` for a run that cannot be read.
    static func perform(
        from: String, input: InputOptions, dedup: DedupOptions, gates: [Gate], run: RunOptions
    ) throws {
        try check(from: from, input: input, dedup: dedup, run: run)
        let result = try ReplanRun(
            from: from, thresholdMillionths: Int((dedup.threshold * 1e6).rounded()), gates: gates,
            options: run
        ).perform()
        try DedupReport.show(result.result, run: run, closing: result.closing)
    }

    private static func check(from: String, input: InputOptions, dedup: DedupOptions, run: RunOptions) throws
    {
        guard input.inputs.isEmpty else {
            throw UsageError(
                "--from takes the rows of its run: leave out \(input.inputs.joined(separator: " "))")
        }
        guard dedup.threshold >= 0.5, dedup.threshold <= 1 else {
            throw UsageError("--threshold takes a number from 0.5 to 1, not \(dedup.threshold)")
        }
        let usual = try DedupOptions.parse([])
        let others: [(name: String, isUsual: Bool)] = [
            ("--shingle", dedup.shingle == usual.shingle), ("--on", dedup.on == usual.on),
            ("--contained", dedup.contained.isEmpty), ("--keeper", dedup.keeper == usual.keeper),
            ("--keep", dedup.keep == usual.keep), ("--protect", dedup.protect.isEmpty),
            ("--floor", dedup.floor.isEmpty), ("--remove-differing", dedup.removeDiffering.isEmpty),
            ("--spare", dedup.spare == nil), ("--against", dedup.against.isEmpty),
            ("--ignore-fields", dedup.ignoreFields.isEmpty), ("--slice", dedup.slice.isEmpty),
            ("--slice-top", dedup.sliceTop == nil), ("--text", input.text.isEmpty),
            ("--prompt", input.prompt.isEmpty),
            ("--response", input.response.isEmpty), ("--label", input.label.isEmpty),
            ("--format", input.format == nil),
        ]
        if let other = others.first(where: { !$0.isUsual }) {
            throw UsageError(
                "\(other.name) needs a scan; with --from only --threshold, gates and output options apply")
        }
        if let out = run.out, real(out) == real(from) {
            throw UsageError("--out: \(out) is the run of --from; name another folder")
        }
    }

    private static func real(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
}
