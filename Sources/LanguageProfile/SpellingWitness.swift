import CText
import Corpus
import TextForms

/// Finds the forms of decided pairs in the text of single rows, with their places: for examples. What is counted of all
/// rows comes from their traces (`TraceReader`).
///
/// Words that look like another language or program text, as the survey judges them, hold none.
package final class SpellingWitness {
    /// A form in a turn.
    package struct Hit: Sendable, Equatable {
        package var pair: Int32
        package var isWrong: Bool
        package var role: ProfileRole
        package var turn: Int32
        /// Bytes of the turn.
        package var start: UInt32
        package var end: UInt32
    }

    private let watch: SpellingWatch
    private let knowledge: SpellingKnowledge
    private let turns: WordTurns
    private(set) package var hits: [Hit] = []
    private var order: [UInt64] = []

    /// - Throws: `TextFormsError`.
    package init(_ watch: SpellingWatch, _ knowledge: SpellingKnowledge) throws {
        self.watch = watch
        self.knowledge = knowledge
        turns = try WordTurns()
    }

    /// Fills `hits` with what the row holds: for each pair, role and side the first.
    ///
    /// - Complexity: O(bytes).
    package func read(_ row: RowText) {
        hits.removeAll(keepingCapacity: true)
        for (number, turn) in row.turns.enumerated() {
            let role = ProfileRole(turn)
            let bytes = row.bytes(of: turn)
            guard turns.begin(bytes, role: role) else { continue }
            while turns.next(bytes) { look(bytes, role, Int32(number)) }
        }
        keepFirst()
    }

    private func look(_ bytes: UnsafeRawBufferPointer, _ role: ProfileRole, _ turn: Int32) {
        let start = hits.count
        var last: Int?
        for token in turns.tokens {
            let form = turns.withKey(token, bytes) { watch.find($0, hash: token.hash, foldsCase: $1) }
            guard let form else {
                last = nil
                continue
            }
            watch.forEachUse(of: form) { use in
                hits.append(
                    Hit(
                        pair: use.pair, isWrong: use.isWrong, role: role, turn: turn, start: token.start,
                        end: token.end))
            }
            if let last, token.follows_directly {
                for pair in watch.pairs(of: last, then: form) {
                    hits.append(
                        Hit(
                            pair: pair, isWrong: false, role: role, turn: turn, start: token.start,
                            end: token.end))
                }
            }
            last = form
        }
        if hits.count > start, turns.isTechnical || !isOwnLanguage(bytes) { hits.removeSubrange(start...) }
    }

    private func isOwnLanguage(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var judgement = ctext_types_judgement()
        for token in turns.tokens where !token.is_compound {
            let nature = nature(of: token, bytes)
            if nature.isKnown { judgement.known += 1 } else { judgement.unknown += 1 }
            switch nature.function {
            case .none: break
            case .english: judgement.english += 1
            case .other: judgement.other += 1
            }
        }
        return SpellingSurveyor.isOwnLanguage(judgement)
    }

    private func nature(of token: WordTurns.Token, _ bytes: UnsafeRawBufferPointer) -> TypeTable.Nature {
        turns.withKey(token, bytes) { key, folds in
            guard folds else { return knowledge.nature(of: key) }
            return key.map { $0 | 0x20 }.withUnsafeBytes { knowledge.nature(of: $0) }
        }
    }

    private func keepFirst() {
        guard hits.count > 1 else { return }
        order.removeAll(keepingCapacity: true)
        for (place, hit) in hits.enumerated() {
            let key =
                UInt64(UInt32(bitPattern: hit.pair)) << 8 | UInt64(hit.role.rawValue) << 1
                | (hit.isWrong ? 0 : 1)
            order.append(key << 28 | UInt64(min(place, 0xFFF_FFFF)))
        }
        order.sort()
        var kept: [Hit] = []
        for key in order {
            let hit = hits[Int(key & 0xFFF_FFFF)]
            if let last = kept.last, last.pair == hit.pair, last.role == hit.role, last.isWrong == hit.isWrong
            {
                continue
            }
            kept.append(hit)
        }
        hits = kept
    }
}
