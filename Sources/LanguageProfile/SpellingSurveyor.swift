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
    private var types: [UInt32] = []
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
        types.removeAll(keepingCapacity: true)
        var known = 0
        var unknown = 0
        let tokens = turns.tokens
        for token in tokens {
            let type = turns.withKey(token, bytes) { key, folds in
                table.insert(key, hash: token.hash, foldsCase: folds) { [knowledge] in
                    token.isCompound ? .compound : knowledge.state(of: $0)
                }
            }
            switch table.state(type) {
            case .known, .foreign: known += 1
            case .unknown: unknown += 1
            case .compound: break
            }
            types.append(UInt32(type))
        }
        let place = Int(role.rawValue)
        totals.tokens[place] += tokens.count
        guard !turns.isTechnical, SpellingSurveyor.isOwnLanguage(known: known, unknown: unknown) else {
            totals.foreign[place] += tokens.count
            return
        }
        totals.unknown[place] += unknown
        for (at, type) in types.enumerated() {
            table.count(
                Int(type), role, tokens[at].letterCase, isCrowded: unknown > 1 && hasUnknownNeighbour(at))
        }
    }

    /// Whether an unknown word stands within three words.
    private func hasUnknownNeighbour(_ at: Int) -> Bool {
        let around = max(0, at - Self.reach)...min(types.count - 1, at + Self.reach)
        return around.contains {
            $0 != at && types[$0] != types[at] && table.state(Int(types[$0])) == .unknown
        }
    }

    private static let reach = 3

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
