import ArgumentParser
import Corpus
import Findings
import Glibc
import Reporting

struct LookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "look",
        abstract: "Read the first rows of each shard: fields, formats, what a scan would take.",
        discussion: """
            Seconds, whatever the size; nothing is written. Its last line is the command to type next.
            Example: assay look train/
            """)

    @OptionGroup var input: InputOptions

    @Flag(help: "Print the figures as JSON.")
    var json = false

    /// `--memory` of a scan that is not told otherwise.
    static let scanMemory = 1 << 30

    func run() throws {
        guard !input.inputs.isEmpty else {
            throw ValidationError("No input: name files, folders, globs or - (standard input).")
        }
        var scratch: Scratch?
        if input.inputs.contains("-") { scratch = try Scratch(beside: "", chosen: Self.temporaryFolder) }
        defer { scratch?.remove() }
        let inputs = try InputSet(options: input, against: [], spoolFolder: scratch?.path ?? "")
        let threads = input.threads ?? ProcessFacts.processorCount()
        let survey = LookSurvey(inputs: inputs, threads: threads)
        var figures = survey.run(memoryLimit: Self.scanMemory)
        if let mapping = suggestedMapping(figures) {
            // What a scan takes depends on what is compared: as the next command will have it.
            let mapped = inputs.mapped(by: mapping)
            figures.estimate =
                LookSurvey(inputs: mapped, threads: threads).run(memoryLimit: Self.scanMemory).estimate
        }
        figures.command = nextCommand(figures, slices: survey.suggestedSlices)
        if json {
            let text = String(decoding: try figures.encoded(), as: UTF8.self)
            Output.print(text.hasSuffix("\n") ? String(text.dropLast()) : text)
        } else {
            Output.print(LookScreen(figures).text())
        }
        if !figures.unreadable.isEmpty { throw ExitCode(3) }
    }

    private static var temporaryFolder: String {
        guard let path = getenv("TMPDIR"), path.pointee != 0 else { return "/tmp" }
        return String(cString: path)
    }

    /// The scan's words: the inputs and options as given, then what look found.
    ///
    /// - Returns: nothing where no row could be read.
    private func nextCommand(_ figures: LookFigures, slices: [String]) -> [String] {
        if figures.sample.rows == 0 { return [] }
        var words = ["assay", "dedup"] + input.inputs
        if let format = input.format { words += ["--format", format] }
        for (option, fields) in [
            ("--text", input.text), ("--prompt", input.prompt), ("--response", input.response),
            ("--label", input.label),
        ] where !fields.isEmpty {
            words += [option] + fields
        }
        if suggestedMapping(figures) != nil {
            words += figures.unmapped?.options ?? []
        } else if input.mapping == nil {
            words += figures.incomplete?.options ?? []
        }
        if !slices.isEmpty { words += ["--slice"] + slices }
        return words
    }

    /// The mapping that the next command sets: where most rows map to no text.
    private func suggestedMapping(_ figures: LookFigures) -> FieldMapping? {
        guard input.mapping == nil, let options = figures.unmapped?.options,
            figures.sample.withoutText * 2 > figures.sample.rows - figures.sample.badRows
        else { return nil }
        if options.first == "--text" { return .text(Array(options.dropFirst())) }
        guard let border = options.firstIndex(of: "--response") else { return nil }
        return .pair(prompt: Array(options[1..<border]), response: Array(options[(border + 1)...]))
    }
}
