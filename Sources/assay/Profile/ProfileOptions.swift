import ArgumentParser

/// What a language profile knows beforehand, and whom it counts by.
struct ProfileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Field that names who wrote the response (an agent or annotator): rates are judged by author.",
            valueName: "field"))
    var author: String?

    @OptionGroup var words: WordOptions

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("More lists of misspellings, 'bad->good' a line.", valueName: "file"))
    var misspellings: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Pattern lists of features instead of the program's own.", valueName: "file"))
    var patterns: [String] = []
}
