@testable import LanguageProfile

/// What a lexicon knows, by sets of strings: slow and plain.
struct LexiconOracle {
    private let listed: Set<[UInt8]>
    private let lower: Set<[UInt8]>

    /// - Parameter words: as they stand in the list, ASCII.
    init(_ words: [String]) {
        listed = Set(words.map { Array($0.lowercased().utf8) })
        lower = Set(words.filter { $0.first?.isUppercase == false }.map { Array($0.utf8) })
    }

    private static func bytes(_ texts: String) -> [[UInt8]] {
        texts.split(separator: " ").map { Array($0.utf8) }
    }

    private static let prefixes = bytes(
        "anti co counter cross cyber down hyper inter mega micro mid mini mis multi nano non out over post pre pro "
            + "pseudo re semi sub super sur trans ultra un under up")
    private static let contracted = bytes("'d 'll 've 're")
    private static let endings = [
        ("ly", ""), ("ness", ""), ("less", ""), ("able", ""), ("able", "e"), ("ably", "able"), ("ily", "y"),
        ("iness", "y"), ("like", ""), ("wise", ""), ("ish", ""), ("ers", ""), ("er", ""), ("ers", "e"),
        ("er", "e"),
        ("ability", "able"), ("ized", "ize"), ("izing", "ize"), ("ization", "ize"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

    func isKnown(_ key: [UInt8]) -> Bool { listed.contains(key) || isFormed(key) }

    private func isFormed(_ key: [UInt8]) -> Bool {
        if key.count < 4 { return false }
        if key.hasSuffix("'s") { return isListedOrPlural(key.dropLast(2)) }
        if key.hasSuffix("s'") { return isListedOrPlural(key.dropLast(1)) }
        for ending in Self.contracted where key.hasSuffix(ending) {
            return isListedOrPlural(key.dropLast(ending.count))
        }
        if isListedOrPlural(key[...]) { return true }
        for (ending, base) in Self.endings where key.count > ending.count + 3 && key.hasSuffix(ending) {
            if lower.contains(Array(key.dropLast(ending.count)) + base) { return true }
        }
        for prefix in Self.prefixes where key.count >= prefix.count + 4 && key.starts(with: prefix) {
            let rest = key.dropFirst(prefix.count)
            if lower.contains(Array(rest)) || (isPlural(rest) && rest.count > 4) { return true }
        }
        return (4..<max(4, key.count - 3)).contains { cut in
            lower.contains(Array(key[..<cut]))
                && (lower.contains(Array(key[cut...])) || isPlural(key[cut...]))
        }
    }

    private func isListedOrPlural(_ key: ArraySlice<UInt8>) -> Bool {
        listed.contains(Array(key)) || isPlural(key)
    }

    private func isPlural(_ key: ArraySlice<UInt8>) -> Bool {
        let base = Array(key.dropLast())
        guard key.count >= 3, key.last == UInt8(ascii: "s"), listed.contains(base) else { return false }
        if base.last == UInt8(ascii: "y") { return Array("aeiou".utf8).contains(base[base.count - 2]) }
        return !Array("sxz".utf8).contains(base[base.count - 1])
    }
}
