import Corpus
import Testing

@testable import NearDuplicates

@Suite struct DifferenceFuzzTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `random edits are symmetric, deterministic, and identical only when bytes are equal`(_ seed: UInt64)
    {
        var random = SeededRandom(seed: seed)
        let classifier = DifferenceClassifier()
        for round in 0..<1500 {
            let text = random.text()
            let (row, keeper) = (TextFixture(text), TextFixture(random.edited(text)))
            let verdict = row.verdict(against: keeper, by: classifier)
            let isEqual = text.utf8.elementsEqual(keeper.turns[0].2.utf8)
            #expect((verdict.difference == .identical) == isEqual, "seed \(seed), round \(round)")
            let reverse = keeper.verdict(against: row, by: classifier)
            #expect(reverse.difference == verdict.difference, "seed \(seed), round \(round)")
            #expect(reverse.negationChecked == verdict.negationChecked, "seed \(seed), round \(round)")
            #expect(row.verdict(against: keeper) == verdict, "seed \(seed), round \(round)")
            _ = row.verdict(against: keeper, contained: true, by: classifier)
        }
    }

    @Test func `random turns are symmetric`() {
        var random = SeededRandom(seed: 5)
        let classifier = DifferenceClassifier()
        for round in 0..<800 {
            let turns = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                ([Role.user, .assistant, .system].randomElement(using: &random) ?? .user, random.text())
            }
            var edited = turns.map { ($0.0, Bool.random(using: &random) ? random.edited($0.1) : $0.1) }
            if Bool.random(using: &random), !edited.isEmpty { edited.remove(at: edited.count / 2) }
            let (row, keeper) = (TextFixture(turns), TextFixture(edited))
            let verdict = row.verdict(against: keeper, by: classifier)
            #expect(
                keeper.verdict(against: row, by: classifier).difference == verdict.difference,
                "round \(round)")
        }
    }

    @Test func `bytes that are no UTF-8 never trap`() {
        var random = SeededRandom(seed: 6)
        let classifier = DifferenceClassifier()
        for _ in 0..<3000 {
            let row = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            var keeper = row
            if !keeper.isEmpty { keeper[keeper.count / 2] = UInt8.random(in: 0...255, using: &random) }
            let turns = [Turn(role: .text, offset: 0, length: row.count)]
            let verdict = row.withUnsafeBytes { row in
                keeper.withUnsafeBytes { keeper in
                    turns.withUnsafeBufferPointer {
                        classifier.classify(
                            row: RowText(bytes: row, turns: $0), keeper: RowText(bytes: keeper, turns: $0))
                    }
                }
            }
            #expect((verdict.difference == .identical) == (row == keeper))
        }
    }

    @Test func `numbers, operators and negations are found past the edit limit`() {
        func words(_ salt: Int) -> [String] {
            (0..<3000).map { index in
                let digits = String((index * 7919 + salt) % 100_003, radix: 26).utf8
                return String(decoding: digits.map { $0 < 0x3A ? $0 + 0x3F : $0 }, as: UTF8.self)
            }
        }
        func text(_ words: [String], _ end: String) -> TextFixture {
            TextFixture("Is the box here for you? " + words.joined(separator: " the ") + end)
        }
        let (left, right) = (words(1), words(50_000))
        #expect(text(left, " 5 end").verdict(against: text(right, " 6 end")).difference == .number)
        #expect(text(left, " x < y").verdict(against: text(right, " x > y")).difference == .operator)
        #expect(text(left, " is not it").verdict(against: text(right, " is it")).difference == .negation)
    }
}
