import ArgumentParser
import Corpus
import Shards

/// Which rows are read, and how.
struct InputOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Files, folders, globs, or - for standard input.",
            discussion:
                ".json, .jsonl, .jsonl.gz, .jsonl.zst, .parquet, mixed; a folder takes these only. INPUT comes "
                + "first.",
            valueName: "input"))
    var inputs: [String] = []

    @Option(help: "jsonl, json or parquet, where the content does not say.")
    var format: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Fields that hold plain text (nested by dots); of two sides, SIDE=FIELD for one alone.",
            valueName: "field"))
    var text: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Fields of the prompt side, in order.", valueName: "field"))
    var prompt: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Fields of the response side, in order.", valueName: "field"))
    var response: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("More fields that hold a label or a score.", valueName: "field"))
    var label: [String] = []

    @Option(help: "A row longer than this is quarantined (bytes).")
    var maxRowBytes = ReadLimits().maxRowBytes

    @Option(help: "A row nested deeper than this is quarantined.")
    var maxNesting = ReadLimits().maxNesting

    @Option(help: "A zstd frame that asks for a larger window (2^N bytes) is refused.")
    var maxWindowLog = ReadLimits().maxWindowLog

    @Option(help: "A shard that inflates or decodes to more than N times its size is refused.")
    var maxRatio = ReadLimits().maxRatio

    @Option(help: "Threads; never changes a result (default: all cores).")
    var threads: Int?

    func validate() throws {
        if let threads, threads > 256 { throw ValidationError("--threads takes at most 256.") }
        if let threads, threads < 1 { throw ValidationError("--threads takes a whole number from 1 on.") }
        if let format, ShardFormat(rawValue: format) == nil {
            throw ValidationError("--format takes jsonl, json or parquet, not '\(format)'.")
        }
        if !text.isEmpty, !(prompt + response).isEmpty,
            !(text + prompt + response).contains(where: { $0.contains("=") })
        {
            throw ValidationError(
                "--text names plain text without sides; use it without --prompt and --response.")
        }
        if let problem = limits.problem { throw ValidationError(problem) }
    }

    var limits: ReadLimits {
        ReadLimits(
            maxRowBytes: maxRowBytes, maxNesting: maxNesting, maxWindowLog: maxWindowLog, maxRatio: maxRatio)
    }

    /// The mapping that the options set; `nil` where it is to be detected.
    var mapping: FieldMapping? {
        if !text.isEmpty { return .text(text) }
        if !(prompt + response).isEmpty { return .pair(prompt: prompt, response: response) }
        return nil
    }
}
