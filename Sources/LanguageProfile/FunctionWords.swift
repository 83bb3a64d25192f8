import TextForms

/// Frequent words that tell whether a stretch of text is English; threads share it.
///
/// Lexicons of English hold many words of other languages, so that a Spanish sentence may have more known words than
/// unknown ones.
package struct FunctionWords: Sendable {
    /// Of which language a word is one of the frequent ones.
    enum Kind: UInt8 {
        case none, english, other
    }

    private var kinds: [[UInt8]: Kind] = [:]

    /// The program's own list.
    package static let own = FunctionWords(OwnWordLists.functionWords)

    /// - Parameter list: words between white space, in the sections `[english]` and `[other]`; `#` begins a comment at
    ///   the start of a line.
    init(_ list: [UInt8]) {
        var kind = Kind.none
        for line in list.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            if line.first == UInt8(ascii: "[") {
                kind = line.elementsEqual("[english]".utf8) ? .english : .other
                continue
            }
            for word in line.split(separator: UInt8(ascii: " ")) {
                word.withUnsafeBytes { kinds[LexicalReader.key(of: $0)] = kind }
            }
        }
    }

    /// - Parameter key: a word in lower case.
    func kind(of key: UnsafeRawBufferPointer) -> Kind {
        key.count > Self.longest ? .none : kinds[Array(key)] ?? .none
    }

    private static let longest = 12

    /// Whether a stretch of words is of another language than English: by frequent words, of which prose has a third.
    ///
    /// - Parameter words: all of the stretch.
    static func isOther(english: Int, other: Int, words: Int) -> Bool {
        other >= leastOther && other > english && other * leastShare >= words
    }

    /// Chosen: names hold one or two (De Niro, Los Angeles).
    private static let leastOther = 3
    private static let leastShare = 6
}
