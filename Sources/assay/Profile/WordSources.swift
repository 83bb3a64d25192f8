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

    /// - Throws: `UsageError` for a file that cannot be read; `ProfileError` for a pattern list that is wrong.
    init(_ options: ProfileOptions) throws {
        let lexicon = SpellingLexicon()
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
        OwnWordLists.misspellings.withUnsafeBytes { listed.add(list: $0) }
        for path in options.lexicon {
            add("lexicon:\(Self.name(path))", try Self.read(path, option: "--lexicon")) {
                lexicon.add(wordList: $0, variety: .any)
            }
        }
        for path in options.misspellings {
            let before = listed.count
            add("misspellings:\(Self.name(path))", try Self.read(path, option: "--misspellings")) {
                listed.add(list: $0)
            }
            if listed.count == before {
                throw UsageError("--misspellings \(path): no line has the form bad->good")
            }
        }
        if let data = FileManager.default.contents(atPath: Self.codespell) {
            add("codespell", data) { listed.add(list: $0) }
        }
        if english == 0, options.lexicon.isEmpty {
            throw UsageError(
                "no word list: install the packages wamerican and wbritish (\(WordLists.folder)), or name one by --lexicon"
            )
        }
        var patterns: [(name: String, bytes: [UInt8])] = []
        for path in options.patterns {
            let data = try Self.read(path, option: "--patterns")
            add("patterns:\(Self.name(path))", data) { patterns.append((path, Array($0))) }
        }
        features = try FeatureCatalogue(
            patterns: patterns.isEmpty ? [("patterns.tsv", OwnWordLists.patterns)] : patterns)
        knowledge = SpellingKnowledge(lexicon: lexicon, listed: listed)
        self.components = components
    }

    private static func name(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

    private static func read(_ path: String, option: String) throws -> Data {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError("\(option) \(path): cannot be read; name a file of text")
        }
        return data
    }
}
