import Findings
import Foundation
import TestSupport
import Testing

@testable import Comparison

/// The three tests on rows of known truth: nothing found where there is nothing, and what was planted is found.
@Suite struct ClassifierTests {
    private static func texts(_ count: Int, seed: UInt64) -> [String] {
        var maker = RowMaker(seed: seed)
        return (0..<count).map { _ in maker.text() }
    }

    @Test func `two samples of one source are not told apart, nor if each row stands there four times`()
        throws
    {
        let left = Self.texts(500, seed: 1)
        let right = Self.texts(500, seed: 2)
        for times in [1, 4] {
            let found = try RowMaker.compare(
                left.flatMap { Array(repeating: $0, count: times) },
                right.flatMap { Array(repeating: $0, count: times) })
            for area in [found.figures.all, found.figures.content, found.figures.register] {
                #expect((0.45...0.55).contains(area.auc), "\(times) times: \(area)")
                #expect((area.nullLow ?? 0) < 0.5 && (area.nullHigh ?? 1) > 0.5)
            }
            #expect(found.figures.left.components <= 500)
            #expect(found.figures.features.allSatisfy { !$0.stands } && found.figures.terms.isEmpty)
        }
    }

    @Test func `an apology before each row is register, another topic is content`() throws {
        let left = Self.texts(400, seed: 3)
        let polite = Self.texts(400, seed: 4).map { "Sorry, but " + $0 }
        let register = try RowMaker.compare(left, polite).figures
        #expect(register.register.auc > 0.99 && register.content.auc < 0.6)
        #expect(register.terms.contains { $0.term.contains("sorry") && $0.z < 0 && $0.rightRows == 400 })
        let other = Self.texts(400, seed: 5).map { $0.replacingOccurrences(of: "card", with: "horse") }
        let content = try RowMaker.compare(left, other).figures
        #expect(content.content.auc > 0.55 && content.register.auc < 0.55)
        #expect(content.terms.first?.term == "horse" || content.terms.first?.term == "card")
    }

    @Test func `letters without capitals and marks are found by their rates`() throws {
        let left = Self.texts(400, seed: 6)
        let bare = Self.texts(400, seed: 7).map { $0.replacingOccurrences(of: "?", with: "") }
        let found = try RowMaker.compare(left, bare).figures
        let marks = try #require(found.features.first { $0.id == "punctuation-share" })
        #expect(marks.stands && marks.delta == 1 && marks.q < 1e-6)
    }

    @Test func `a word counts once a row and once a component`() throws {
        var left = Self.texts(300, seed: 8)
        let right = Self.texts(300, seed: 9)
        // One row that repeats a word, and one template in a hundred rows.
        left[0] = String(repeating: "zebra ", count: 200)
        for row in 1...100 { left[row] = "the giraffe waits" }
        let found = try RowMaker.compare(left, right).figures
        #expect(
            !found.terms.contains { $0.term.contains("zebra") || $0.term.contains("giraffe") },
            "\(found.terms)")
    }

    @Test func `figures are the same for 1, 2 and 8 threads`() throws {
        let left = Self.texts(300, seed: 10)
        let right = Self.texts(260, seed: 11).map { $0 + " thanks" }
        let one = try RowMaker.compare(left, right, threads: 1).figures
        #expect(try RowMaker.compare(left, right, threads: 2).figures == one)
        #expect(try RowMaker.compare(left, right, threads: 8).figures == one)
    }

    @Test func `of a group of copies over a fifth of the sample one row of each text stays`() {
        let left = Array(repeating: "the same", count: 300) + Self.texts(300, seed: 12)
        let sample = RowMaker.sample(left, Self.texts(300, seed: 13))
        #expect(sample.largestComponent == 300 && sample.copiesLeftOut == 299)
        #expect(sample.count(.left) == 301 && sample.count(.right) == 300)
    }

    @Test func `under two hundred rows a side there is no verdict`() throws {
        var figures = try RowMaker.compare(Self.texts(199, seed: 14), Self.texts(300, seed: 15)).figures
        ComparisonVerdict.judge(&figures)
        #expect(figures.apart == nil && figures.verdict.hasPrefix("No verdict: synthetic has 199 rows"))
    }
}
