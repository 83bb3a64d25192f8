import CText
import Corpus
import Findings
import TextForms

/// Decides the rows of one bucket component after another: each row, in priority order, meets the keepers so
/// far in its buckets and joins the most similar one that no sparing rule forbids, or becomes a keeper.
///
/// One per thread. Exact: a pair is accepted on counts of distinct shingles, never on an estimate.
final class LeaderPass {
    /// Pairs of a row that are kept for planning at a higher threshold: the most similar ones.
    static let maximumPairsPerRow = 8
    /// Keepers whose difference from a row is looked at before the row stays.
    static let maximumDifferences = 32
    /// Keepers in a row with another turn, the most alike first, behind which none is looked at. Chosen.
    static let maximumOtherTurns = 12
    /// Keepers that are verified for a row, the most alike by signature first, once none of them was accepted:
    /// what lies beyond is counted as an expected miss. Chosen: rows of ordinary corpora meet fewer; of 100,000
    /// rows of one template each would meet over a thousand.
    static let maximumRejections = 96
    /// Keepers with another label that are verified for the report.
    static let maximumConflicts = 4
    /// Rows that are asked for before they are decided: they lie anywhere in memory.
    static let rowsAhead = 4
    /// Rows of a component that goes without buckets: chosen so that a row's comparisons, 15 ns each, stay cheaper
    /// than its 40 visits to buckets. A bucket of so few keepers is never split.
    static let smallComponent = 32
    /// Bytes of shingles of keepers that all threads hold; beyond them they are computed again.
    static let shingleCacheBytes = 48 << 20

    private struct Keeper {
        var row: Int
        /// Whether what follows has been read: that waits for the first row to be compared with.
        var isLoaded = false
        var labelHash: UInt64 = 0
        var partHash: UInt64 = 0
        var shingles = ShingleCounts(prompt: 0, all: 0)
        /// Start in `cache`; -1 where the cache was full.
        var cacheStart = -1
    }

    private struct Accepted {
        var keeper: Int
        var smaller: Fraction
        var sharedInAll: Int
        var count: Int

        /// The same with another similarity, where that is smaller.
        func limited(to similarity: Fraction) -> Accepted {
            var copy = self
            if similarity < smaller { copy.smaller = similarity }
            return copy
        }
    }

    private let table: RowTable
    private let configuration: DedupConfiguration
    private let banding: Banding
    private let order: PriorityOrder
    private let verdicts: Verdicts
    private let shingler: RowShingler
    private let keeperShingler: RowShingler
    private let judge: DifferenceJudge
    private let answers: AnswerAgreement
    private let minimumMatches: Int
    private let buckets: KeeperBuckets
    /// Whether the component is so small that each row meets all keepers, without buckets.
    private var isSmall = false

    private var keepers: [Keeper] = []
    private var signatures: [UInt8] = []
    private let cache: ShingleCache
    private var stamps: [UInt32] = []
    private var stamp: UInt32 = 0
    /// Keepers that share a bucket with the row, with the slots that their signatures have in common.
    private var candidates: [(keeper: Int, matches: Int)] = []
    private var accepted: [Accepted] = []
    /// The probability that the row at hand misses a partner at the threshold; `nil`: the banding's own.
    private var missed: Double?

    private let rowSet = StampedSet()
    private let rowFilter = ShingleFilter()
    private let keeperSet = StampedSet()
    private var signature = [UInt8](repeating: 0, count: MinHash.slotCount)
    private var rowBuffer = ReadBuffer()
    private var keeperBuffer = ReadBuffer()
    private var signatureBuffer = ReadBuffer()

    private(set) var record = PassRecord()

    init(
        table: RowTable, configuration: DedupConfiguration, banding: Banding, order: PriorityOrder,
        verdicts: Verdicts, budget: ShingleBudget
    ) throws {
        self.table = table
        self.configuration = configuration
        self.banding = banding
        self.order = order
        self.verdicts = verdicts
        shingler = try RowShingler(configuration: configuration)
        keeperShingler = try RowShingler(configuration: configuration)
        judge = DifferenceJudge(configuration: configuration)
        answers = try AnswerAgreement(configuration: configuration)
        cache = ShingleCache(bytes: Self.shingleCacheBytes, budget: budget)
        buckets = KeeperBuckets(banding: banding, threshold: configuration.threshold)
        minimumMatches = SignatureEstimate.minimumMatches(threshold: configuration.threshold)
    }

