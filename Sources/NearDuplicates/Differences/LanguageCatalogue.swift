/// All languages that have a data file, and the vote that tells the language of a text.
struct LanguageCatalogue: Sendable {
    /// In the order of the vote: at a tie the earlier language wins.
    let languages: [Language]
    /// For text of no known language: units alone.
    let unknown: Language
    /// Of all languages, as what follows: a label or a greeting is too short to tell its language.
    let inputLabels: Set<UInt64>
    let contentLabels: Set<UInt64>
    let salutations: Set<UInt64>
    let salutationSubstrings: [[UInt8]]
    private let chinese: Int
    private let japanese: Int
    private let korean: Int
    /// Open addressing by linear probing; key 0 is a free slot.
    private let slots: [(key: UInt64, mask: UInt32)]

    /// The embedded data files.
    static let shared = LanguageCatalogue()

    private init() {
        let files: [(String, [UInt8])] = [
            ("en", PackageResources.en_txt), ("de", PackageResources.de_txt), ("fr", PackageResources.fr_txt),
            ("es", PackageResources.es_txt), ("it", PackageResources.it_txt), ("pt", PackageResources.pt_txt),
            ("nl", PackageResources.nl_txt), ("sv", PackageResources.sv_txt), ("pl", PackageResources.pl_txt),
            ("ru", PackageResources.ru_txt), ("zh", PackageResources.zh_txt), ("ja", PackageResources.ja_txt),
            ("ko", PackageResources.ko_txt), ("ar", PackageResources.ar_txt), ("hi", PackageResources.hi_txt),
            ("tr", PackageResources.tr_txt), ("da", PackageResources.da_txt),
        ]
        let units = PackageResources.units_txt
        let words = files.map { LanguageWords(code: $0.0, files: [$0.1, units]) }
        languages = words.map(Language.init)
        inputLabels = Set(words.flatMap(\.inputLabels))
        contentLabels = Set(words.flatMap(\.contentLabels))
        salutations = Set(words.flatMap(\.salutations))
        salutationSubstrings = words.flatMap(\.salutationSubstrings)
        unknown = Language(LanguageWords(code: "", files: [units]))
        chinese = files.firstIndex { $0.0 == "zh" } ?? 0
        japanese = files.firstIndex { $0.0 == "ja" } ?? 0
        korean = files.firstIndex { $0.0 == "ko" } ?? 0
        var slots = [(key: UInt64, mask: UInt32)](repeating: (0, 0), count: 8192)
        for (index, language) in languages.enumerated() {
            var negations: [UInt64] = []
            language.meanings.forEach { if $1.roles.contains(.negation) { negations.append($0) } }
            for key in language.functionKeys + negations {
                var slot = Int(truncatingIfNeeded: key & 8191)
                while slots[slot].key != 0, slots[slot].key != key { slot = (slot + 1) & 8191 }
                slots[slot] = (key, slots[slot].mask | 1 << UInt32(index))
            }
        }
        self.slots = slots
    }

    /// Whether a language counts a word among its frequent ones.
    func isFrequent(_ key: UInt64, in language: Int) -> Bool { mask(of: key) >> UInt32(language) & 1 != 0 }

    /// The languages (bit per index) that count a word among their frequent ones.
    @inline(__always)
    private func mask(of key: UInt64) -> UInt32 {
        var slot = Int(truncatingIfNeeded: key & 8191)
        while slots[slot].key != 0 {
            if slots[slot].key == key { return slots[slot].mask }
            slot = (slot &+ 1) & 8191
        }
        return 0
    }

    /// The language of a sample, or `nil`; `nil` too for a sample of fewer words and characters than asked
    /// for.
    ///
    /// Scripts first: where at least half of the units are Han or kana it is Japanese with any kana in ten,
    /// else Chinese; Hangul is Korean. Else the language with most frequent words, if they are one word in
    /// eight (prose has two in five; chosen on the test table so that Swedish-like mixtures of chance hits
    /// stay out).
    ///
    /// - Complexity: O(tokens).
    func language(
        minimumUnitCount: Int = 0,
        of first: ContiguousArray<Token>, _ firstText: UnsafeRawBufferPointer,
        and second: ContiguousArray<Token>, _ secondText: UnsafeRawBufferPointer
    ) -> Int? {
        var votes = LanguageVotes()
        count(first, firstText, into: &votes)
        count(second, secondText, into: &votes)
        guard votes.words + votes.ideographs >= minimumUnitCount else { return nil }
        if votes.ideographs > 0, votes.ideographs >= votes.words {
            return votes.kana &* 10 >= votes.ideographs ? japanese : votes.han ? chinese : nil
        }
        if votes.hangul > 0, votes.hangul &* 2 >= votes.words { return korean }
        var best = 0
        var bestVotes = 0
        for index in languages.indices where votes[index] > bestVotes {
            best = index
            bestVotes = votes[index]
        }
        return bestVotes > 0 && bestVotes &* 8 >= votes.words ? best : nil
    }

    private func count(
        _ tokens: ContiguousArray<Token>, _ text: UnsafeRawBufferPointer, into votes: inout LanguageVotes
    ) {
        for token in tokens {
            if token.kind == .word {
                votes.words &+= 1
                // Hangul syllables are U+AC00-U+D7A3: lead bytes EA B0 to ED 9E.
                let lead = text[Int(token.start)]
                if lead >= 0xEA, lead <= 0xED { votes.hangul &+= 1 }
                var mask = mask(of: token.key)
                while mask != 0 {
                    votes[mask.trailingZeroBitCount] &+= 1
                    mask &= mask &- 1
                }
            } else if token.kind == .ideograph {
                votes.ideographs &+= 1
                if token.flags.contains(.kana) { votes.kana &+= 1 }
                let lead = text[Int(token.start)]
                if lead >= 0xE4 { votes.han = true }
            }
        }
    }
}
