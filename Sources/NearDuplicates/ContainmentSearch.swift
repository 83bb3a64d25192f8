import Corpus
import Findings
import TextForms

/// Finds pairs whose containment reaches a limit, exactly: `RareShingleIndex` gives the candidates, and all shingles of
/// each are counted. Both sides of a row must reach the limit, as for near duplicates.
///
/// Of a row that lies in very many others the longest are found, `mostMatches`: where too few of these stay the layer
/// searches again.
struct ContainmentSearch {
    let table: RowTable
    let configuration: DedupConfiguration
    let verdicts: Verdicts
    /// Rows that are looked for at once.
    var rowsAtOnce = RareShingleIndex.mostRows

    /// Longer rows of one row.
    static let mostMatches = 4 * LeaderPass.maximumDifferences
    /// Counters of shingle frequency; collisions change the speed, never the result.
    private static let counterBits = 22

    /// - Parameter meant: the rows that are looked for; `nil` for all.
    /// - Returns: matches of kind `contained`, ordered by row; the keeper is longer than the row, neither is removed.
    /// - Throws: `ScratchError`.
    /// - Complexity: each index of rows is looked through by all rows; memory O(rows + `RareShingleIndex`).
    func matches(millionths: Int, of meant: [Int]? = nil) throws -> [Match] {
        let shingler = try RowShingler(configuration: configuration)
        let rows = (0..<table.rowCount).filter {
            table.flags[$0].contains(.hasText) && !table.flags[$0].contains(.long) && !verdicts.isRemoved($0)
        }
        let counts = try frequencies(rows, shingler)
        // The longest first, so that a row's first matches are those of its longest keepers.
        let keepers = rows.sorted { (table.length[$1], $0) < (table.length[$0], $1) }
        var matches: [Match] = []
        var rest = (meant ?? rows).filter { !table.flags[$0].contains(.against) }[...]
        while !rest.isEmpty {
            let index = try index(&rest, shingler, counts, millionths)
            try probe(keepers, shingler, index, millionths, into: &matches)
        }
        return matches.sorted { ($0.row, $0.keeper) < ($1.row, $1.keeper) }
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

    /// Takes rows until the index is full.
    private func index(
        _ rest: inout ArraySlice<Int>, _ shingler: RowShingler, _ counts: [UInt16], _ millionths: Int
    ) throws -> RareShingleIndex {
        let index = RareShingleIndex(mostRows: rowsAtOnce)
        let set = StampedSet()
        var shingles: [UInt64] = []
        var buffer = ReadBuffer()
        while !index.isFull, let row = rest.popFirst() {
            let text = try table.record(row, buffer: &buffer).text
            guard WordCount.reaches(ContainmentLayer.minimumWords, in: text, on: configuration.on) else {
                continue
            }
            shingler.shingles(of: text, set: set, into: &shingles)
            let needed = (shingles.count * millionths + 999_999) / 1_000_000
            if needed == 0 { continue }
            shingles.withUnsafeBufferPointer { shingles in
                index.add(UInt32(row), shingles, needed: needed) {
                    counts[Int($0 & (1 << Self.counterBits - 1))]
                }
            }
        }
        index.seal()
        return index
    }

    /// Where both sides are compared, each of the row's must lie in the keeper's: a long macro must not hide another
    /// request.
    private func areSidesContained(
        _ shingles: [UInt64], _ counts: ShingleCounts, _ keeper: StampedSet, _ millionths: Int
    ) -> Bool {
        guard counts.prompt > 0, counts.prompt < counts.all else { return true }
        return shingles.withUnsafeBufferPointer { all in
            counts.areContained(
                prompt: keeper.countHits(in: UnsafeBufferPointer(rebasing: all[..<counts.prompt])),
                response: keeper.countHits(in: UnsafeBufferPointer(rebasing: all[counts.prompt...])),
                millionths: millionths)
        }
    }

    private func probe(
        _ keepers: [Int], _ shingler: RowShingler, _ index: RareShingleIndex, _ millionths: Int,
        into matches: inout [Match]
    ) throws {
        let set = StampedSet()
        let other = StampedSet()
        let answers = try AnswerAgreement(configuration: configuration)
        var shingles: [UInt64] = []
        var shorter: [UInt64] = []
        var buffer = ReadBuffer()
        var otherBuffer = ReadBuffer()
        var found = [Int](repeating: 0, count: index.rows.count)
        for keeper in keepers {
            let keeperRecord = try table.record(keeper, buffer: &buffer)
            let partHash = keeperRecord.header.partHash
            shingler.shingles(of: keeperRecord.text, set: set, into: &shingles)
            let candidates = shingles.withUnsafeBufferPointer { shingles in
                index.candidates(in: shingles) { table.length[Int($0)] < table.length[keeper] }
            }
            for place in candidates {
                let row = index.rows[place]
                let record = try table.record(Int(row), buffer: &otherBuffer)
                // Images and tool calls of its own are nothing that the longer row holds.
                if record.header.partHash != 0, record.header.partHash != partHash { continue }
                let counts = shingler.shingles(of: record.text, set: other, into: &shorter)
                let misses = Int(index.totals[place] - index.needed[place])
                guard
                    let shared = shorter.withUnsafeBufferPointer({
                        set.countShared(withDistinct: $0, maximumMisses: misses)
                    }), areSidesContained(shorter, counts, set, millionths),
                    !answers.begin(record.text)
                        || answers.isContained(in: keeperRecord.text, millionths: millionths)
                else { continue }
                matches.append(
                    Match(
                        row: row, keeper: UInt32(keeper), kind: .contained, difference: .extension,
                        shared: UInt32(shared), total: UInt32(shorter.count),
                        textLost: Float(1 - Double(shared) / Double(max(1, shorter.count)))))
                found[place] += 1
                if found[place] == Self.mostMatches { index.close(place) }
            }
        }
    }
}