    /// Decides one component.
    ///
    /// - Parameter members: rows, in any order.
    /// - Throws: `ScratchError`.
    /// - Complexity: O(rows log rows) and, for each row, its bands, the keepers met in its buckets and the shingles of
    ///   those that are verified.
    func run(_ members: ArraySlice<UInt32>) throws {
        for member in members.prefix(Self.rowsAhead) { table.prefetch(Int(member)) }
        let rows = members.map { (key: order.key(Int($0)), row: Int($0)) }.sorted { $0 < $1 }
        keepers.removeAll(keepingCapacity: true)
        signatures.removeAll(keepingCapacity: true)
        cache.removeAll()
        stamps.removeAll(keepingCapacity: true)
        stamp = 0
        isSmall = rows.count <= Self.smallComponent
        if !isSmall { buckets.begin(expecting: rows.count) }
        for (place, item) in rows.enumerated() {
            if place + Self.rowsAhead < rows.count { table.prefetch(rows[place + Self.rowsAhead].row) }
            try decide(item.row)
        }
    }

    private func decide(_ row: Int) throws {
        try signature.withUnsafeMutableBufferPointer { target in
            guard let base = target.baseAddress else { return }
            try table.readSignature(row, into: base, buffer: &signatureBuffer)
        }
        missed = nil
        defer { if let missed { record.addMiss(missed) } }
        candidates.removeAll(keepingCapacity: true)
        if !table.flags[row].contains(.against) { collectCandidates() }
        addKeeper: do {
            if candidates.isEmpty {
                keepers.append(Keeper(row: row))
                break addKeeper
            }
            let rowRecord = try table.record(row, buffer: &rowBuffer)
            let counts = shingler.fill(rowSet, with: rowRecord.text)
            rowFilter.fill(shingler.hashes)
            try verify(rowRecord, counts)
            if !accepted.isEmpty, try join(row, rowRecord) { return }
            keepers.append(Keeper(row: row))
            store(keepers.count - 1, rowRecord, counts, rowSet, shingler)
        }
        stamps.append(0)
        signatures.append(contentsOf: signature)
        if isSmall { return }
        signatures.withUnsafeBufferPointer { all in
            if let base = all.baseAddress { buckets.insert(keepers.count - 1, signatures: base) }
        }
    }

    /// Reads what a comparison with a keeper needs.
    private func load(_ keeper: Int) throws {
        let keeperRecord = try table.record(keepers[keeper].row, buffer: &keeperBuffer)
        let counts = keeperShingler.fill(keeperSet, with: keeperRecord.text)
        store(keeper, keeperRecord, counts, keeperSet, keeperShingler)
    }

    /// Notes what a comparison with a keeper needs.
    ///
    /// - Parameters:
    ///   - set: the keeper's shingles.
    ///   - shingler: hashed the keeper last.
    private func store(
        _ keeper: Int, _ record: RowRecord, _ counts: ShingleCounts, _ set: StampedSet,
        _ shingler: RowShingler
    ) {
        keepers[keeper].isLoaded = true
        keepers[keeper].labelHash = record.header.labelHash
        keepers[keeper].partHash = record.header.partHash
        keepers[keeper].shingles = counts
        guard let place = cache.reserve(shingler.promptHashes.count + shingler.responseHashes.count) else {
            return
        }
        let prompt = set.copyDistinct(of: shingler.promptHashes, to: place)
        keepers[keeper].cacheStart = cache.commit(
            prompt + set.copyDistinct(of: shingler.responseHashes, to: place + prompt))
    }

