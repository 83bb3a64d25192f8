import CText
import Corpus
import TextForms

/// Counts the types of the rows that one thread reads, by role, and writes the rows' traces for the second look.
package final class SpellingSurveyor {
    /// Tokens by role, over all rows.
    package struct Totals: Sendable {
        package var tokens = [Int](repeating: 0, count: ProfileRole.count)
        package var unknown = [Int](repeating: 0, count: ProfileRole.count)
        /// Tokens of batches that look like another language or program text.
        package var foreign = [Int](repeating: 0, count: ProfileRole.count)

        package init() {}

        package mutating func add(_ other: Totals) {
            for role in tokens.indices {
                tokens[role] += other.tokens[role]
                unknown[role] += other.unknown[role]
                foreign[role] += other.foreign[role]
            }
        }
    }

    private let knowledge: SpellingKnowledge
    private let turns: WordTurns
    /// The numbers of the types of a batch.
    private var room = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: LexicalReader.batchSize)
    let table: TypeTable
    let runs: TypeRuns
    private(set) package var totals = Totals()
    private(set) var conversations = ConversationSketch()
    private(set) package var phrases = PhraseSample()
    private(set) package var openings = TurnOpenings()
    /// The words of the rows that were of the sample at first.
    private let phraseWords = ByteTable()
    /// The last of them in each place, by its hash: most are there already.
    private var lastWords = [UInt64](repeating: 0, count: SpellingSurveyor.lastWordCount)
    private static let lastWordCount = 1 << 12
    /// The features that a trace holds.
    private let features: FeatureReader?
    package private(set) var rowCount = 0

    /// Batches of at least this many words are judged by the share of known words.
    static let judgedWords = 6

    /// - Parameter catalogue: the features that are looked for, if there will be traces.
    /// - Throws: `TextFormsError`.
    package init(
        _ knowledge: SpellingKnowledge, _ catalogue: FeatureCatalogue? = nil, memoryBytes: Int,
        scratch: String, number: Int
    ) throws {
        features = try catalogue.map { try FeatureReader($0, knowledge) }
        self.knowledge = knowledge
        turns = try WordTurns()
        table = TypeTable()
        runs = TypeRuns(path: "\(scratch)/types-\(number)", memoryBytes: memoryBytes)
    }

    deinit { room.deallocate() }

    /// Counts the words of a row.
    ///
    /// - Parameters:
    ///   - conversation: its hash; 0 for none.
    ///   - number: the row's place in a random order of all rows (`RowOrigin.number`).
    ///   - trace: of which the row was begun; it is ended.
    /// - Complexity: O(bytes).
    package func add(_ row: RowText, conversation: UInt64 = 0, number: UInt64, to trace: RowTrace? = nil) {
        if conversation != 0 { conversations.add(conversation) }
        rowCount += 1
        let isSampled = phrases.begin(number)
        for (turnNumber, turn) in row.turns.enumerated() {
            let role = ProfileRole(turn)
            let bytes = row.bytes(of: turn)
            let isRead = turns.begin(bytes, role: role)
            if turns.hasToolCall { trace?.noteCall() }
            guard isRead else { continue }
            if role == .user { openings.add(bytes, number: number) }
            trace?.beginTurn()
            features?.begin(role)
            while turns.next(bytes) {
                let isForeign = count(bytes, role)
                if isSampled, role.isLearned { sample(bytes) }
                guard let trace else { continue }
                features?.take(turns.words, technical: turns.technicalCount, bytes, turns.reader)
                trace.add(
                    words: role.isLearned ? turns.words : nil, tokens: turns.tokens, isForeign: isForeign)
            }
            if isSampled { phrases.endTurn() }
            guard let trace, let features else { continue }
            features.end(bytes)
            trace.endTurn(
                turnNumber, role, isChosen: turn.mark == .chosen, words: features.wordCount,
                found: features.found
            )
        }
        phrases.endRow()
        trace?.endRow()
    }

    private func sample(_ bytes: UnsafeRawBufferPointer) {
        phrases.take(turns.words)
        for word in turns.words where word.flags & WordTurns.leftOut == 0 {
            let place = Int(truncatingIfNeeded: word.hash) & (Self.lastWordCount - 1)
            if lastWords[place] == word.hash { continue }
            lastWords[place] = word.hash
            if word.key == 0 {
                let own = UnsafeRawBufferPointer(rebasing: bytes[Int(word.start)..<Int(word.end)])
                _ = phraseWords.insert(own, hash: word.hash, foldsCase: true)
            } else {
                turns.reader.withKey(word) { _ = phraseWords.insert($0, hash: word.hash) }
            }
        }
    }

    /// Calls `body` with each word of the sample, as a phrase holds it.
    func forEachPhraseWord(_ body: (_ identity: UInt64, UnsafeRawBufferPointer) -> Void) {
        for number in 0..<phraseWords.count {
            body(ctext_trace_identity(phraseWords.hash(number)), phraseWords.bytes(number))
        }
    }

    /// Writes the types to scratch if they have outgrown their memory; between rows.
    ///
    /// - Throws: `ProfileError` where scratch cannot be written.
    package func makeRoom() throws {
        if table.memoryBytes > runs.memoryBytes { try runs.spill(table) }
    }

    /// Counts the tokens of a batch.
    ///
    /// - Returns: whether they look like another language or program text.
    private func count(_ bytes: UnsafeRawBufferPointer, _ role: ProfileRole) -> Bool {
        let tokens = turns.tokens
        if tokens.count > room.count {
            room.deallocate()
            room = .allocate(capacity: tokens.count * 2)
        }
        guard let start = room.baseAddress else { return false }
        table.find(tokens, bytes, into: start) { [table, turns, knowledge] token in
            turns.withKey(token, bytes) { key, folds in
                table.insert(key, hash: token.hash, foldsCase: folds) {
                    token.is_compound ? .init(state: .compound) : knowledge.nature(of: $0)
                }
            }
        }
        let types = UnsafeBufferPointer(start: start, count: tokens.count)
        let judgement = table.judge(types)
        let place = Int(role.rawValue)
        totals.tokens[place] += tokens.count
        guard !turns.isTechnical, SpellingSurveyor.isOwnLanguage(judgement) else {
            totals.foreign[place] += tokens.count
            return true
        }
        totals.unknown[place] += judgement.unknown
        table.count(tokens, types, role, unknown: judgement.unknown)
        return false
    }

    /// Whether rows share their conversations, over what all threads read.
    package static func shareConversations(_ surveyors: [SpellingSurveyor]) -> Bool {
        var all = ConversationSketch()
        for surveyor in surveyors { all.merge(surveyor.conversations) }
        return all.areShared
    }

    /// Chosen: half of the words of a batch. Of the English support and instruction corpora measured no batch of six
    /// words or more lies below but names, code and other languages. Above it lie Spanish and French ones, which
    /// their frequent words tell.
    static func isOwnLanguage(_ own: ctext_types_judgement) -> Bool {
        let words = own.known + own.unknown
        if FunctionWords.isOther(english: own.english, other: own.other, words: words) { return false }
        return words < judgedWords || own.known >= own.unknown
    }
}
