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

    private let table: RowTable
    private let verdicts: Verdicts
    private let configuration: DedupConfiguration
    private let corpusShare: Double
    private let maximumTerms: Int
    private var workers: [Worker] = []

    /// - Parameter maximumTerms: terms that are counted; another number is for tests.
    /// - Throws: `ScratchError`.
    /// - Complexity: O(bytes of all rows); of each thread a table of at most 84 MiB, a filter of at most 16 MiB and
    ///   32 MiB of row numbers.
    package init(decision: DedupDecision, maximumTerms: Int = EmergentTerms.maximumTerms) throws {
        self.maximumTerms = maximumTerms
        table = decision.table
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
    }

    /// The share of its rows that a term has to lose to be reported.
    private var leastShare: Double { min(2 * corpusShare, 1 - (1 - corpusShare) / 2) }

    private func isKept(_ row: Int) -> Bool {
        !verdicts.isRemoved(row) && table.flags[row].contains(.hasText)
            && !table.flags[row].contains(.against)
    }

    // MARK: - Passes

    private final class Worker {
        let reader: TermReader
        var buffer = ReadBuffer()
        var copyBuffer = ReadBuffer()
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
    private func losesText(_ row: Int) -> Bool { (verdicts.casualty(row)?.textLost ?? 0) > 0 }

    private func isCopy(_ row: Int) -> Bool { verdicts.casualty(row).map { $0.textLost <= 0 } ?? false }

    /// The terms of casualties that lose text, counted in those alone; terms of one casualty are left out.
    ///
    /// - Returns: the counts, and the occurrences below which terms were left out.
    private func candidates() throws -> (TermCounts, least: Int) {
        let filter = try countedFilter()
        var least = 2
        while true {
            try forEachRecord(of: table.blocks, where: losesText) { worker, row, record in
                let textLost = verdicts.casualty(row)?.textLost ?? 0
                let conversation = TermReader.conversation(of: record, row: row)
                worker.reader.read(record.text) { terms in
                    for term in terms {
                        if filter.count(term.hash) < least { continue }
                        if worker.counts.count > maximumTerms { return }
                        worker.counts.addCasualty(
                            term.hash, row: UInt32(row), conversation: conversation, textLost: textLost)
                    }
                }
            }
            // Whether the cap was met depends on the terms alone, not on how threads shared them.
            var merged = TermCounts()
            for (place, worker) in workers.enumerated() {
                // The first table is taken over as it is; each is given up, merged or not.
                let part = worker.counts
                worker.counts = TermCounts()
                if place == 0 { merged = part } else if merged.count <= maximumTerms { merged.merge(part) }
            }
            if merged.count <= maximumTerms || least >= 1 << 15 { return (merged, least) }
            least *= 2
        }
    }

    /// How often each term may occur in casualties that lose text, at least.
    private func countedFilter() throws -> TermFilter {
        let losing = (0..<table.rowCount).lazy.filter { losesText($0) }.count
        try forEachRecord(of: table.blocks, where: losesText) { worker, _, record in
            var filter = worker.filter ?? TermFilter(expecting: losing * Self.termsOfRow)
            worker.filter = nil
            worker.reader.read(record.text) { terms in for term in terms { filter.add(term.hash) } }
            worker.filter = filter
        }
        var merged: TermFilter?
        for worker in workers {
            if let filter = worker.filter {
                merged?.merge(filter)
                if merged == nil { merged = filter }
            }
            worker.filter = nil
        }
        return merged ?? TermFilter(expecting: 0)
    }

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

    private struct Candidate {
        var hash: UInt64
        var term: String
        var loss: TermLoss
        var casualties: Set<UInt32>
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

    /// Reads the casualties once more for the terms' text and rows.
    private func describe(_ terms: [(hash: UInt64, entry: TermCounts.Entry)]) throws -> [Candidate] {
        let places = TermPlaces(terms.map(\.hash))
        try forEachRecord(of: table.blocks, where: losesText) { worker, row, record in
            let found = worker.described ?? TermRows(count: terms.count)
            worker.described = found
            worker.reader.read(record.text, wanted: places.bits) { met in
                for term in met {
                    guard let place = places[term.hash] else { continue }
                    found.add(UInt32(row), to: place) { worker.reader.text(of: term) }
                }
            }
        }
        let described = TermRows(count: terms.count)
        for worker in workers { if let rows = worker.described { described.merge(rows) } }
        return terms.indices.map { place in
            let entry = terms[place].entry
            return Candidate(
                hash: terms[place].hash, term: described.names[place],
                loss: TermLoss(
                    term: described.names[place], before: Int(entry.removed) + Int(entry.kept),
                    removed: Int(entry.removed),
                    textLost: Double(entry.textLost) / Double(max(1, entry.removed))),
                casualties: Set(described.rows(of: place)))
        }
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

    /// Jaccard similarity of the casualties of 0.8 or more, and of the rows before likewise.
    private static func isNearlySame(_ left: Candidate, _ right: Candidate) -> Bool {
        let small = min(left.loss.before, right.loss.before)
        let large = max(left.loss.before, right.loss.before)
        guard small * 10 >= large * 8 else { return false }
        let shared = left.casualties.intersection(right.casualties).count
        let total = left.casualties.count + right.casualties.count - shared
        return shared * 10 >= total * 8
    }
}
