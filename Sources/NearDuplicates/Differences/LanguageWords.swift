/// The words of one language that the difference classes rest on, read from its data file.
///
/// A file holds sections of words divided by white space; `#` begins a comment at the start of a line.
/// `word=other` gives the canonical form or the value.
/// - `function`: frequent words that tell the language.
/// - `negation`: words; `*suffix` and `prefix*` match word ends and beginnings, `=-` marks a word that only looks
///   so. `negation-substrings`: for
///   scripts without spaces; the longest at a place wins, `=-` marks a compound that does not negate.
/// - `prefixes`, `prefix-exceptions`: negating prefixes (`un`) and words that only look prefixed (`under`).
/// - `opposites`: `word=word,word`, pairs of which one says the contrary of the other, both ways.
/// - `numbers`, `ordinals`: `word=value`; a value that ends in `?` is weak (see `WordMeaning`), below zero a
///   fraction.
/// - `numerals`, `counters`, `date-marks`, `time-marks`: single characters of Chinese and Japanese.
/// - `arithmetic`: words between numbers that are reckoned with (`mod`, `divided`).
/// - `ordinal-suffixes`, `and`, `dates` and `weekdays` (`!`: only with a
///   capital), `date-fillers`, `times`, `labels`, `label-marks`,
///   `titles`, `no-names`, `units`.
/// - `courtesies`: words of greetings, thanks and good-byes, which alone ask for nothing.
/// - `salutations`: words of what opens and closes a message and asks for nothing, among its first four;
///   `salutation-substrings`: for scripts without spaces, and words that are inflected.
/// - `contents`: labels of what a message says (`Message: …`), other than of the slots of a form.
/// - `inputs`: labels of what a request is about (`Sentence: …`).
/// - `flags`: `nouns-capitalised`.
struct LanguageWords {
    struct Pattern: Sendable {
        var bytes: [UInt8]
        /// 0: a compound that does not negate.
        var negation: UInt64
    }

    let code: String
    private(set) var meanings = KeyMap<WordMeaning>()
    private(set) var functionKeys: [UInt64] = []
    private(set) var negationSuffixes: [Pattern] = []
    private(set) var negationPrefixes: [Pattern] = []
    /// Longest first, then bytewise.
    private(set) var negationSubstrings: [Pattern] = []
    private(set) var prefixes: [[UInt8]] = []
    private(set) var prefixExceptions: Set<UInt64> = []
    private(set) var opposites: [UInt64: [UInt64]] = [:]
    /// Words that end or begin as a negation does and are none.
    private(set) var negationExceptions: Set<UInt64> = []
    private(set) var hasNegation = false
    private(set) var inputLabels: [UInt64] = []
    private(set) var contentLabels: [UInt64] = []
    private(set) var salutations: [UInt64] = []
    private(set) var salutationSubstrings: [[UInt8]] = []
    private(set) var nounsCapitalised = false

    /// - Parameters:
    ///   - code: ISO 639-1.
    ///   - files: the bytes of the data files, merged; a line of an unknown section is ignored.
    init(code: String, files: [[UInt8]]) {
        self.code = code
        for file in files { read(String(decoding: file, as: UTF8.self)) }
        negationSubstrings.sort {
            $0.bytes.count != $1.bytes.count
                ? $0.bytes.count > $1.bytes.count : $0.bytes.lexicographicallyPrecedes($1.bytes)
        }
    }

    private mutating func read(_ text: String) {
        var section = ""
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("["), line.hasSuffix("]") {
                section = String(line.dropFirst().dropLast())
                continue
            }
            for entry in line.split(separator: " ") {
                let parts = entry.split(separator: "=", maxSplits: 1)
                guard let word = parts.first else { continue }
                add(String(word), parts.count > 1 ? String(parts[1]) : nil, to: section)
            }
        }
    }

    private mutating func add(_ word: String, _ value: String?, to section: String) {
        let key = TokenKey.of(word: word)
        switch section {
        case "function": functionKeys.append(key)
        case "negation": addNegation(word, value)
        case "negation-substrings":
            let negation = value == "-" ? 0 : TokenKey.of(word: value ?? word)
            negationSubstrings.append(Pattern(bytes: Array(word.utf8), negation: negation))
            hasNegation = true
        case "prefixes": prefixes.append(Array(word.utf8))
        case "prefix-exceptions": prefixExceptions.insert(key)
        case "opposites":
            for other in (value ?? "").split(separator: ",") {
                let their = TokenKey.of(word: String(other))
                opposites[key, default: []].append(their)
                opposites[their, default: []].append(key)
            }
        case "numbers", "ordinals": addNumber(key, value ?? "0", section == "ordinals" ? .ordinal : [])
        case "numerals": addNumber(key, value ?? "0", .numeral)
        case "dates", "weekdays":
            let isCapital = word.hasSuffix("!")
            let plain = TokenKey.of(word: isCapital ? String(word.dropLast()) : word)
            let role: WordMeaning.Roles =
                section == "dates"
                ? (isCapital ? .capitalDate : .date) : (isCapital ? .capitalWeekday : .weekday)
            meanings[plain, default: .init()].roles.insert(role)
        case "units":
            meanings[key, default: .init()].roles.insert(.unit)
            meanings[key, default: .init()].unit = TokenKey.of(word: value ?? word)
        case "salutations": salutations.append(key)
        case "salutation-substrings": salutationSubstrings.append(Array(word.utf8))
        case "contents": contentLabels.append(key)
        case "inputs": inputLabels.append(key)
        case "flags": if word == "nouns-capitalised" { nounsCapitalised = true }
        default: if let role = Self.roles[section] { meanings[key, default: .init()].roles.insert(role) }
        }
    }

    private static let roles: [String: WordMeaning.Roles] = [
        "arithmetic": .arithmetic, "ordinal-suffixes": .ordinalSuffix, "and": .and,
        "date-fillers": .dateFiller, "times": .time,
        "labels": .label, "label-marks": .labelMark, "titles": .title, "no-names": .noName,
        "counters": .counter,
        "date-marks": .date, "time-marks": .time, "courtesies": .courtesy,
    ]

    private mutating func addNegation(_ word: String, _ value: String?) {
        hasNegation = true
        if value == "-" {
            negationExceptions.insert(TokenKey.of(word: word))
            return
        }
        let bare = word.filter { $0 != "*" }
        let pattern = Pattern(bytes: Array(bare.utf8), negation: TokenKey.of(word: value ?? bare))
        if word.hasPrefix("*") {
            negationSuffixes.append(pattern)
        } else if word.hasSuffix("*") {
            negationPrefixes.append(pattern)
        } else {
            let key = TokenKey.of(word: word)
            meanings[key, default: .init()].roles.insert(.negation)
            meanings[key, default: .init()].negation = pattern.negation
        }
    }

    private mutating func addNumber(_ key: UInt64, _ value: String, _ kind: WordMeaning.Roles) {
        let isWeak = value.hasSuffix("?")
        guard let number = Int(isWeak ? value.dropLast() : value[...]) else { return }
        var roles = kind.union(.number)
        if isWeak { roles.insert(.weakNumber) }
        // A word in both sections (`second`, `quarto`) keeps its first meaning.
        guard meanings[key]?.roles.contains(.number) != true else { return }
        meanings[key, default: .init()].roles.formUnion(roles)
        meanings[key, default: .init()].number = number
    }
}
