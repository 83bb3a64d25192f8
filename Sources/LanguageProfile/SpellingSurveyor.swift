import CText
import Corpus
import TextForms

/// Counts the types of the rows that one thread reads, by role.
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
    package private(set) var rowCount = 0

    /// Batches of at least this many words are judged by the share of known words.
    static let judgedWords = 6

    /// - Throws: `TextFormsError`.
    package init(_ knowledge: SpellingKnowledge, memoryBytes: Int, scratch: String, number: Int) throws {
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
    /// - Complexity: O(bytes).
    package func add(_ row: RowText, conversation: UInt64 = 0, number: UInt64) {
        if conversation != 0 { conversations.add(conversation) }
        rowCount += 1
        let isSampled = phrases.begin(number)
        defer { phrases.endRow() }
        for turn in row.turns where turn.length > 0 {
            let role = ProfileRole(turn)
            let bytes = row.bytes(of: turn)
            guard turns.begin(bytes, role: role) else { continue }
            while turns.next(bytes) {
                count(bytes, role)
                if isSampled, role.isLearned { phrases.take(turns.words) }
            }
            if isSampled { phrases.endTurn() }
        }
    }

    /// Writes the types to scratch if they have outgrown their memory; between rows.
    ///
    /// - Throws: `ProfileError` where scratch cannot be written.
    package func makeRoom() throws {
        if table.memoryBytes > runs.memoryBytes { try runs.spill(table) }
    }

    private func count(_ bytes: UnsafeRawBufferPointer, _ role: ProfileRole) {
        let tokens = turns.tokens
        if tokens.count > room.count {
            room.deallocate()
            room = .allocate(capacity: tokens.count * 2)
        }
        guard let start = room.baseAddress else { return }
        table.find(tokens, bytes, into: start) { [table, turns, knowledge] token in
            turns.withKey(token, bytes) { key, folds in
                table.insert(key, hash: token.hash, foldsCase: folds) {
                    token.is_compound ? .compound : knowledge.state(of: $0)
                }
            }
        }
        let types = UnsafeBufferPointer(start: start, count: tokens.count)
        let (known, unknown) = table.judge(types)
        let place = Int(role.rawValue)
        totals.tokens[place] += tokens.count
        guard !turns.isTechnical, SpellingSurveyor.isOwnLanguage(known: known, unknown: unknown) else {
            totals.foreign[place] += tokens.count
            return
        }
        totals.unknown[place] += unknown
        table.count(tokens, types, role, unknown: unknown)
    }

    /// Whether rows share their conversations, over what all threads read.
    package static func shareConversations(_ surveyors: [SpellingSurveyor]) -> Bool {
        var all = ConversationSketch()
        for surveyor in surveyors { all.merge(surveyor.conversations) }
        return all.areShared
    }

    /// Chosen: half of the words of a batch. Of the English support and instruction corpora measured no batch of six
    /// words or more lies below but names, code and other languages.
    static func isOwnLanguage(known: Int, unknown: Int) -> Bool {
        known + unknown < judgedWords || known >= unknown
    }
}
