import Findings
import Foundation
import NearDuplicates

/// The system's English word lists (SCOWL), with their digests for the manifest.
struct WordLists {
    var words = Lexicon()
    var components: [RunManifest.Component] = []

    static let folder = "/usr/share/dict"
    static let names = ["american-english", "british-english"]

    /// The lists that are installed; none is no error: `spelling` then goes by a rule without a lexicon.
    static func system() -> WordLists {
        var lists = WordLists()
        for name in names {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { continue }
            data.withUnsafeBytes { bytes in
                lists.words.add(wordList: bytes)
                let digest = FileDigest(of: bytes).sha256
                lists.components.append(RunManifest.Component(name: name, version: digest))
            }
        }
        return lists
    }
}
