import CText
import TextForms

/// The features that are looked for: those that punctuation and characters tell, and those of the pattern lists.
///
/// `@unchecked Sendable` without a lock: nothing changes after `init`.
package final class FeatureCatalogue: @unchecked Sendable {
    /// One feature.
    package struct Feature: Sendable, Equatable {
        package var id: String
        /// `typed`, `style`, `habit`, `markup`, `tone`, `safety`, `mixed`, `unicode`, `spelling`, or a pattern list's
        /// own.
        package var category: String
    }

    /// A feature and where its pattern must stand.
    struct Goal {
        var feature: Int
        /// Whether only assistants (rejected answers with them), only users, or all: a bit for each role.
        var roles: UInt8
        var position: Position
        /// Whether what shares a word with the pattern does not count.
        var isExclusion: Bool

        init(feature: Int, roles: Set<ProfileRole>, position: Position, isExclusion: Bool) {
            self.feature = feature
            self.roles = roles.reduce(0) { $0 | Self.bit($1) }
            self.position = position
            self.isExclusion = isExclusion
        }

        @inline(__always)
        static func bit(_ role: ProfileRole) -> UInt8 { 1 << role.rawValue }
    }

    enum Position: String { case any, opener, closer, whole }

    /// A node of the trie of patterns.
    struct Node {
        /// The node behind any word.
        var wild: Int32 = -1
        var isEmpty = true
        var hasGoals = false
    }

    package private(set) var features: [Feature]
    /// The feature of words as `pls` and `u`, of which initials are none; -1 without it.
    private(set) var shorthand = -1
    /// Words of the longest pattern.
    private(set) var longestPattern = 1
    /// Features of which some pattern is an exclusion, a bit for each.
    private(set) var excluding: FeatureReader.Set = 0
    private(set) var nodes = [Node()]
    private(set) var goals: [[Goal]] = [[]]
    /// The node behind a node (upper half) and a symbol.
    private(set) var edges: [UInt64: Int32] = [:]
    private var words: [[UInt8]: Int32] = [:]
    private var prefixes: [(prefix: [UInt8], symbol: Int32)] = []
    /// A bit for the hash of each word of the patterns, by its lowest bits, and the prefixes by their first byte.
    private var wordFilter = [UInt64](repeating: 0, count: 1 << 10)
    private var prefixesByByte = [[Int]](repeating: [], count: 256)

    /// Features that a set has room for.
    package static let most = 128
    /// Words at the beginning of a turn in which an opener begins, and at its end in which a closer ends.
    static let openerReach = 6
    static let closerReach = 14

    static let lowerStart = Int(CTEXT_MARK_COUNT)
    static let noTerminal = lowerStart + 1
    static let allCaps = lowerStart + 2
    static let mixedScript = lowerStart + 3
    static let veryShort = lowerStart + 4
    static let misspelt = lowerStart + 5
    static let homoglyph = lowerStart + 6
    static let compatibility = lowerStart + 7
    static let patternStart = lowerStart + 8

    private static let marks: [(String, String)] = [
        ("exclamation", "style"), ("exclamations", "typed"), ("question", "style"), ("ellipsis", "style"),
        ("elongation", "typed"), ("curly-quotes", "style"), ("straight-quotes", "style"),
        ("em-dash", "style"),
        ("emoji", "style"), ("heading", "markup"), ("bullets", "markup"), ("numbered-list", "markup"),
        ("bold", "markup"), ("code-fence", "markup"), ("table", "markup"), ("zero-width", "unicode"),
        ("bidi-control", "unicode"), ("private-use", "unicode"), ("replacement", "unicode"),
        ("control", "unicode"),
        ("full-width", "unicode"), ("html-entity", "unicode"), ("mojibake", "unicode"),
        ("combining", "unicode"),
        ("composed", "letters"),
        ("lower-case-start", "typed"), ("no-final-mark", "typed"), ("all-caps", "typed"),
        ("mixed-script-word", "unicode"), ("two-words-or-less", "style"),
        ("misspelt", "spelling"), ("homoglyph", "unicode"), ("compatibility-form", "unicode"),
    ]

    /// - Parameter patterns: lists in the format of `patterns.tsv`.
    /// - Throws: `ProfileError` with the line that is wrong.
    /// - Complexity: O(bytes, times the alternatives of a line).
    package init(patterns: [(name: String, bytes: [UInt8])]) throws {
        features = Self.marks.map { Feature(id: $0.0, category: $0.1) }
        for list in patterns {
            var isEmpty = true
            let text = String(decoding: list.bytes, as: UTF8.self)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let line = line.hasSuffix("\r") ? line.dropLast() : line
                if line.isEmpty || line.hasPrefix("#") { continue }
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                let place = "\(list.name):\(number + 1)"
                guard fields.count == 6, !fields[0].isEmpty, !fields[5].isEmpty else {
                    throw ProfileError(
                        .list,
                        "\(place): six fields are needed: id, category, language, role, position, pattern")
                }
                try add(fields, place)
                isEmpty = isEmpty && fields[5].hasPrefix("!")
            }
            if isEmpty { throw ProfileError(.list, "\(list.name): holds no pattern") }
        }
        sealWords()
        shorthand = features.firstIndex { $0.id == "shorthand" } ?? -1
    }

    private func add(_ fields: [String], _ place: String) throws {
        let roles: Set<ProfileRole>
        switch fields[3] {
        case "any": roles = Set(ProfileRole.allCases)
        case "user": roles = [.user]
        case "assistant": roles = [.assistant, .rejected, .text]
        default: throw ProfileError(.list, "\(place): the role is any, user or assistant, not '\(fields[3])'")
        }
        guard let position = Position(rawValue: fields[4]) else {
            throw ProfileError(
                .list, "\(place): the position is any, opener, closer or whole, not '\(fields[4])'")
        }
        var feature = features.firstIndex { $0.id == fields[0] }
        if feature == nil {
            guard features.count < Self.most else {
                throw ProfileError(.list, "\(place): more than \(Self.most) features; use fewer ids")
            }
            features.append(Feature(id: fields[0], category: fields[1]))
            feature = features.count - 1
        }
        guard let feature, feature >= Self.patternStart else {
            throw ProfileError(
                .list, "\(place): \(fields[0]) is the id of a built-in feature; choose another")
        }
        if fields[5].contains(where: { "\\^$[](){}+".contains($0) }) {
            throw ProfileError(
                .list,
                "\(place): a pattern is words (a|b for either, word* for any that begins so, * for any), "
                    + "no regular expression")
        }
        let isExclusion = fields[5].hasPrefix("!")
        let words = fields[5].dropFirst(isExclusion ? 1 : 0).lowercased().split(separator: " ").map(
            String.init)
        guard !words.isEmpty else {
            throw ProfileError(.list, "\(place): ! takes off the words behind it; there are none")
        }
        guard words.contains(where: { $0 != "*" }) else {
            throw ProfileError(.list, "\(place): a pattern of * alone would find every turn; name a word")
        }
        if isExclusion { excluding |= 1 << FeatureReader.Set(feature) }
        addPattern(
            words, Goal(feature: feature, roles: roles, position: position, isExclusion: isExclusion))
    }

    private func addPattern(_ words: [String], _ goal: Goal) {
        longestPattern = max(longestPattern, words.count)
        var ends: [Int32] = [0]
        for word in words {
            var next: [Int32] = []
            for end in ends {
                for choice in word.split(separator: "|") { next.append(step(from: end, String(choice))) }
            }
            ends = next
        }
        for end in Set(ends) where end > 0 {
            goals[Int(end)].append(goal)
            nodes[Int(end)].hasGoals = true
        }
    }

    private func step(from node: Int32, _ word: String) -> Int32 {
        nodes[Int(node)].isEmpty = false
        if word == "*" {
            if nodes[Int(node)].wild < 0 {
                addNode()
                nodes[Int(node)].wild = Int32(nodes.count - 1)
            }
            return nodes[Int(node)].wild
        }
        let symbol = symbol(of: word)
        let key = PatternTable.key(node, symbol)
        if let known = edges[key] { return known }
        addNode()
        edges[key] = Int32(nodes.count - 1)
        return Int32(nodes.count - 1)
    }

    private func addNode() {
        nodes.append(Node())
        goals.append([])
    }

    private func symbol(of word: String) -> Int32 {
        let isPrefix = word.hasSuffix("*")
        let key = Array((isPrefix ? String(word.dropLast()) : word).utf8)
        if isPrefix {
            if let known = prefixes.first(where: { $0.prefix == key }) { return known.symbol }
            let fresh = Int32(words.count + prefixes.count)
            prefixes.append((key, fresh))
            return fresh
        }
        if let known = words[key] { return known }
        let fresh = Int32(words.count + prefixes.count)
        words[key] = fresh
        return fresh
    }

    /// The symbols that a word stands for: itself, and each prefix that it begins with.
    ///
    /// - Parameter hash: the key's, as a lexical word bears it.
    func symbols(of key: UnsafeRawBufferPointer, hash: UInt64) -> [Int32] {
        guard let first = key.first else { return [] }
        var found: [Int32] = []
        if wordFilter[Int(hash & 0xFFFF) >> 6] >> (hash & 63) & 1 == 1, let symbol = words[Array(key)] {
            found.append(symbol)
        }
        for place in prefixesByByte[Int(first)] where Self.begins(key, with: prefixes[place].prefix) {
            found.append(prefixes[place].symbol)
        }
        return found
    }

    private static func begins(_ key: UnsafeRawBufferPointer, with prefix: [UInt8]) -> Bool {
        guard key.count >= prefix.count else { return false }
        for at in prefix.indices where key[at] != prefix[at] { return false }
        return true
    }

    private func sealWords() {
        for word in words.keys {
            let hash = word.withUnsafeBytes { LexicalReader.hash(ofKey: $0) }
            wordFilter[Int(hash & 0xFFFF) >> 6] |= 1 << (hash & 63)
        }
        for (place, item) in prefixes.enumerated() {
            // The prefix of any word there is, of no letters.
            let bytes = item.prefix.first.map { Int($0)...Int($0) } ?? 0...255
            for byte in bytes { prefixesByByte[byte].append(place) }
        }
    }
}
