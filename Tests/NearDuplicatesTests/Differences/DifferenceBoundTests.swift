import Corpus
import Testing

@testable import NearDuplicates

/// Texts of 10 KB and more that would be slow if any step were quadratic; the limit is far above the need.
@Suite struct DifferenceBoundTests {
    static let patterns: [(id: String, row: String, keeper: String)] = [
        ("nothing in common", "alpha ", "beta "), ("one word", "a b ", "b b a "), ("digits", "1", "2"),
        ("digit groups", "1-", "2-"), ("open tags", "<a ", "<b "), ("code groups", "a-1_", "b-1_"),
        ("points", "a.", "b."), ("plus", "+1 ", "+2 "), ("number words", "two ", "three "),
        ("brackets", "((1", "((2"), ("chinese", "我不喜欢", "他没有了"), ("commas", "1,111", "1.111"),
        ("hundreds", "hundred ", "billion "), ("addresses", "http://)", "http://("), ("at", "a@", "b@"),
        ("apostrophes", "a'", "b'"), ("superscripts", "²", "³"), ("combining", "\u{301}", "\u{302}"),
        ("signs", "=-", "-="), ("entities", "&lt;", "&gt;"), ("months", "May 5, ", "June 6, "),
        ("no-break spaces", "1\u{A0}", "2\u{A0}"),
    ]

    @Test(.timeLimit(.minutes(2)), arguments: patterns.indices)
    func `long repetitive texts take linear time and are symmetric`(_ index: Int) {
        let item = Self.patterns[index]
        let row = TextFixture(String(repeating: item.row, count: 12_000 / item.row.utf8.count))
        let keeper = TextFixture(String(repeating: item.keeper, count: 11_000 / item.keeper.utf8.count))
        let difference = row.verdict(against: keeper).difference
        #expect(difference != .identical, "\(item.id)")
        #expect(keeper.verdict(against: row).difference == difference, "\(item.id)")
    }

    @Test(.timeLimit(.minutes(2)))
    func `long unlike texts take bounded time`() {
        var random = SeededRandom(seed: 9)
        func words(_ salt: String) -> String {
            (0..<2_500).map { _ in salt + ["ba", "ce", "di", "fo", "gu"].shuffled(using: &random).joined() }
                .joined(separator: " ")
        }
        let (row, keeper) = (TextFixture(words("x")), TextFixture(words("y")))
        #expect(row.verdict(against: keeper).difference == .wording)
    }
}