    private func collectCandidates() {
        stamp += 1
        signature.withUnsafeBufferPointer { signature in
            guard let own = signature.baseAddress else { return }
            if isSmall { collectAll(own) } else { collectFromBuckets(own) }
            record.candidates += candidates.count
            signatures.withUnsafeBufferPointer { all in
                guard let first = all.baseAddress else { return }
                for place in candidates.indices {
                    let other = first + candidates[place].keeper * MinHash.slotCount
                    candidates[place].matches = MinHash.matches(own, other)
                }
            }
        }
        if candidates.isEmpty { return }
        candidates.removeAll { $0.matches < minimumMatches }
        if candidates.count > 1 { candidates.sort { ($1.matches, $0.keeper) < ($0.matches, $1.keeper) } }
    }

    private func collectFromBuckets(_ own: UnsafePointer<UInt8>) {
        let recall = buckets.forEachCandidate(of: own) { keeper in
            if stamps[keeper] != stamp {
                stamps[keeper] = stamp
                candidates.append((keeper, 0))
            }
        }
        if let recall { missed = 1 - recall }
    }

    /// The keepers of a small component that share a bucket with the row.
    private func collectAll(_ own: UnsafePointer<UInt8>) {
        signatures.withUnsafeBufferPointer { all in
            guard let first = all.baseAddress else { return }
            for keeper in keepers.indices
            where ctext_minhash_share_band(
                own, first + keeper * MinHash.slotCount, banding.bands, banding.rowsPerBand)
            {
                candidates.append((keeper, 0))
            }
        }
    }

    /// Fills `accepted` with the keepers that reach the threshold, the most similar first.
    private func verify(_ row: RowRecord, _ counts: ShingleCounts) throws {
        accepted.removeAll(keepingCapacity: true)
        let label = row.header.labelHash
        let sparesConflicts = configuration.sparedClasses.contains(.labelConflict)
        let comparesAnswers = !candidates.isEmpty && answers.begin(row.text)
        var conflicts = 0
        var rejections = 0
        for (candidate, matches) in candidates {
            if accepted.isEmpty, rejections >= Self.maximumRejections {
                let beyond = SignatureEstimate.chance(
                    ofFewer: matches, threshold: configuration.threshold)
                missed = 1 - (1 - (missed ?? 0)) * (1 - beyond)
                break
            }
            if !keepers[candidate].isLoaded { try load(candidate) }
            let keeper = keepers[candidate]
            if keeper.partHash != row.header.partHash { continue }
            let conflict = sparesConflicts && label != 0 && keeper.labelHash != 0 && label != keeper.labelHash
            if conflict {
                if conflicts == Self.maximumConflicts { continue }
                conflicts += 1
            }
            guard canReach(keeper, counts) else { continue }
            record.verified += 1
            var match = try compare(keeper, candidate, counts)
            if let found = match, comparesAnswers {
                let keeperRecord = try table.record(keeper.row, buffer: &keeperBuffer)
                match = answers.similarity(to: keeperRecord.text).map { found.limited(to: $0) }
            }
            if let match {
                accepted.append(match)
            } else {
                rejections += 1
            }
        }
        if accepted.count > 1 {
            accepted.sort { $1.smaller < $0.smaller || (!($0.smaller < $1.smaller) && $0.keeper < $1.keeper) }
        }
    }

    /// Whether the sizes alone allow the threshold on both sides.
    private func canReach(_ keeper: Keeper, _ counts: ShingleCounts) -> Bool {
        func allowed(_ left: Int, _ right: Int) -> Bool {
            Fraction(shared: min(left, right), total: max(left, right))
                .reaches(millionths: configuration.thresholdMillionths)
        }
        return allowed(counts.prompt, keeper.shingles.prompt)
            && allowed(counts.response, keeper.shingles.response)
    }

    /// The exact similarity, by streaming the keeper's shingles past the row's set; `nil` below the threshold.
    private func compare(_ keeper: Keeper, _ index: Int, _ counts: ShingleCounts) throws -> Accepted? {
        guard let shared = try sharedShingles(keeper, counts) else { return nil }
        let onPrompt = Fraction(
            shared: shared.prompt, total: counts.prompt + keeper.shingles.prompt - shared.prompt)
        let onResponse = Fraction(
            shared: shared.response, total: counts.response + keeper.shingles.response - shared.response)
        var smaller = onPrompt
        if onPrompt.total == 0 || (onResponse.total > 0 && onResponse < onPrompt) { smaller = onResponse }
        guard smaller.total > 0, smaller.reaches(millionths: configuration.thresholdMillionths) else {
            return nil
        }
        return Accepted(
            keeper: index, smaller: smaller, sharedInAll: shared.prompt + shared.response, count: counts.all)
    }

