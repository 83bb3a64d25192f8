import TestSupport
import Testing

@testable import Comparison

/// The sample is the rows of the smallest keys, however they come.
@Suite struct SamplerTests {
    @Test func `the rows of the smallest keys are drawn in any order and by any number of threads`() {
        let rows = (0..<5000).map { ordinal in
            SampledRow(
                key: RowSampler.key(seed: 3, side: .left, shard: 11, ordinal: ordinal), side: .left, shard: 0,
                ordinal: ordinal, text: [], turns: 1, slices: [])
        }
        let expected = rows.sorted { $0.key < $1.key }.prefix(300).map(\.ordinal)
        for (parts, isReversed) in [(1, false), (3, false), (4, true)] {
            var samplers = (0..<parts).map { _ in RowSampler(limit: 300) }
            for row in isReversed ? rows.reversed() : rows {
                let part = row.ordinal % parts
                if samplers[part].wants(row.key) { samplers[part].add(row) }
            }
            #expect(RowSampler.merged(samplers).map(\.ordinal) == expected)
        }
    }

    @Test func `a long row is cut between two letters`() {
        let text = Array(String(repeating: "é", count: 3000).utf8)
        let row = SampledRow(
            key: 1, side: .left, shard: 0, ordinal: 0, text: [0x61] + text, turns: 1, slices: [])
        #expect(row.isCut && row.byteCount == 6001 && row.text.count == 4095)
        #expect(String(validating: row.text, as: UTF8.self) != nil)
    }

    @Test(arguments: [
        ("What is my limit and how do I change it?", 2), ("I want a refund. Also, where is my card?", 2),
        ("My card is blue.", 0), ("Please cancel the order and refund me", 2), ("can you help", 1),
        ("How do I do this? And why?", 2), ("I like it", 1),
    ])
    func `questions and requests are counted by clause`(_ text: String, _ count: Int) throws {
        let reader = try SampledRowReader(features: FeatureList(marks: []), marker: nil)
        #expect(reader.read(RowMaker.rows([text], .left)[0]).requestCount == count)
    }

    @Test(arguments: [
        ("mera card kab aayega please tell me what is the status", true),
        ("where is my card and when can you send it", false), ("hola quiero mi tarjeta", false),
        ("hola quiero my card please, what is the status", true),
    ])
    func `mixed languages are told`(_ text: String, _ isMixed: Bool) throws {
        let reader = try SampledRowReader(features: FeatureList(marks: []), marker: nil)
        #expect(reader.read(RowMaker.rows([text], .left)[0]).isCodeMixed == isMixed)
    }
}
