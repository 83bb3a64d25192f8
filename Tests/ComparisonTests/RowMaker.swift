import Comparison
import TestSupport

/// Rows made of random words, without data.
struct RowMaker {
    private var random: SplitMix
    static let words = [
        "card", "transfer", "account", "payment", "refund", "limit", "pin", "balance", "fee", "bank", "money",
        "cash",
        "app", "phone", "order", "statement", "currency", "exchange", "rate", "top", "pending", "declined",
        "arrive",
        "delivery", "lost", "stolen", "frozen", "identity", "verify", "address",
    ]
    static let frames = [
        "how do i", "what is my", "why was the", "please help with a", "when will the", "is there a",
        "i want my",
        "can you change the", "where is my", "my",
    ]

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    mutating func text() -> String {
        var words = [Self.frames[random.below(Self.frames.count)]]
        for _ in 0..<4 + random.below(6) { words.append(Self.words[random.below(Self.words.count)]) }
        return words.joined(separator: " ") + "?"
    }

    /// Rows of one side by their texts.
    static func rows(_ texts: [String], _ side: ComparisonSide, seed: UInt64 = 1) -> [SampledRow] {
        texts.enumerated().map { ordinal, text in
            SampledRow(
                key: RowSampler.key(seed: seed, side: side, shard: 7, ordinal: ordinal), side: side, shard: 0,
                ordinal: ordinal, text: Array(text.utf8), turns: 1, slices: [])
        }
    }

    /// A sample in which only equal texts belong together.
    static func sample(_ left: [String], _ right: [String]) -> RowSample {
        let rows = rows(left, .left) + rows(right, .right)
        var first: [[UInt8]: Int] = [:]
        let roots = rows.enumerated().map { number, row in
            let root = first[row.text] ?? number
            first[row.text] = root
            return root
        }
        return RowSample(rows, roots: roots)
    }

    static func compare(_ left: [String], _ right: [String], threads: Int = 2) throws -> SampleComparison {
        var request = ComparisonRequest()
        request.threads = threads
        return try SampleComparison(
            request, sample: sample(left, right), shardNames: ["rows.jsonl"], makeMarker: nil)
    }
}
