import Findings
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

    @Test(arguments: [1, 3])
    func `of each value at least so many rows are drawn, and weights make up for it`(_ parts: Int) {
        // One row in fifty is rare.
        func value(_ ordinal: Int) -> String { ordinal % 50 == 0 ? "rare" : "common" }
        var samplers = (0..<parts).map { _ in StratifiedSampler(limit: 200, perValue: 60) }
        for ordinal in 0..<5000 {
            let key = RowSampler.key(seed: 3, side: .left, shard: 11, ordinal: ordinal)
            guard samplers[ordinal % parts].wants(key, value: value(ordinal)) else { continue }
            samplers[ordinal % parts].add(
                SampledRow(
                    key: key, side: .left, shard: 0, ordinal: ordinal, text: [], turns: 1,
                    slices: [SliceValue(field: "kind", value: value(ordinal))]), value: value(ordinal))
        }
        let rows = StratifiedSampler.merged(samplers)
        let rare = rows.filter { $0.ordinal % 50 == 0 }
        #expect(rare.count == 60 && rows.count { !$0.isExtra } == 200)
        #expect(rows.map(\.key) == rows.map(\.key).sorted())
        let sum = rows.reduce(0) { $0 + $1.weight }
        #expect(abs(sum - Double(rows.count)) < 1e-9)
        #expect(abs(rare.reduce(0) { $0 + $1.weight } / sum - 0.02) < 1e-9)
        #expect(!StratifiedSampler.isOverfull(samplers))
        #expect(RowSample.effective(rows.map(\.weight)) < Double(rows.count))
    }

    @Test func `a weighted sample tells the rates of all rows, not of those drawn`() throws {
        // The rare rows alone have a greeting; they are half of the sample and a tenth of the rows.
        var maker = RowMaker(seed: 31)
        var rows: [SampledRow] = []
        for side in ComparisonSide.allCases {
            for ordinal in 0..<400 {
                let isRare = ordinal % 2 == 0 && side == .left
                var row = RowMaker.rows([(isRare ? "hello, " : "") + maker.text()], side)[0]
                row.ordinal = ordinal
                row.weight = side == .right ? 1 : ordinal % 2 == 0 ? 0.2 : 1.8
                rows.append(row)
            }
        }
        var request = ComparisonRequest()
        request.perValue = 200
        let found = try SampleComparison(
            request, sample: RowSample(rows, roots: Array(rows.indices)), shardNames: ["rows.jsonl"],
            makeMarker: nil)
        let greeting = try #require(found.figures.features.first { $0.id == "greeting" })
        #expect(abs(greeting.left.mean - 0.1) < 1e-6 && greeting.right.mean == 0)
        #expect(abs(greeting.delta - 0.1) < 1e-6)
        let term = try #require(found.figures.terms.first { $0.term == "hello" })
        #expect(term.leftRows == 40 && term.rightRows == 0)
        // Rows that are always told apart are a tenth of all: half of the rest of the pairs are in order.
        #expect(abs(found.figures.register.auc - 0.55) < 0.05, "\(found.figures.register)")
        let effective = try #require(found.figures.left.effectiveRows)
        #expect(abs(effective - 400 * 400 / (200 * 0.04 + 200 * 3.24)) < 1e-6)
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