    /// Shingles that the row shares with a keeper on each side; `nil` where one side cannot reach the threshold.
    private func sharedShingles(_ keeper: Keeper, _ counts: ShingleCounts) throws -> (
        prompt: Int, response: Int
    )? {
        let own = keeper.shingles
        guard keeper.cacheStart >= 0 else {
            let keeperRecord = try table.record(keeper.row, buffer: &keeperBuffer)
            keeperShingler.hash(keeperRecord.text)
            return (
                rowSet.countShared(with: keeperShingler.promptHashes),
                rowSet.countShared(with: keeperShingler.responseHashes)
            )
        }
        func shared(_ hashes: UnsafeBufferPointer<UInt64>, _ rowCount: Int) -> Int? {
            let least = Fraction.leastShared(
                hashes.count, rowCount, millionths: configuration.thresholdMillionths)
            let most = hashes.count - least
            if rowFilter.rejects(hashes, maximumMisses: most) { return nil }
            return rowSet.countShared(withDistinct: hashes, maximumMisses: most)
        }
        let border = keeper.cacheStart + own.prompt
        guard let prompt = shared(cache[keeper.cacheStart..<border], counts.prompt),
            let response = shared(cache[border..<keeper.cacheStart + own.all], counts.response)
        else { return nil }
        return (prompt, response)
    }

    /// Joins the row to a keeper, if a rule allows it; else notes the rule that spares it.
    private func join(_ row: Int, _ rowRecord: RowRecord) throws -> Bool {
        let isProtected = table.flags[row].contains(.protected)
        var best: Match?
        var chosen: Match?
        var others = 0
        for (place, candidate) in accepted.enumerated() {
            var match = makeMatch(row, candidate)
            if !configuration.tellsDifferences {
                if chosen == nil { chosen = match }
            } else if chosen == nil, place < Self.maximumDifferences {
                let keeperRecord = try table.record(keepers[candidate.keeper].row, buffer: &keeperBuffer)
                let judged = judge.judge(
                    row: rowRecord, keeper: keeperRecord,
                    sameOutside: table.outsideHash[row] == table.outsideHash[Int(match.keeper)],
                    contained: false)
                match.difference = judged.difference
                if place == 0, !judged.negationChecked { record.negationUnchecked += 1 }
                if !configuration.sparedClasses.contains(judged.difference) { chosen = match }
                others = judged.difference == .turn ? others + 1 : 0
                // A copy of the row would be more like it than the template's other rows.
                if others == Self.maximumOtherTurns { break }
            }
            if best == nil { best = match }
            if place < Self.maximumPairsPerRow { record.pairs.append(match) }
            if chosen != nil, place + 1 >= Self.maximumPairsPerRow { break }
        }
        if let chosen, !isProtected {
            verdicts.remove(chosen)
            return true
        }
        if let best = chosen ?? best {
            let rule =
                isProtected && chosen != nil ? SparingRule.protect : SparingRule(sparing: best.difference)
            record.spared.append(SparedMatch(match: best, rule: rule))
        }
        return false
    }

    private func makeMatch(_ row: Int, _ candidate: Accepted) -> Match {
        let keeper = keepers[candidate.keeper].row
        let isExact = table.firstOfText[row] == table.firstOfText[keeper]
        let lost = 1 - Double(candidate.sharedInAll) / Double(max(1, candidate.count))
        return Match(
            row: UInt32(row), keeper: UInt32(keeper), kind: isExact ? .exact : .near, difference: .wording,
            shared: UInt32(candidate.smaller.shared), total: UInt32(candidate.smaller.total),
            textLost: Float(lost))
    }
}
