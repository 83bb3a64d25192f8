import CText
import Corpus
import Findings
import TextForms

/// Finds rows that lie in another row: growing conversations (`prefix`) and contained rows (`contained`).
///
/// Runs on the rows that the leader pass keeps. The longer row is the keeper and must itself stay. A row for
/// whose sake near duplicates were removed stays too (rule `keeper`).
struct ContainmentLayer {
    /// Words that a row needs to be looked for in longer ones.
    static let minimumWords = 20

    private let table: RowTable
    private let configuration: DedupConfiguration
    private let verdicts: Verdicts
    private let judge: DifferenceJudge
    private let precedes: (Int, Int) -> Bool
    private(set) var spared: [SparedMatch] = []
    private(set) var prefixRows = 0
    private var rowBuffer = SharedBuffer()
    private var keeperBuffer = SharedBuffer()

    /// A read buffer that a copyable value can hold.
    private final class SharedBuffer {
        var buffer = ReadBuffer()
    }

    init(decision: DedupDecision) throws {
        table = decision.table
        configuration = decision.configuration
        verdicts = decision.verdicts
        judge = DifferenceJudge(configuration: configuration)
        precedes = decision.precedes
    }

    mutating func run() throws {
        let prefixes = try prefixMatches()
        prefixRows = Set(prefixes.map(\.row)).count
        if configuration.removesPrefixes { try remove(prefixes, kind: .prefix) }
        if let limit = configuration.containedMillionths {
            try removeContained(limit)
        }
    }

    private mutating func removeContained(_ limit: Int) throws {
        let search = ContainmentSearch(table: table, configuration: configuration, verdicts: verdicts)
        var meant: [Int]?
        repeat {
            let matches = try search.matches(millionths: limit, of: meant)
            try remove(matches, kind: .contained)
            let cut = rowsToSearchAgain(matches)
            meant = cut.sorted()
            spared.removeAll { $0.match.kind == .contained && cut.contains(Int($0.match.row)) }
        } while meant?.isEmpty == false
    }

    /// Rows that stay, of which not all longer rows were found, and too few of those that were are kept.
    private func rowsToSearchAgain(_ matches: [Match]) -> Set<Int> {
        var found: [UInt32: (all: Int, kept: Int)] = [:]
        for match in matches where !verdicts.isRemoved(Int(match.row)) {
            found[match.row, default: (0, 0)].all += 1
            if !verdicts.isRemoved(Int(match.keeper)) { found[match.row]?.kept += 1 }
        }
        let cut = found.filter {
            $0.value.all >= ContainmentSearch.mostMatches && $0.value.kept < LeaderPass.maximumDifferences
        }
        return Set(cut.keys.map(Int.init))
    }

    /// Every row that is a proper prefix of another, with each row that it is a prefix of.
    private func prefixMatches() throws -> [Match] {
        let texts: [Hash128] = try table.column(.textHash)
        var longer: [Hash128: [UInt32]] = [:]
        // First the hashes that are both a row's whole and another's prefix: few.
        var wholes = WholeTextFilter(expecting: table.rowCount)
        for row in 0..<table.rowCount where isCandidate(row) { wholes.insert(texts[row].low) }
        try table.forEachPrefix { hash, row in
            guard wholes.mayContain(hash.low) else { return }
            if !verdicts.isRemoved(row) || table.flags[row].contains(.against) {
                add(UInt32(row), to: &longer[hash, default: []])
            }
        }
        var matches: [Match] = []
        for row in 0..<table.rowCount where isCandidate(row) {
            for keeper in longer[texts[row]] ?? [] where Int(keeper) != row {
                if table.length[Int(keeper)] <= table.length[row] { continue }
                matches.append(Match(row: UInt32(row), keeper: keeper, kind: .prefix, difference: .extension))
            }
        }
        return matches
    }

    /// Keeps the longest rows of one beginning: as many as a row's differences are looked at.
    private func add(_ row: UInt32, to longest: inout [UInt32]) {
        longest.append(row)
        guard longest.count > 2 * LeaderPass.maximumDifferences else { return }
        longest.sort { (table.length[Int($1)], $0) < (table.length[Int($0)], $1) }
        longest.removeLast(longest.count - LeaderPass.maximumDifferences)
    }

    private func isCandidate(_ row: Int) -> Bool {
        let flags = table.flags[row]
        return flags.contains(.hasText) && !flags.contains(.against) && !verdicts.isRemoved(row)
    }

    /// Removes rows, the longest first, each for the longest keeper that still stays.
    private mutating func remove(_ matches: [Match], kind: CasualtyKind) throws {
        var hasMembers = Set<UInt32>()
        for row in 0..<verdicts.rowCount {
            if let match = verdicts.casualty(row), match.kind != .identical {
                hasMembers.insert(match.keeper)
            }
        }
        var byRow: [UInt32: [Match]] = [:]
        for match in matches { byRow[match.row, default: []].append(match) }
        let rows = byRow.keys.sorted {
            let left = table.length[Int($0)]
            let right = table.length[Int($1)]
            return left == right ? precedes(Int($1), Int($0)) : left > right
        }
        var removed: [UInt32: Match] = [:]
        for row in rows where !verdicts.isRemoved(Int(row)) {
            let found = (byRow[row] ?? []).filter { !verdicts.isRemoved(Int($0.keeper)) }
                .sorted {
                    (table.length[Int($1.keeper)], $0.keeper) < (table.length[Int($0.keeper)], $1.keeper)
                }
            guard let match = try decide(found, row: Int(row), isKeeper: hasMembers.contains(row)) else {
                continue
            }
            verdicts.remove(match)
            removed[row] = match
            hasMembers.insert(match.keeper)
        }
        followIdentical(removed)
    }

    private mutating func decide(_ matches: [Match], row: Int, isKeeper: Bool) throws -> Match? {
        var firstSpared: Match?
        let rowRecord = try table.record(row, buffer: &rowBuffer.buffer)
        for candidate in matches.prefix(LeaderPass.maximumDifferences) {
            var match = candidate
            let keeperRecord = try table.record(Int(match.keeper), buffer: &keeperBuffer.buffer)
            // Images and sound beside the turns are no part of the text that was compared.
            let media = rowRecord.header.mediaHash
            if media != 0, media != keeperRecord.header.mediaHash { continue }
            match.difference =
                judge.judge(
                    row: rowRecord, keeper: keeperRecord,
                    sameOutside: table.outsideHash[row] == table.outsideHash[Int(match.keeper)],
                    contained: true
                ).difference
            if configuration.sparedClasses.contains(match.difference) {
                firstSpared = firstSpared ?? match
                continue
            }
            if table.flags[row].contains(.protected) {
                spared.append(SparedMatch(match: match, rule: .protect))
                return nil
            }
            if isKeeper {
                spared.append(SparedMatch(match: match, rule: .keeper))
                return nil
            }
            return match
        }
        if let match = firstSpared {
            spared.append(SparedMatch(match: match, rule: SparingRule(sparing: match.difference)))
        }
        return nil
    }

    /// Rows identical to a removed row lose their keeper with it and go for the same one.
    private func followIdentical(_ removed: [UInt32: Match]) {
        if removed.isEmpty { return }
        for row in 0..<verdicts.rowCount {
            guard let match = verdicts.casualty(row), match.kind == .identical,
                let fate = removed[match.keeper]
            else { continue }
            var followed = fate
            followed.row = UInt32(row)
            verdicts.remove(followed)
        }
    }
}
