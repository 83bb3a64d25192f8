import Corpus
import Findings
import Shards
import Testing

@testable import NearDuplicates

/// Two rows at a time, held against what a scan of them decides.
@Suite struct PairVerifierTests {
    private final class Reader {
        private let decoder = RowDecoder()
        private let mapper: RowMapper
        private let verifier: PairVerifier

        init(_ configuration: DedupConfiguration) throws {
            mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: configuration.on == .all)
            verifier = try PairVerifier(configuration: configuration)
        }

        func row(_ json: String) throws -> PairVerifier.Row {
            let bytes = Array(json.utf8)
            let padded = bytes + [UInt8](repeating: 0, count: 64)
            return try padded.withUnsafeBytes { padded in
                let raw = UnsafeRawBufferPointer(rebasing: padded[..<bytes.count])
                guard case .value(let node) = decoder.decode(raw) else { throw CancellationError() }
                mapper.use(FieldMapping.detect(node))
                mapper.map(node)
                return verifier.row(mapper, raw: raw)
            }
        }

        func similarity(_ row: String, _ keeper: String) throws -> Double? {
            verifier.similarity(of: try self.row(row), to: try self.row(keeper))
        }
    }

    @Test func `every casualty of a scan reaches its keeper, at the same similarity`() throws {
        var kinds: [CasualtyKind: Int] = [:]
        for seed in UInt64(100)..<130 {
            let scenario = InvariantTests.Scenario(seed: seed)
            let decision = try scenario.decide()
            let reader = try Reader(scenario.configuration)
            for row in scenario.rows.indices {
                guard let match = decision.verdicts.casualty(row) else { continue }
                let found = try reader.similarity(
                    scenario.rows[row].json, scenario.rows[Int(match.keeper)].json)
                kinds[match.kind, default: 0] += 1
                switch match.kind {
                case .identical, .exact, .near:
                    #expect(
                        found.map { abs($0 - match.similarity) < 1e-9 } ?? false, "seed \(seed): \(match)")
                case .contained, .prefix: #expect(found != nil, "seed \(seed): \(match)")
                }
            }
        }
        for kind in CasualtyKind.allCases { #expect((kinds[kind] ?? 0) > 3, "\(kind) was not met: \(kinds)") }
    }

    @Test func `no pair of a small corpus reaches the threshold that the oracle denies`() throws {
        for seed in UInt64(200)..<206 {
            var scenario = InvariantTests.Scenario(seed: seed)
            scenario.configuration.containedMillionths = nil
            scenario.configuration.removesPrefixes = false
            scenario.configuration.sparedClasses = []
            let oracle = try SimilarityOracle(scenario.rows, scenario.configuration)
            let reader = try Reader(scenario.configuration)
            let count = min(60, scenario.rows.count)
            for row in 0..<count {
                for keeper in 0..<count where keeper != row {
                    let found = try reader.similarity(scenario.rows[row].json, scenario.rows[keeper].json)
                    let isExact = oracle.rows[row].turns == oracle.rows[keeper].turns
                    let expected = oracle.similarity(row, keeper).reaches(
                        scenario.configuration.thresholdMillionths)
                    if found != nil { #expect(expected || isExact, "seed \(seed): \(row), \(keeper)") }
                }
            }
        }
    }
}

/// The id of a row's text without a dedup.
@Suite struct TextIdentityTests {
    @Test func `it is the one that a dedup gives`() throws {
        var maker = RowMaker(seed: 7)
        let decoder = RowDecoder()
        let mapper = RowMapper(ignoredFields: [], slices: [], toolsAreCompared: false)
        let worker = try SurveyWorker(configuration: DedupConfiguration())
        let identity = try TextIdentity()
        for row in maker.rows(60) {
            let bytes = Array(row.json.utf8)
            let padded = bytes + [UInt8](repeating: 0, count: 64)
            padded.withUnsafeBytes { padded in
                let raw = UnsafeRawBufferPointer(rebasing: padded[..<bytes.count])
                guard case .value(let node) = decoder.decode(raw) else { return }
                mapper.use(FieldMapping.detect(node))
                mapper.map(node)
                let chunk = worker.makeChunk()
                worker.add(mapper, raw: raw, against: false, to: chunk)
                let found = mapper.text.withUnsafeBytes { text in
                    mapper.turns.withUnsafeBufferPointer {
                        identity.id(of: RowText(bytes: text, turns: $0))
                    }
                }
                #expect(found == UInt128(chunk.textHash[0].high) << 64 | UInt128(chunk.textHash[0].low))
            }
        }
    }
}
