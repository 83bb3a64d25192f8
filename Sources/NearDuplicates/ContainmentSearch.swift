import Corpus
import Findings
import TextForms

/// Finds pairs whose containment reaches a limit, exactly, by a prefix filter over rare shingles.
///
/// If a share c of A's n shingles lies in B, then of any n - ceil(c n) + 1 shingles of A at least one does
/// (Chaudhuri, Ganti and Kaushik 2006). A's rarest ones are indexed, all of B's are looked up.
struct ContainmentSearch {
    let table: RowTable
    let configuration: DedupConfiguration
    let verdicts: Verdicts

    /// Counters of shingle frequency; collisions change the speed, never the result.
    private static let counterBits = 22

    /// - Returns: matches of kind `contained`, ordered by row; the keeper is longer than the row.
    /// - Throws: `ScratchError`.
    func matches(millionths: Int) throws -> [Match] {
        let shingler = try RowShingler(configuration: configuration)
        let rows = (0..<table.rowCount).filter {
            table.flags[$0].contains(.hasText) && !table.flags[$0].contains(.long) && !verdicts.isRemoved($0)
        }
        let counts = try frequencies(rows, shingler)
        var index: [UInt64: [UInt32]] = [:]
        try indexRarest(rows, shingler, counts, millionths, into: &index)
        return try probe(rows, shingler, index, millionths)
    }

    private func frequencies(_ rows: [Int], _ shingler: RowShingler) throws -> [UInt16] {
        var counts = [UInt16](repeating: 0, count: 1 << Self.counterBits)
        let set = StampedSet()
        var shingles: [UInt64] = []
        var buffer = ReadBuffer()
        for row in rows {
            shingler.shingles(of: try table.record(row, buffer: &buffer).text, set: set, into: &shingles)
            for hash in shingles {
                let at = Int(hash & (1 << Self.counterBits - 1))
                if counts[at] < .max { counts[at] += 1 }
            }
        }
        return counts
    }

    private func indexRarest(
        _ rows: [Int], _ shingler: RowShingler, _ counts: [UInt16], _ millionths: Int,
        into index: inout [UInt64: [UInt32]]
    ) throws {
        let set = StampedSet()
        var shingles: [UInt64] = []
        var buffer = ReadBuffer()
        for row in rows where !table.flags[row].contains(.against) {
            let text = try table.record(row, buffer: &buffer).text
            guard WordCount.reaches(ContainmentLayer.minimumWords, in: text, on: configuration.on) else {
                continue
            }
            shingler.shingles(of: text, set: set, into: &shingles)
            let needed = (shingles.count * millionths + 999_999) / 1_000_000
            let mask: UInt64 = 1 << Self.counterBits - 1
            shingles.sort { left, right in
                let a = counts[Int(left & mask)]
                let b = counts[Int(right & mask)]
                return a == b ? left < right : a < b
            }
            for hash in shingles.prefix(shingles.count - needed + 1) {
                index[hash, default: []].append(UInt32(row))
            }
        }
    }

    private func probe(
        _ rows: [Int], _ shingler: RowShingler, _ index: [UInt64: [UInt32]], _ millionths: Int
    ) throws -> [Match] {
        let set = StampedSet()
        let other = StampedSet()
        let answers = try AnswerAgreement(configuration: configuration)
        var shingles: [UInt64] = []
        var shorter: [UInt64] = []
        var buffer = ReadBuffer()
        var otherBuffer = ReadBuffer()
        var matches: [Match] = []
        for keeper in rows {
            let keeperRecord = try table.record(keeper, buffer: &buffer)
            let partHash = keeperRecord.header.partHash
            shingler.shingles(of: keeperRecord.text, set: set, into: &shingles)
            var candidates = Set<UInt32>()
            for hash in shingles {
                for row in index[hash] ?? [] where table.length[Int(row)] < table.length[keeper] {
                    candidates.insert(row)
                }
            }
            for row in candidates.sorted() {
                let record = try table.record(Int(row), buffer: &otherBuffer)
                // Images and tool calls of its own are nothing that the longer row holds.
                if record.header.partHash != 0, record.header.partHash != partHash { continue }
                shingler.shingles(of: record.text, set: other, into: &shorter)
                let shared = shorter.withUnsafeBufferPointer { set.countHits(in: $0) }
                if Fraction(shared: shared, total: shorter.count).reaches(millionths: millionths),
                    !answers.begin(record.text)
                        || answers.isContained(in: keeperRecord.text, millionths: millionths)
                {
                    matches.append(
                        Match(
                            row: row, keeper: UInt32(keeper), kind: .contained, difference: .extension,
                            shared: UInt32(shared), total: UInt32(shorter.count),
                            textLost: Float(1 - Double(shared) / Double(max(1, shorter.count)))))
                }
            }
        }
        return matches.sorted { ($0.row, $0.keeper) < ($1.row, $1.keeper) }
    }
}
