import Corpus
import TestSupport

/// Makes rows with planted relations from a seed.
struct RowMaker {
    var generator: SplitMix
    private let words: [String]

    init(seed: UInt64, vocabulary: Int = 3_000) {
        generator = SplitMix(seed: seed)
        let onsets = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "br"]
        let vowels = ["a", "e", "i", "o", "u", "ai", "ou"]
        var words: [String] = []
        for _ in 0..<vocabulary {
            var word = ""
            for _ in 0..<1 + generator.below(3) {
                word += onsets[generator.below(onsets.count)] + vowels[generator.below(vowels.count)]
            }
            words.append(word)
        }
        self.words = words
    }

    mutating func word() -> String { words[generator.below(words.count)] }

    mutating func sentence(_ count: Int) -> [String] { (0..<count).map { _ in word() } }

    mutating func text(_ count: Int) -> String { sentence(count).joined(separator: " ") }

    /// Han characters without spaces.
    mutating func hanText(_ count: Int) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<count {
            if let point = Unicode.Scalar(0x4E00 + UInt32(generator.below(3_000))) { text.append(point) }
        }
        return String(text)
    }

    /// The text with some words replaced, added, left out or written in capitals.
    mutating func edited(_ text: String, edits: Int) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<edits {
            let place = generator.below(max(1, words.count))
            switch generator.below(5) {
            case 0: words.insert(word(), at: place)
            case 1 where words.count > 1: words.remove(at: place)
            case 2: words[place] = words[place].uppercased() + "!"
            default: words[place] = word()
            }
        }
        return words.joined(separator: " ")
    }

    /// As `edited`, by characters.
    mutating func editedHan(_ text: String, edits: Int) -> String {
        var points = Array(text.unicodeScalars)
        for _ in 0..<edits {
            if let point = Unicode.Scalar(0x4E00 + UInt32(generator.below(3_000))) {
                points[generator.below(points.count)] = point
            }
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: points)
        return String(result)
    }

    /// Rows of all kinds, among them many pairs with similarities around common thresholds.
    mutating func rows(_ count: Int) -> [MadeRow] {
        var rows: [MadeRow] = []
        while rows.count < count {
            switch generator.below(12) {
            case 0...3: rows += plainFamily()
            case 4...6: rows += chatFamily()
            case 7: rows += templateFamily()
            case 8: rows += hanFamily()
            case 9: rows += shortRows()
            case 10: rows += oneSided()
            default: rows.append(MadeRow(text(8 + generator.below(40))))
            }
        }
        rows.removeLast(rows.count - count)
        rows.shuffle(using: &generator)
        return rows
    }

    private mutating func plainFamily() -> [MadeRow] {
        let base = text(10 + generator.below(40))
        return [MadeRow(base)]
            + (0..<1 + generator.below(4)).map { _ in MadeRow(edited(base, edits: generator.below(7))) }
    }

    private mutating func chatFamily() -> [MadeRow] {
        let user = text(6 + generator.below(20))
        let reply = text(10 + generator.below(30))
        let hasMore = generator.chance(40)
        return (0..<2 + generator.below(3)).map { _ in
            var turns: [(Role, String)] = []
            if generator.chance(30) { turns.append((.system, text(3))) }
            turns.append((.user, edited(user, edits: generator.below(3))))
            turns.append((.assistant, edited(reply, edits: generator.below(4))))
            if hasMore { turns.append((.user, generator.chance(50) ? "" : "ok")) }
            if hasMore { turns.append((.tool, generator.chance(50) ? "done" : "")) }
            return MadeRow(turns)
        }
    }

    /// One long frame with words of its own in each row: pairs far enough apart not to merge at 0.8.
    private mutating func templateFamily() -> [MadeRow] {
        let frame = text(25)
        let own = 2 + generator.below(7)
        return (0..<4 + generator.below(8)).map { _ in MadeRow(frame + " " + text(own)) }
    }

    private mutating func hanFamily() -> [MadeRow] {
        let base = hanText(20 + generator.below(60))
        return [MadeRow(base)]
            + (0..<1 + generator.below(3)).map { _ in MadeRow(editedHan(base, edits: generator.below(3))) }
    }

    private mutating func shortRows() -> [MadeRow] {
        let choices = ["ok", "no", "yes", "Ok", "a", "?", "hm", "da", "4", "5", "!!", "go on", "  "]
        return (0..<3).map { _ in MadeRow(choices[generator.below(choices.count)]) }
    }

    /// The same reply under other requests, and the same request with other replies.
    private mutating func oneSided() -> [MadeRow] {
        let user = text(15)
        let reply = text(60)
        return [
            MadeRow(user: user, assistant: reply),
            MadeRow(user: text(15), assistant: edited(reply, edits: 1)),
            MadeRow(user: edited(user, edits: 1), assistant: text(60)),
            MadeRow([(.user, user)]),
            MadeRow([(.assistant, reply)]),
        ]
    }
}
