/// The words of one language, immutable and shared, with what the reader asks for often.
final class Language: Sendable {
    let code: String
    let meanings: KeyMap<WordMeaning>
    let functionKeys: [UInt64]
    let negationSuffixes: [LanguageWords.Pattern]
    let negationPrefixes: [LanguageWords.Pattern]
    let negationExceptions: Set<UInt64>
    /// Whether some suffix or prefix needs no apostrophe.
    let negatesWithinWords: Bool
    let negationSubstrings: [LanguageWords.Pattern]
    let prefixes: [[UInt8]]
    let prefixExceptions: Set<UInt64>
    let opposites: [UInt64: [UInt64]]
    let hasNegation: Bool
    let nounsCapitalised: Bool

    init(_ words: LanguageWords) {
        code = words.code
        meanings = words.meanings
        functionKeys = words.functionKeys
        negationSuffixes = words.negationSuffixes
        negationPrefixes = words.negationPrefixes
        negationExceptions = words.negationExceptions
        negatesWithinWords = !(words.negationSuffixes + words.negationPrefixes).allSatisfy {
            $0.bytes.contains(UInt8(ascii: "'"))
        }
        negationSubstrings = words.negationSubstrings
        prefixes = words.prefixes
        prefixExceptions = words.prefixExceptions
        opposites = words.opposites
        hasNegation = words.hasNegation
        nounsCapitalised = words.nounsCapitalised
    }
}
