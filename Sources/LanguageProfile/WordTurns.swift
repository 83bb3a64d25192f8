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
    typealias Token = ctext_token

    let reader: LexicalReader
    /// Those of the last batch; valid until the next is read.
    private(set) var tokens = UnsafeBufferPointer<Token>(start: nil, count: 0)
    /// Words of the last batch that are part of program text, markup or an address.
    private(set) var technicalCount = 0
    /// Whether the last batch is program text or markup for the most part.
    private(set) var isTechnical = false
    /// All words of the last batch; valid until the next is read.
    private(set) var words = UnsafeBufferPointer<LexicalReader.Word>(start: nil, count: 0)
    /// Whether the turn begun last holds a tool call.
    private(set) var hasToolCall = false
    private var lastEnd: UInt32 = 0
    private var room = UnsafeMutableBufferPointer<Token>.allocate(capacity: LexicalReader.batchSize)

    static let longestWord = 40
    /// A batch of which one word in so many is technical is program text. Chosen: instruction rows that hold code
    /// have one in three and more, prose with links and terms one in twenty.
    static let technicalShare = 7

    init() throws { reader = try LexicalReader(breaksUnspaced: false) }

    deinit { room.deallocate() }

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
        let words = reader.next()
        self.words = words
        guard !words.isEmpty else { return false }
        if words.count > room.count {
            room.deallocate()
            room = .allocate(capacity: words.count * 2)
        }
        var technical = 0
        let count = ctext_tokens(
            bytes.assumingMemoryBound(to: UInt8.self).baseAddress, words.baseAddress, words.count,
            Self.leftOut,
            UInt32(Self.longestWord), &lastEnd, room.baseAddress, &technical)
        tokens = UnsafeBufferPointer(rebasing: room[..<count])
        technicalCount = technical
        isTechnical = technical > 3 && technical * Self.technicalShare > words.count
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

    static let leftOut = UInt32(
        CTEXT_LEXICAL_DIGIT | CTEXT_LEXICAL_UNDERSCORE | CTEXT_LEXICAL_MID
            | CTEXT_LEXICAL_TECHNICAL | CTEXT_LEXICAL_UNSPACED)

    /// Where the first tool call begins, as the row's text holds it.
    private static func toolCall(in bytes: UnsafeRawBufferPointer) -> Int? {
        bytes.firstOffset(of: "<tool_call>")
    }
}
