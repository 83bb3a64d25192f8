import Corpus
import Testing

@testable import NearDuplicates

@Suite struct WordDiffTests {
    private func parts(_ row: String, _ keeper: String) -> [String] {
        let (rowBytes, keeperBytes) = (Array(row.utf8), Array(keeper.utf8))
        return TextFixture(row).diff(against: TextFixture(keeper)).hunks.map { hunk in
            let old = String(decoding: rowBytes[hunk.rowRange], as: UTF8.self)
            let new = String(decoding: keeperBytes[hunk.keeperRange], as: UTF8.self)
            return switch hunk.kind {
            case .equal: old
            case .rowOnly: "-[\(old)]"
            case .keeperOnly: "+[\(new)]"
            case .replaced: "[\(old)|\(new)]"
            }
        }
    }

    @Test func `a replaced word stands alone`() {
        #expect(parts("It costs $40 now.", "It costs $45 now.") == ["It costs $", "[40|45]", " now."])
    }

    @Test func `an added word is only the keeper's`() {
        #expect(parts("It is sent.", "It is not sent.") == ["It is ", "+[not]", "sent."])
        #expect(parts("It is not sent.", "It is sent.") == ["It is ", "-[not]", " sent."])
    }

    @Test func `equal texts are one equal run`() {
        #expect(parts("It is sent.", "It is sent.") == ["It is sent."])
        #expect(parts("", "") == [])
    }

    @Test func `case and spacing are equal runs`() {
        #expect(parts("It IS sent.", "it is  sent.") == ["It IS sent."])
    }

    @Test func `turns follow each other`() {
        let row = TextFixture([(.user, "How much?"), (.assistant, "It is 4.")])
        let keeper = TextFixture([(.user, "How much?"), (.assistant, "It is 5.")])
        let kinds = row.diff(against: keeper).hunks.map(\.kind)
        #expect(kinds == [.equal, .equal, .replaced, .equal])
    }

    @Test func `hunks cover both texts in order`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<400 {
            let row = random.text()
            let keeper = random.edited(row)
            let diff = TextFixture(row).diff(against: TextFixture(keeper))
            var (low, otherLow) = (0, 0)
            for hunk in diff.hunks {
                #expect(hunk.rowRange.lowerBound >= low && hunk.keeperRange.lowerBound >= otherLow)
                (low, otherLow) = (hunk.rowRange.upperBound, hunk.keeperRange.upperBound)
            }
            #expect(low <= row.utf8.count && otherLow <= keeper.utf8.count)
        }
    }
}
