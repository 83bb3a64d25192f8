import Findings
import Foundation
import LanguageProfile

/// The word lists of a profile, with their digests for the manifest.
struct WordSources {
    let knowledge: SpellingKnowledge
    let features: FeatureCatalogue
    private(set) var components: [RunManifest.Component] = []
    private(set) var notes: [String] = []

    /// Where the package of codespell puts its dictionary; it is read where it is installed.
    static let codespell = "/usr/lib/python3/dist-packages/codespell_lib/data/dictionary.txt"

    /// Words of all lists of both packages, about.
    private static let listedWords = 400_000

    /// - Parameters:
    ///   - misspellings: paths of more lists of misspellings.
    ///   - patterns: paths of pattern lists instead of the program's own.
    /// - Throws: `UsageError` for a file that cannot be read; `ProfileError` for a pattern list that is wrong.
    init(_ words: WordOptions, misspellings: [String] = [], patterns patternPaths: [String] = []) throws {
        let lexicon = SpellingLexicon(expecting: Self.listedWords)
        var listed = ListedForms()
        var components: [RunManifest.Component] = []
        func add(_ name: String, _ data: Data, _ body: (UnsafeRawBufferPointer) -> Void) {
            data.withUnsafeBytes { bytes in
                body(bytes)
                components.append(RunManifest.Component(name: name, version: FileDigest(of: bytes).sha256))
            }
        }
        var english = 0
        for (name, variety) in [
            ("american-english", SpellingLexicon.Variety.american), ("british-english", .british),
        ] {
            guard let data = FileManager.default.contents(atPath: "\(WordLists.folder)/\(name)") else {
                continue
            }
            english += 1
            add(name, data) { lexicon.add(wordList: $0, variety: variety) }
        }
        for name in ["american-english-huge", "british-english-huge"] {
            guard let data = FileManager.default.contents(atPath: "\(WordLists.folder)/\(name)") else {
                continue
            }
            add(name, data) { lexicon.add(wordList: $0, variety: .rare) }
        }
        OwnWordLists.words.withUnsafeBytes { lexicon.add(wordList: $0, variety: .any) }
        OwnWordLists.misspellings.withUnsafeBytes { _ = listed.add(list: $0) }
        for path in words.lexicon {
            add("lexicon:\(Self.name(path))", try Self.read(path, option: "--lexicon")) {
                lexicon.add(wordList: $0, variety: .any)
            }
        }
        for path in misspellings {
            let before = listed.lines
            var useless = 0
            add("misspellings:\(Self.name(path))", try Self.read(path, option: "--misspellings")) {
                useless = listed.add(list: $0, overrules: true)
            }
            if listed.lines == before + useless {
                throw UsageError(
                    "--misspellings \(path): no line has the form bad->good, with one word that is wrong")
            }
            if useless > 0 {
                notes.append(
                    "--misspellings \(path): \(useless == 1 ? "1 line" : "\(useless) lines") cannot be found: a wrong form "
                        + "is one word, and differs from the right one by more than capitals")
            }
        }
        if let data = FileManager.default.contents(atPath: Self.codespell) {
            add("codespell", data) { _ = listed.add(list: $0) }
        }
        if english == 0, words.lexicon.isEmpty {
            throw UsageError(
                "no word list: install the packages wamerican and wbritish (\(WordLists.folder)), or name one by --lexicon"
            )
        }
        var patterns: [(name: String, bytes: [UInt8])] = []
        for path in patternPaths {
            let data = try Self.read(path, option: "--patterns")
            add("patterns:\(Self.name(path))", data) { patterns.append((path, Array($0))) }
        }
        features = try FeatureCatalogue(
            patterns: patterns.isEmpty ? [("patterns.tsv", OwnWordLists.patterns)] : patterns)
        var dictionaries: [HunspellDictionary] = []
        for language in (words.language ?? "").split(separator: ",").map(String.init) {
            let path = try Self.dictionary(of: language)
            for part in ["aff", "dic"] {
                add(
                    "hunspell:\(Self.name(path)).\(part)",
                    try Self.read("\(path).\(part)", option: "--language")
                ) { _ in }
            }
            dictionaries.append(try HunspellDictionary(path: path))
        }
        knowledge = SpellingKnowledge(lexicon: lexicon, listed: listed, dictionaries: dictionaries)
        self.components = components
    }

    private static let dictionaryFolder = "/usr/share/hunspell"

    /// The dictionary of a language: `de_DE` for `de` where there is one, else the first that begins so.
    private static func dictionary(of language: String) throws -> String {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: dictionaryFolder)) ?? [])
            .filter { $0.hasSuffix(".dic") }.map { String($0.dropLast(4)) }.sorted()
        let choices = [language, "\(language)_\(language.uppercased())"]
        let found = choices.first(where: names.contains) ?? names.first { $0.hasPrefix(language + "_") }
        guard let found, !language.isEmpty, !language.contains("/") else {
            throw UsageError(
                "--language \(language): no dictionary in \(dictionaryFolder) has that name ("
                    + (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))")
                    + "); give the code of a language, such as de, and install its dictionary: "
                    + "apt search hunspell-")
        }
        return "\(dictionaryFolder)/\(found)"
    }

    private static func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

    private static func read(_ path: String, option: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("\(option) \(path): cannot be read; name a file of text")
        }
        return data
    }
}
