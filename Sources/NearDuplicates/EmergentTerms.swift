import CText
import Corpus
import Pipeline
import TextForms

/// Finds terms whose rows are lost at least twice as often as the corpus's.
///
/// Rule: a word or a pair of neighbouring words without digits, in at least five rows of three conversations
/// before removal; lost at least twice as often as rows in all (where half the corpus or more goes: left at most
/// half as often); terms of nearly the same rows are collapsed into the longest. Known to miss: terms of fewer
/// rows, longer phrases, and words told apart only by their inflection.
package struct EmergentTerms {
    /// Rows that a term needs.
    package static let minimumRows = 5
    /// Conversations that a term needs, so that no single author's text is shown.
    package static let minimumConversations = 3
    /// Terms of casualties that are counted exactly; where there are more, those of fewest occurrences are left out
    /// (by a filter in which a term may seem more frequent than it is).
    package static let maximumTerms = 1 << 19
    /// Terms of a row, about; chosen, for the size of a filter.
    static let termsOfRow = 64
    /// Terms that are reported.
    package static let maximumReported = 100

    package private(set) var losses: [TermLoss] = []
    /// Terms of casualties in enough rows to be judged.
    package private(set) var testedCount = 0
    /// Occurrences in casualties below which terms were left out: 2, more where a table would grow too large.
    package private(set) var minimumOccurrences = 2
    /// Casualties that a term needs to lose twice the corpus's share of five rows.
    private var minimumCasualties = 2

    let table: RowTable
    let verdicts: Verdicts
    private let configuration: DedupConfiguration
    private let corpusShare: Double
    let maximumTerms: Int
    private(set) var workers: [Worker] = []
    /// Of casualties that lose text.
    let casualtyTerms: CasualtyTerms

    /// - Parameters:
    ///   - maximumTerms: terms that are counted; another number is for tests.
    ///   - keptBytes: of casualties' terms that are kept in memory; another number is for tests.
    ///   - scratch: the folder for those beyond; `nil` for the table's own.
    /// - Throws: `ScratchError`.
    /// - Complexity: O(bytes of all rows); of each thread a table of at most 84 MiB, a filter of at most 16 MiB and
    ///   32 MiB of row numbers, and `keptBytes` in all; 8 bytes a word of the casualties beyond these on scratch.
    package init(
        decision: DedupDecision, maximumTerms: Int = EmergentTerms.maximumTerms,
        keptBytes: Int = CasualtyTerms.bytes, scratch: String? = nil
    ) throws {
        self.maximumTerms = maximumTerms
        table = decision.table
        casualtyTerms = try CasualtyTerms(
            blockCount: table.blocks.count, bytes: keptBytes, scratch: (scratch ?? table.scratch) + "/terms")
        verdicts = decision.verdicts
        configuration = decision.configuration
        corpusShare = SliceLosses.corpusShare(decision)
        guard corpusShare > 0 else { return }
        minimumCasualties = max(2, Int((leastShare * Double(Self.minimumRows)).rounded(.up)))
        workers = try (0..<configuration.threads).map { _ in try Worker(configuration) }
        var (counts, least) = try candidates()
        minimumOccurrences = least
        counts.prune {
            $0.removed >= 2 && Double($0.textLost) >= Harm.notableTextLost / 2 * Double($0.removed)
        }
        testedCount = try countOthers(&counts)
        report(try select(counts))
        workers = []
        table.noteSpilled(casualtyTerms.spilledBytes)
    }

    /// The share of its rows that a term has to lose to be reported.
    private var leastShare: Double { min(2 * corpusShare, 1 - (1 - corpusShare) / 2) }

    private func isKept(_ row: Int) -> Bool {
        !verdicts.isRemoved(row) && table.flags[row].contains(.hasText)
            && !table.flags[row].contains(.against)
    }

    // MARK: - Passes

    final class Worker {
        let reader: TermReader
        var buffer = ReadBuffer()
        var copyBuffer = ReadBuffer()
        /// Of the casualties of the block at hand.
        var casualtyTerms = RowTerms()
        /// Of a casualty.
        let joined = HashBuffer()
        /// Of the row at hand and its copies.
        var conversations: [UInt32] = []
        var filter: TermFilter?
        var counts = TermCounts()
        var tally: TermTally?
        var described: TermRows?

        init(_ configuration: DedupConfiguration) throws {
            reader = try TermReader(configuration: configuration)
        }
    }

    private struct Workers: @unchecked Sendable {  // each thread uses its own element
        let all: [Worker]
    }

    /// Runs `body` for each block, a worker a thread.
    func forEachBlock(_ body: (Worker, Int) throws -> Void) throws {
        let shared = Workers(all: workers)
        try parallelFor(table.blocks.count, threads: configuration.threads) { number, index in
            try body(shared.all[number], index)
        }
    }

    /// Runs `body` over the records of the wanted rows of some blocks, a worker a thread.
    private func forEachRecord(
        of blocks: [RowTable.Block], where isWanted: (Int) -> Bool,
        _ body: (Worker, Int, RowRecord) throws -> Void
    ) throws {
        let shared = Workers(all: workers)
        try parallelFor(blocks.count, threads: configuration.threads) { number, index in
            let worker = shared.all[number]
            try table.forEachRecord(of: blocks[index], buffer: &worker.buffer, where: isWanted) {
                try body(worker, $0, $1)
            }
        }
    }

    /// A casualty that loses text of its own; copies lose none, and terms of copies alone are not lost.
    func losesText(_ row: Int) -> Bool { (verdicts.casualty(row)?.textLost ?? 0) > 0 }

    private func isCopy(_ row: Int) -> Bool { verdicts.casualty(row).map { $0.textLost <= 0 } ?? false }

    /// Counts the candidates in all other rows: casualties that are copies, then rows that stay.
    ///
    /// Copies with the normal form of their keeper are counted where the keeper is read. The other rows that stay
    /// come in three parts, a sixteenth, three and twelve: a term that is in so many of a part that its share of
    /// losses is too small, whatever follows, is looked for no more.
    ///
    /// - Returns: how many terms of those are tested ones.
    private func countOthers(_ counts: inout TermCounts) throws -> Int {
        var lostRarely = 0
        let groups = CopyGroups(table: table, verdicts: verdicts)
        try count(&counts, in: table.blocks, where: groups.hasCopies, groups)
        try count(&counts, in: table.blocks, where: { isCopy($0) && !hasKeepersForm($0) }, nil)
        counts.prune { Int($0.removed) >= minimumCasualties }
        for part in [0..<1, 1..<4, 4..<16] {
            let blocks = table.blocks.indices.filter { part.contains($0 % 16) }.map { table.blocks[$0] }
            try count(&counts, in: blocks, where: { isKept($0) && !groups.hasCopies($0) }, nil)
            let before = counts.count
            counts.prune {
                !isTested($0) || Double($0.removed) / Double($0.removed + $0.kept) >= leastShare
            }
            lostRarely += before - counts.count
        }
        return lostRarely
    }

    /// Counts the candidates in some rows, each row once; in a row's copies too, where they are given.
    private func count(
        _ counts: inout TermCounts, in blocks: [RowTable.Block], where isWanted: (Int) -> Bool,
        _ groups: CopyGroups?
    ) throws {
        if counts.count == 0 { return }
        let index = TermIndex(counts)
        try forEachRecord(of: blocks, where: isWanted) { worker, row, record in
            let tally = worker.tally ?? TermTally(count: index.count)
            worker.tally = tally
            let weight = try weigh(row, record, groups, worker)
            worker.reader.read(record.text, wanted: index.bits) { terms in
                for term in terms {
                    guard let place = index.place(of: term.hash), tally.isNew(place, row: UInt32(row)) else {
                        continue
                    }
                    tally[place].kept += weight.kept
                    tally[place].copies += weight.copies
                    guard index.needsConversations(place) else { continue }
                    for conversation in worker.conversations {
                        worker.counts.addConversation(term.hash, conversation)
                    }
                }
            }
        }
        for worker in workers {
            guard let tally = worker.tally else { continue }
            for (place, hash) in index.terms.enumerated() { counts.add(hash, tally[place]) }
            counts.mergeConversations(worker.counts)
            worker.tally = nil
            worker.counts = TermCounts()
        }
    }

    /// How many rows that stay, and copies that go, a row stands for; their conversations, up to three, go to the
    /// worker.
    private func weigh(_ row: Int, _ record: RowRecord, _ groups: CopyGroups?, _ worker: Worker) throws -> (
        kept: UInt32, copies: UInt32
    ) {
        worker.conversations.removeAll(keepingCapacity: true)
        let isAgainst = table.flags[row].contains(.against)
        if !isAgainst { worker.conversations.append(TermReader.conversation(of: record, row: row)) }
        guard let groups else { return isCopy(row) ? (0, 1) : (1, 0) }
        var copies: UInt32 = 0
        try groups.forEachCopy(of: row) { copy in
            copies += 1
            guard worker.conversations.count < 3 else { return }
            let copied = try table.record(copy, buffer: &worker.copyBuffer)
            let conversation = TermReader.conversation(of: copied, row: copy)
            if !worker.conversations.contains(conversation) { worker.conversations.append(conversation) }
        }
        return (isAgainst ? 0 : 1, copies)
    }

    private func hasKeepersForm(_ row: Int) -> Bool {
        verdicts.casualty(row).map { table.firstOfText[row] == table.firstOfText[Int($0.keeper)] } ?? false
    }

    private func isTested(_ entry: TermCounts.Entry) -> Bool {
        Int(entry.removed) + Int(entry.kept) >= Self.minimumRows && Int(entry.removed) >= minimumCasualties
    }

    // MARK: - Selection

    struct Candidate {
        var hash: UInt64
        var term: String
        var loss: TermLoss
        /// In order, each once.
        var casualties: [UInt32]
    }

    private mutating func select(_ counts: TermCounts) throws -> [Candidate] {
        var chosen: [(hash: UInt64, entry: TermCounts.Entry, rank: (Int, Double))] = []
        counts.forEach { entry in
            guard isTested(entry) else { return }
            let before = Int(entry.removed) + Int(entry.kept)
            testedCount += 1
            guard entry.conversations >= Self.minimumConversations else { return }
            guard Double(entry.removed) / Double(before) >= leastShare else { return }
            let rank = Harm.rank(
                before: before, removed: Int(entry.removed),
                textLost: Double(entry.textLost) / Double(entry.removed), corpusShare: corpusShare)
            chosen.append((entry.hash, entry, rank))
        }
        chosen.sort {
            if $0.rank != $1.rank { return $0.rank < $1.rank }
            if $0.entry.removed != $1.entry.removed { return $0.entry.removed > $1.entry.removed }
            return $0.hash < $1.hash
        }
        let few = chosen.prefix { $0.rank.0 < 2 }
        let top =
            few.prefix(Self.maximumReported * 10) + chosen[few.endIndex...].prefix(Self.maximumReported * 10)
        return try describe(top.map { ($0.hash, $0.entry) })
    }

    /// Collapses terms of nearly the same rows into the longest and keeps the worst: of those with ten rows or
    /// fewer left, and of the others, half of the report each.
    private mutating func report(_ candidates: [Candidate]) {
        var groups: [Candidate] = []
        for candidate in candidates {
            let same = groups.firstIndex { Self.isNearlySame($0, candidate) }
            guard let same else {
                let isFew = candidate.loss.after <= 10
                let listed = groups.count { ($0.loss.after <= 10) == isFew }
                if listed < Self.maximumReported / 2 { groups.append(candidate) }
                continue
            }
            let isLonger =
                (candidate.term.utf8.count, groups[same].term) > (
                    groups[same].term.utf8.count, candidate.term
                )
            if isLonger {
                groups[same].term = candidate.term
                groups[same].loss = candidate.loss
            }
        }
        losses = groups.map(\.loss)
    }

    private static func sharedCount(_ left: [UInt32], _ right: [UInt32]) -> Int {
        var (at, other, shared) = (0, 0, 0)
        while at < left.count, other < right.count {
            if left[at] == right[other] { shared += 1 }
            let (own, theirs) = (left[at], right[other])
            if own <= theirs { at += 1 }
            if theirs <= own { other += 1 }
        }
        return shared
    }

    /// Jaccard similarity of the casualties of 0.8 or more, and of the rows before likewise.
    private static func isNearlySame(_ left: Candidate, _ right: Candidate) -> Bool {
        let small = min(left.loss.before, right.loss.before)
        let large = max(left.loss.before, right.loss.before)
        guard small * 10 >= large * 8 else { return false }
        let shared = sharedCount(left.casualties, right.casualties)
        let total = left.casualties.count + right.casualties.count - shared
        return shared * 10 >= total * 8
    }
}
