import ArgumentParser

/// Which words are known.
struct WordOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "More word lists, one word a line: product names, terms of the trade.", valueName: "file"))
    var lexicon: [String] = []

    @Option(
        help: ArgumentHelp(
            "Languages beside English, by hunspell's dictionaries: de,fr or de_AT.", valueName: "language,…"))
    var language: String?
}
