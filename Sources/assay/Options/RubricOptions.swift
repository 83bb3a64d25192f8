import ArgumentParser

/// The rubric whose phrases are looked for in assistant turns.
struct RubricOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Grading rubrics, as text or JSON: their quoted strings and n-grams of 2-5 words, in how many rows an "
                + "assistant turn has them.", valueName: "file"))
    var rubric: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Rows written without the rubric at hand: only phrases that are more frequent than there are listed.",
            valueName: "file"))
    var baseline: [String] = []

    func validate() throws {
        if rubric.isEmpty, !baseline.isEmpty {
            throw ValidationError("--baseline is compared with by --rubric FILE alone: name a rubric.")
        }
    }
}
