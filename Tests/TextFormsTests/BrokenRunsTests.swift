import TestSupport
import Testing

@testable import TextForms

/// Runs that are remembered, against ICU each time.
@Suite struct BrokenRunsTests {
    private static let parts = [
        "退款", "请求", "我想", "谢谢", "编程语言", "的", "お願い", "します", "コンピューター", "ขอคืนเงิน", "ကျေးဇူး", "𠮷野",
    ]

    @Test(arguments: [BrokenRuns.roomBytes, 2_000, 450])
    func `words of a run are the same, met again or not, remembered or forgotten`(roomBytes: Int) throws {
        print("seed 870")
        var generator = SplitMix(seed: 870)
        let breaker = try WordBreaker()
        let runs = BrokenRuns(try WordBreaker(), roomBytes: roomBytes)
        func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &generator) }
        let pool = (0..<60).map { _ in
            (0...below(30)).map { _ in Self.parts[below(Self.parts.count)] }.joined()
        }
        // Among them runs that are too long to be remembered.
        #expect(pool.contains { $0.utf8.count > BrokenRuns.longestRun })
        #expect(pool.contains { $0.utf8.count <= BrokenRuns.longestRun })
        for _ in 0..<2_000 {
            let before = String(repeating: "x", count: below(4))
            let run = pool[below(pool.count)]
            let text = before + run + "。"
            let range = before.utf8.count..<before.utf8.count + run.utf8.count
            TextMaker.withExactBytes(text) { bytes in
                var expected: [Range<Int>] = []
                var found: [Range<Int>] = []
                breaker.forEachWord(in: bytes, run: range) { expected.append($0) }
                runs.forEachWord(in: bytes, run: range) { found.append($0) }
                #expect(found == expected, "\(text)")
            }
        }
    }
}
