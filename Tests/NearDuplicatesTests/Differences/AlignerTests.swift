import Testing

@testable import NearDuplicates

@Suite struct AlignerTests {
    private func tokens(_ keys: [Int]) -> ContiguousArray<Token> {
        ContiguousArray(
            keys.enumerated().map {
                Token(
                    start: UInt32($0.offset), end: UInt32($0.offset + 1), kind: .word, flags: [],
                    key: UInt64($0.element))
            })
    }

    /// Length of the longest common subsequence, by the quadratic table.
    private func commonCount(_ first: [Int], _ second: [Int]) -> Int {
        var last = [Int](repeating: 0, count: second.count + 1)
        for element in first {
            var current = last
            for column in second.indices {
                current[column + 1] =
                    element == second[column] ? last[column] + 1 : max(last[column + 1], current[column])
            }
            last = current
        }
        return last[second.count]
    }

    @Test func `all short sequences align with the fewest edits`() {
        var aligner = TokenAligner()
        func sequences(_ length: Int) -> [[Int]] {
            (0..<Int(pow3(length))).map { code in (0..<length).map { 1 + code / pow3($0) % 3 } }
        }
        func pow3(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { product, _ in product * 3 } }
        for firstLength in 0...4 {
            for secondLength in 0...4 {
                for first in sequences(firstLength) {
                    for second in sequences(secondLength) {
                        aligner.align(tokens(first), tokens(second))
                        let edits = aligner.segments.reduce(0) { $0 + $1.first.count + $1.second.count }
                        let fewest = first.count + second.count - 2 * commonCount(first, second)
                        if edits != fewest { Issue.record("\(first) \(second): \(edits), not \(fewest)") }
                    }
                }
            }
        }
    }

    @Test func `what lies outside the segments is equal, with and without anchors`() {
        var random = SeededRandom(seed: 3)
        var aligner = TokenAligner()
        for round in 0..<60 {
            let count = round < 50 ? 60 : 3000
            let alphabet = round % 2 == 0 ? 8 : 2000
            let first = (0..<count).map { _ in Int.random(in: 1...alphabet, using: &random) }
            var second = first
            for _ in 0..<count / (round % 3 + 2) {
                second[Int.random(in: 0..<count, using: &random)] = Int.random(
                    in: 1...alphabet, using: &random)
            }
            if Bool.random(using: &random) { second.removeFirst(count / 4) }
            aligner.align(tokens(first), tokens(second))
            var (low, otherLow) = (0, 0)
            for segment in aligner.segments {
                #expect(
                    Array(first[low..<segment.first.lowerBound])
                        == Array(second[otherLow..<segment.second.lowerBound]))
                (low, otherLow) = (segment.first.upperBound, segment.second.upperBound)
            }
            #expect(Array(first[low...]) == Array(second[otherLow...]))
        }
    }
}
