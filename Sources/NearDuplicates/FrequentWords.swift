import CText

/// The most frequent words of the languages that have a data file, by their hash as terms.
///
/// `@unchecked Sendable`: there is no lock, since nothing changes after `init`.
final class FrequentWords: @unchecked Sendable {
    static let shared = FrequentWords()

    private let slots: UnsafeMutablePointer<UInt64>
    private let mask: Int

    private init() {
        let hashes = LanguageWords.frequentWords.map { word in
            // Padding, since a word's hash reads eight bytes whatever its length.
            ctext_term_hash(Array(word.utf8) + [UInt8](repeating: 0, count: 8), word.utf8.count)
        }.filter { $0 != 0 }
        var capacity = 4096
        var table = Self.table(of: hashes, capacity: capacity)
        while table == nil {
            capacity *= 2
            table = Self.table(of: hashes, capacity: capacity)
        }
        let places = table ?? []
        slots = .allocate(capacity: places.count)
        slots.initialize(from: places, count: places.count)
        mask = capacity - 1
    }

    /// The kernel's table; `nil` where a hash would lie out of its reach.
    private static func table(of hashes: [UInt64], capacity: Int) -> [UInt64]? {
        var places = [UInt64](repeating: 0, count: capacity + Int(CTEXT_FREQUENT_REACH))
        for hash in hashes {
            let home = Int(truncatingIfNeeded: hash) & (capacity - 1)
            let reach = home..<home + Int(CTEXT_FREQUENT_REACH)
            guard let place = reach.first(where: { places[$0] == 0 || places[$0] == hash }) else {
                return nil
            }
            places[place] = hash
        }
        return places
    }

    deinit { slots.deallocate() }

    /// Calls `body` with the kernel's filter: no frequent words and, where `wanted` is given, those terms alone.
    @inline(__always)
    func withFilter<Result>(_ wanted: TermBits?, _ body: (inout ctext_term_filter) -> Result) -> Result {
        var filter = ctext_term_filter(
            frequent: slots, frequent_mask: mask, bits: wanted?.words, shift: wanted?.shift ?? 0)
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
