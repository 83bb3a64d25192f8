import CText

/// The most frequent words of the languages that have a data file, by their hash as terms.
///
/// `@unchecked Sendable`: there is no lock, since nothing changes after `init`.
final class FrequentWords: @unchecked Sendable {
    static let shared = FrequentWords()

    private static let slotCount = 4096
    private let slots: UnsafeMutablePointer<UInt64>

    private init() {
        slots = .allocate(capacity: Self.slotCount)
        slots.initialize(repeating: 0, count: Self.slotCount)
        for word in LanguageWords.frequentWords {
            // Padding, since a word's hash reads eight bytes whatever its length.
            let bytes = Array(word.utf8) + [UInt8](repeating: 0, count: 8)
            let hash = ctext_term_hash(bytes, word.utf8.count)
            var at = Int(truncatingIfNeeded: hash) & (Self.slotCount - 1)
            while slots[at] != 0, slots[at] != hash { at = (at + 1) & (Self.slotCount - 1) }
            slots[at] = hash
        }
    }

    deinit { slots.deallocate() }

    /// Calls `body` with the kernel's filter: no frequent words and, where `wanted` is given, those terms alone.
    @inline(__always)
    func withFilter<Result>(_ wanted: TermBits?, _ body: (inout ctext_term_filter) -> Result) -> Result {
        var filter = ctext_term_filter(
            frequent: slots, frequent_mask: Self.slotCount - 1, bits: wanted?.words, shift: wanted?.shift ?? 0)
        return body(&filter)
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
