import ArgumentParser

/// What a language profile knows beforehand, and whom it counts by.
struct ProfileOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Field that names who wrote the response (an agent or annotator): rates are judged by author.",
            valueName: "field"))
    var author: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "More word lists, one word a line: product names, terms of the trade.", valueName: "file"))
    var lexicon: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("More lists of misspellings, 'bad->good' a line.", valueName: "file"))
    var misspellings: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Pattern lists of features instead of the program's own.", valueName: "file"))
    var patterns: [String] = []

    @Option(
        help: ArgumentHelp(
            "Languages beside English, by hunspell's dictionaries: de,fr or de_AT.", valueName: "language,…"))
    var language: String?
}
