/// The most frequent words of the languages that have a data file, by the hash of `TermReader`.
struct FrequentWords: Sendable {
    static let shared = FrequentWords()

    private let slots: [UInt64]

    private init() {
        var slots = [UInt64](repeating: 0, count: 4096)
        for word in LanguageWords.frequentWords {
            // Padding, since a word's hash reads eight bytes whatever its length.
            let bytes = Array(word.utf8) + [UInt8](repeating: 0, count: 8)
            let hash = bytes.withUnsafeBytes { bytes in
                bytes.baseAddress.map { TermReader.hash($0, word.utf8.count) } ?? 0
            }
            var at = Int(truncatingIfNeeded: hash) & 4095
            while slots[at] != 0, slots[at] != hash { at = (at + 1) & 4095 }
            slots[at] = hash
        }
        self.slots = slots
    }

    @inline(__always)
    func contains(_ hash: UInt64) -> Bool {
        var at = Int(truncatingIfNeeded: hash) & 4095
        while slots[at] != 0 {
            if slots[at] == hash { return true }
            at = (at + 1) & 4095
        }
        return false
    }
}

extension LanguageWords {
    /// The words of the section `function` of every language's file.
    static var frequentWords: [String] {
        let files = [
            PackageResources.en_txt, PackageResources.de_txt, PackageResources.fr_txt,
            PackageResources.es_txt,
            PackageResources.it_txt, PackageResources.pt_txt, PackageResources.nl_txt,
            PackageResources.sv_txt,
            PackageResources.pl_txt, PackageResources.ru_txt,
        ]
        return files.flatMap { file -> [String] in
            var isWanted = false
            var words: [String] = []
            for line in String(decoding: file, as: UTF8.self).split(separator: "\n") {
                if line.hasPrefix("#") { continue }
                if line.hasPrefix("[") {
                    isWanted = line == "[function]"
                } else if isWanted {
                    words += line.split(separator: " ").map(String.init)
                }
            }
            return words
        }
    }
}
