import Corpus
import Findings
import TestSupport
import Testing
import TextForms

@testable import LanguageProfile

/// Traces against a plain reading of the text.
@Suite struct TraceTests {
    private static let pieces = [
        "recieve", "receive", "Recieve", "creditcard", "credit card", "credit, card", "credit-card", "credit",
        "card", "the", "e-mail", "alot", "a lot", "a\nlot", "don\u{2019}t", "x12", "foo_bar", "zzq", "qqzx",
        "brrgl", "vrrt", "order.", "Your bank", "is good!", "`code alot`", "straße", "http://a.b/c",
    ]
    private static let pairs = [
        SpellingPair(wrong: "recieve", right: "receive", kind: .neighbour, tokens: 1),
        SpellingPair(wrong: "creditcard", right: "credit card", kind: .runTogether, tokens: 1),
        SpellingPair(wrong: "credit-card", right: "credit card", kind: .variant, tokens: 1),
        SpellingPair(wrong: "alot", right: "a lot", kind: .listed, tokens: 1),
        SpellingPair(wrong: "zzq", right: "the", kind: .entrenched, tokens: 1),
    ]

    private static func rows(_ count: Int, seed: UInt64) -> [[(Role, String)]] {
        var random = SplitMix(seed: seed)
        let roles: [Role] = [.user, .assistant, .system, .text, .tool]
        return (0..<count).map { _ in
            (0..<Int(random.next() % 4)).map { _ in
                let words = (0..<Int(random.next() % 14)).map { _ in
                    pieces[Int(random.next() % UInt64(pieces.count))]
                }
                return (
                    roles[Int(random.next() % 5)],
                    words.joined(separator: random.next() % 8 == 0 ? "  " : " ")
                )
            }
        }
    }

    @Test func `forms found in traces are those found in the text`() throws {
        let rows = Self.rows(3_000, seed: 7)
        let knowledge = SpellingTests.knowledge()
        let traced = try TracedRows(rows, try FeatureCatalogue(patterns: []), knowledge)
        let witness = try SpellingWitness(SpellingWatch(Self.pairs), knowledge)
        var seen = Set<String>()
        var next = 0
        _ = traced.read(Self.pairs) { origin, reader in
            #expect(origin.ordinal == next)
            next += 1
            SpellingTests.withRow(rows[origin.ordinal]) { witness.read($0) }
            var expected: [Int32: PairTally.Forms] = [:]
            for hit in witness.hits.sorted(by: { $0.turn < $1.turn }) {
                expected[hit.pair, default: PairTally.Forms()].add(
                    hit.role, turn: Int(hit.turn), isWrong: hit.isWrong)
                seen.insert("\(hit.pair) \(hit.role.name) \(hit.isWrong)")
            }
            let found = reader.pairs.map { ($0, reader.forms(of: $0)) }
            #expect(Dictionary(uniqueKeysWithValues: found) == expected, "\(rows[origin.ordinal])")
        }
        #expect(next == rows.count)
        // Each pair on both sides in four roles.
        #expect(seen.count == Self.pairs.count * 2 * 4)
    }

    @Test func `a misspelt turn is one with an error in its own language`() throws {
        let catalogue = try FeatureCatalogue(patterns: [])
        let rows: [[(Role, String)]] = [
            [(.user, "i will recieve my card"), (.assistant, "the card is good")],
            [(.user, "brrgl vrrt qqzx recieve zzq kkl ppw mmn")],
            [(.assistant, "zzq is good")],
        ]
        let reader = try TracedRows(rows, catalogue).read(Self.pairs)
        let hits = ProfileRole.allCases.map {
            reader.counter.tallies.roles[Int($0.rawValue)].hits[FeatureCatalogue.misspelt]
        }
        #expect(hits == [0, 1, 0, 0, 0, 0])
    }

    @Test func `codes give back the numbers that they were made of`() {
        var random = SplitMix(seed: 3)
        let coder = TraceCoder()
        let room = HashBuffer()
        // Nothing; few words; more than a dictionary holds; more literals than one mark counts.
        for (words, different, literals) in [(0, 1, 0), (500, 40, 3), (200_000, 90_000, 7), (9, 9, 70_000)] {
            var all: [UInt64] = (0..<literals).map { _ in random.next() }
            all += (0..<words).map { _ in
                let word = random.next() % UInt64(different)
                // Marks too, and one word with other flags.
                return word < 8 ? word : word &* 0x9E37_79B9_7F4A_7C15 & ~3 | 8 | random.next() & 3
            }
            all.withUnsafeBufferPointer {
                coder.add(literally: $0, 0..<literals)
                coder.add($0, literals..<literals + words / 2)
                coder.add($0, (literals + words / 2)..<$0.count)
            }
            let coded = coder.finish()
            coded.withUnsafeBytes { #expect(TraceCoder.decode($0, into: room).elementsEqual(all)) }
            if words == 500 { #expect(coded.count < all.count * 3 / 4) }
        }
    }

    @Test func `what stands beside the text comes back`() throws {
        let surveyor = try SpellingSurveyor(
            SpellingTests.knowledge(), try FeatureCatalogue(patterns: []), memoryBytes: 1 << 24,
            scratch: "/nowhere", number: 0)
        let trace = RowTrace()
        var provenance = Provenance()
        provenance.hasLicence = true
        for length in 0..<20 {
            trace.beginRow(
                ordinal: length * 1_000_000_007, conversation: UInt64(length), provenance: provenance,
                slices: (0..<length).map { UInt8($0) })
            SpellingTests.withRow([(.tool, ""), (.user, "my card")]) {
                surveyor.add($0, number: 1, to: trace)
            }
        }
        let reader = TraceReader(TraceIndex(SpellingWatch([]), .none), try FeatureCatalogue(patterns: []))
        var length = 0
        trace.finish().withUnsafeBytes { trace in
            reader.forEachRow(trace) { row in
                #expect(row.ordinal == length * 1_000_000_007 && row.conversation == UInt64(length))
                #expect(Array(row.slices) == (0..<length).map { UInt8($0) } && row.provenance == provenance)
                length += 1
                reader.endRow(RowOrigin(shard: 0, ordinal: row.ordinal))
            }
        }
        #expect(length == 20 && reader.counter.signals.rowsWithCalls == 20)
        #expect(reader.counter.tallies.roles[Int(ProfileRole.user.rawValue)].words == 40)
    }
}
