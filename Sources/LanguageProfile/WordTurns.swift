import CText
import Corpus
import TextForms

/// Reads the words of a row's turns that a spelling check can judge; one per thread.
///
/// Left out: tool turns, tool calls, program text between backticks, addresses, paths, markup, identifiers
/// (digits, underscores, capitals inside), words of over 40 bytes, scripts without spaces between
/// words, and batches of words in which the known ones are too few: another language, or program text.
final class WordTurns {
    /// A word that can be judged.
    struct Token {
        var hash: UInt64
        var start: UInt32
        var end: UInt32
        /// As in `LexicalReader.Word`: not 0 for a key that is not plain.
        var key: UInt32
        var letterCase: LetterCase
        /// Two words with a hyphen between them.
        var isCompound: Bool
        /// Whether only one space lies between it and the token before.
        var followsDirectly: Bool
    }

    let reader: LexicalReader
    private(set) var tokens: [Token] = []
    /// Whether the last batch is program text or markup for the most part.
    private(set) var isTechnical = false
    /// All words of the last batch; valid until the next is read.
    private(set) var words = UnsafeBufferPointer<LexicalReader.Word>(start: nil, count: 0)
    /// Whether the turn begun last holds a tool call.
    private(set) var hasToolCall = false
    private var lastEnd: UInt32 = 0

    static let longestWord = 40
    /// A batch of which one word in so many is technical is program text. Chosen: instruction rows that hold code
    /// have one in three and more, prose with links and terms one in twenty.
    static let technicalShare = 7

    init() throws { reader = try LexicalReader(breaksUnspaced: false) }

    /// Begins a turn; `false` for one that is left out.
    func begin(_ bytes: UnsafeRawBufferPointer, role: ProfileRole) -> Bool {
        hasToolCall = role == .tool
        guard role != .tool, !bytes.isEmpty else { return false }
        var text = bytes
        if role == .assistant || role == .rejected, let call = Self.toolCall(in: bytes) {
            hasToolCall = true
            text = UnsafeRawBufferPointer(rebasing: bytes[..<call])
            // A turn that only calls a tool says nothing.
            guard text.contains(where: { $0 > 0x20 }) else { return false }
        }
        reader.begin(text, skipsCode: true)
        lastEnd = .max - 1
        return true
    }

    /// Reads the next batch of words into `tokens`; `false` at the end of the turn.
    func next(_ bytes: UnsafeRawBufferPointer) -> Bool {
        words = reader.next()
        let words = self.words
        tokens.removeAll(keepingCapacity: true)
        guard !words.isEmpty else { return false }
        var at = 0
        var technical = 0
        defer { isTechnical = technical > 3 && technical * Self.technicalShare > words.count }
        while at < words.count {
            let word = words[at]
            at += 1
            if word.flags & UInt32(CTEXT_LEXICAL_TECHNICAL) != 0 { technical += 1 }
            if word.flags & Self.hyphens != 0 {
                if at < words.count, addCompound(word, words[at], bytes) { at += 1 }
                continue
            }
            if word.flags & Self.leftOut != 0 { continue }
            let length = word.end - word.start
            guard length <= Self.longestWord, let letterCase = LetterCase(flags: word.flags)
            else {
                continue
            }
            append(word.hash, word.start, word.end, word.key, letterCase, false, bytes)
        }
        return true
    }

    @inline(__always)
    private func append(
        _ hash: UInt64, _ start: UInt32, _ end: UInt32, _ key: UInt32, _ letterCase: LetterCase,
        _ isCompound: Bool, _ bytes: UnsafeRawBufferPointer
    ) {
        let follows = lastEnd &+ 1 == start && bytes[Int(lastEnd)] == 0x20
        tokens.append(
            Token(
                hash: hash, start: start, end: end, key: key, letterCase: letterCase, isCompound: isCompound,
                followsDirectly: follows))
        lastEnd = end
    }

    /// Two plain words with a hyphen between them are a token; their parts are none.
    private func addCompound(
        _ first: LexicalReader.Word, _ second: LexicalReader.Word, _ bytes: UnsafeRawBufferPointer
    ) -> Bool {
        let after = UInt32(CTEXT_LEXICAL_HYPHEN_AFTER)
        let before = UInt32(CTEXT_LEXICAL_HYPHEN_BEFORE)
        guard first.flags & Self.hyphens == after, second.flags & Self.hyphens == before,
            (first.flags | second.flags) & Self.leftOut == 0, first.key == 0, second.key == 0,
            first.end + 1 == second.start, second.end - first.start <= Self.longestWord,
            (first.flags | second.flags) & UInt32(CTEXT_LEXICAL_APOSTROPHE) == 0,
            LetterCase(flags: second.flags) != nil, let letterCase = LetterCase(flags: first.flags)
        else { return false }
        let range = Int(first.start)..<Int(second.end)
        let part = UnsafeRawBufferPointer(rebasing: bytes[range])
        append(LexicalReader.hash(ofKey: part), first.start, second.end, 0, letterCase, true, bytes)
        return true
    }

    /// Calls `body` with the token's bytes and whether their case is to be folded.
    @inline(__always)
    func withKey<Result>(
        _ token: Token, _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Bool) -> Result
    ) -> Result {
        if token.key == 0 {
            return body(UnsafeRawBufferPointer(rebasing: bytes[Int(token.start)..<Int(token.end)]), true)
        }
        let word = LexicalReader.Word(
            hash: token.hash, start: token.start, end: token.end, flags: 0, key: token.key)
        return reader.withKey(word) { body($0, false) }
    }

    private static let hyphens = UInt32(
        CTEXT_LEXICAL_HYPHEN_BEFORE | CTEXT_LEXICAL_HYPHEN_AFTER)
    static let leftOut = UInt32(
        CTEXT_LEXICAL_DIGIT | CTEXT_LEXICAL_UNDERSCORE | CTEXT_LEXICAL_MID
            | CTEXT_LEXICAL_TECHNICAL | CTEXT_LEXICAL_UNSPACED)

    /// Where the first tool call begins, as the row's text holds it.
    private static func toolCall(in bytes: UnsafeRawBufferPointer) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let mark: StaticString = "<tool_call>"
        let place = ctext_find(
            base.assumingMemoryBound(to: UInt8.self), bytes.count, mark.utf8Start, mark.utf8CodeUnitCount)
        return place < bytes.count ? place : nil
    }
}
