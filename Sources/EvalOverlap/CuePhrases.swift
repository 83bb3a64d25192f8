import CText

/// The phrases of a rubric that would give it away in an answer: its quoted strings, and its n-grams of 2 to 5 words
/// within a sentence.
package final class CuePhrases: Sendable {
    package struct Phrase: Sendable {
        /// As the rubric has it, white space as single spaces.
        package var text: String
        package var isQuoted: Bool
        /// Of its words among those of all phrases.
        package var words: Range<Int>
    }

    static let gramWords = 2...5
    /// Words of a longest quoted string.
    static let quotedWords = 12

    package let phrases: [Phrase]
    let words: [UInt64]
    /// Phrases by their first two words, and those of one word.
    private let byPair: [UInt64: [Int32]]
    private let byWord: [UInt64: [Int32]]
    /// A bit for each hash of `byPair` and `byWord`.
    private let filter: [UInt64]
    private static let filterBits = 16

    /// - Parameter texts: the rubric's texts, UTF-8.
    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes).
    package init(_ texts: [[UInt8]]) throws {
        var collector = try Collector()
        for text in texts { collector.addQuoted(text) }
        for text in texts { collector.addGrams(text) }
        phrases = collector.phrases
        words = collector.words
        var byPair: [UInt64: [Int32]] = [:]
        var byWord: [UInt64: [Int32]] = [:]
        for (number, phrase) in phrases.enumerated() {
            let first = phrase.words.lowerBound
            if phrase.words.count == 1 {
                byWord[words[first], default: []].append(Int32(number))
            } else {
                byPair[Self.pair(words[first], words[first + 1]), default: []].append(Int32(number))
            }
        }
        var filter = [UInt64](repeating: 0, count: 1 << (Self.filterBits - 6))
        for hash in byPair.keys { Self.set(hash, in: &filter) }
        for hash in byWord.keys { Self.set(hash, in: &filter) }
        self.byPair = byPair
        self.byWord = byWord
        self.filter = filter
    }

    @inline(__always)
    private static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 {
        ctext_mix64(first &* 0x9e37_79b9_7f4a_7c15 &+ second)
    }

    private static func set(_ hash: UInt64, in filter: inout [UInt64]) {
        let bit = Int(hash >> UInt64(64 - filterBits))
        filter[bit >> 6] |= 1 << UInt64(bit & 63)
    }

    @inline(__always)
    private func mayHold(_ hash: UInt64) -> Bool {
        let bit = Int(hash >> UInt64(64 - Self.filterBits))
        return filter[bit >> 6] & 1 << UInt64(bit & 63) != 0
    }

    /// Calls `body` with the number of each phrase that stands in some words, as often as it does.
    ///
    /// - Complexity: O(words + phrases met).
    func forEach(in text: UnsafeBufferPointer<UInt64>, _ body: (Int) -> Void) {
        for at in text.indices {
            if !byWord.isEmpty, mayHold(text[at]) {
                for number in byWord[text[at]] ?? [] { body(Int(number)) }
            }
            guard at + 1 < text.count else { continue }
            let hash = Self.pair(text[at], text[at + 1])
            guard mayHold(hash), let numbers = byPair[hash] else { continue }
            for number in numbers {
                let own = phrases[Int(number)].words
                guard own.count <= text.count - at else { continue }
                if (2..<max(2, own.count)).allSatisfy({ text[at + $0] == words[own.lowerBound + $0] }) {
                    body(Int(number))
                }
            }
        }
    }

    /// Whether all words of a phrase stand in another, in one run.
    func isPart(_ phrase: Int, of other: Int) -> Bool {
        let (own, longer) = (phrases[phrase].words, phrases[other].words)
        guard own.count < longer.count else { return false }
        return (0...longer.count - own.count).contains { shift in
            own.indices.allSatisfy { words[$0] == words[longer.lowerBound + shift + $0 - own.lowerBound] }
        }
    }
}

/// Collects the phrases of a rubric, each once.
private struct Collector {
    private(set) var phrases: [CuePhrases.Phrase] = []
    private(set) var words: [UInt64] = []
    private var known = Set<[UInt64]>()
    private let reader: OverlapText
    private let original: OriginalWords

    init() throws {
        reader = try OverlapText()
        original = try OriginalWords()
    }

    private mutating func add(_ hashes: [UInt64], _ bytes: ArraySlice<UInt8>, isQuoted: Bool) {
        guard known.insert(hashes).inserted else { return }
        let text = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        phrases.append(
            CuePhrases.Phrase(
                text: text.joined(separator: " "), isQuoted: isQuoted,
                words: words.count..<words.count + hashes.count))
        words += hashes
    }

    /// Strings between quotation marks or backticks on one line.
    mutating func addQuoted(_ text: [UInt8]) {
        for range in QuotedText.strings(of: text) {
            let quoted = text[range]
            reader.begin()
            Array(quoted).withUnsafeBytes { reader.append($0) }
            guard (1...CuePhrases.quotedWords).contains(reader.count), reader.count > 1 || !reader.isNumber(0)
            else {
                continue
            }
            add(Array(reader.words), quoted, isQuoted: true)
        }
    }

    mutating func addGrams(_ text: [UInt8]) {
        reader.begin()
        text.withUnsafeBytes { reader.append($0) }
        let count = reader.count
        let hashes = Array(reader.words)
        let gaps = Array(reader.gaps)
        let ranges = text.withUnsafeBytes { original.ranges(of: $0, count: count) }
        for first in 0..<count {
            var end = first + 1
            while end < count, gaps[end] == 0, end - first < CuePhrases.gramWords.upperBound {
                end += 1
                let range =
                    ranges[first].lowerBound..<max(ranges[first].lowerBound, ranges[end - 1].upperBound)
                add(Array(hashes[first..<end]), text[range], isQuoted: false)
            }
        }
    }
}
