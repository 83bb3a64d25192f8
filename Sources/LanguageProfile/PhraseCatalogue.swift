import CText

/// The phrases that are counted in the second pass: what recurs in the sample of the first.
///
/// A phrase is three to eight words of one sentence. Phrases are grown word by word: one of n + 1 words can recur only
/// where both its parts of n words do (Agrawal and Srikant 1994). Of a phrase and a longer one with four fifths of its
/// rows only the longer is kept, and of a run of over eight words the first eight.
package struct PhraseCatalogue: Sendable {
    /// Hashes of the words of each phrase.
    private(set) var phrases: [[UInt64]] = []
    /// The words of each phrase as a spelling check knows them; empty before `name`.
    private(set) var texts: [String] = []
    /// Phrases by the hash of their first three words.
    private var places: [UInt64: [Int]] = [:]
    private var filter = [UInt64](repeating: 0, count: 1 << 10)
    /// Phrases beyond `most`, the least text repeated among them.
    package private(set) var leftOut = 0

    static let shortest = 3
    static let longest = 8
    /// Phrases that are counted.
    static let most = 400
    /// Of a phrase in the sample, at the least.
    private static let leastInSample = 3

    package static let none = PhraseCatalogue()

    private init() {}

    /// - Parameter least: rows from which a phrase recurs, of all rows.
    /// - Complexity: O(n) for n words of the sample.
    package init(_ sample: PhraseSample, least: Int) {
        // Half of what is expected at the limit: what chance has thinned out is counted all the same.
        let limit =
            sample.isSample ? max(Self.leastInSample, Int(Double(least) * sample.share / 2)) : least
        var found: [(rows: Int, words: ArraySlice<UInt64>)] = []
        var level = Level(sample)
        for length in Self.shortest...Self.longest {
            guard level.count(length: length, least: limit) else { break }
            level.collectShorter(into: &found)
        }
        level.collectLongest(into: &found)
        found.sort { first, second in
            let a = first.rows * (first.words.count - 2) * (first.words.count - 2)
            let b = second.rows * (second.words.count - 2) * (second.words.count - 2)
            return a != b ? a > b : first.words.lexicographicallyPrecedes(second.words)
        }
        leftOut = max(0, found.count - Self.most)
        for phrase in found.prefix(Self.most) {
            let words = Array(phrase.words)
            let hash = Self.hash(words[0], words[1], words[2])
            places[hash, default: []].append(phrases.count)
            filter[Int(hash >> 6 & 0x3FF)] |= 1 << (hash & 63)
            phrases.append(words)
        }
    }

    /// Sets the texts of the phrases.
    ///
    /// - Parameter surveyors: all that took the sample.
    package mutating func name(by surveyors: [SpellingSurveyor]) {
        var words = Dictionary(phrases.joined().map { ($0, "") }) { first, _ in first }
        for surveyor in surveyors {
            surveyor.forEachPhraseWord { identity, bytes in
                if words[identity] != nil { words[identity] = String(decoding: bytes, as: UTF8.self) }
            }
        }
        texts = phrases.map { $0.map { words[$0] ?? "" }.joined(separator: " ") }
    }

    /// The phrases that begin with three words.
    @inline(__always)
    func phrases(beginning hash: UInt64) -> [Int]? {
        guard filter[Int(hash >> 6 & 0x3FF)] >> (hash & 63) & 1 == 1 else { return nil }
        return places[hash]
    }

    /// The hash of three words in order, from their own.
    @inline(__always)
    static func hash(_ a: UInt64, _ b: UInt64, _ c: UInt64) -> UInt64 {
        var hash = (a ^ 0x9e37_79b9_7f4a_7c15) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash >> 32 ^ b) &* 0xc4ce_b9fe_1a85_ec53
        hash = (hash ^ hash >> 32 ^ c) &* 0xff51_afd7_ed55_8ccd
        return hash ^ hash >> 31
    }

    /// Phrases of one length that recur, and where in the sample they begin.
    private struct Level {
        /// A phrase of the length at hand.
        private struct Entry {
            /// 0 for a free place.
            var key: UInt64 = 0
            /// Rows that have it.
            var rows: UInt32 = 0
            /// The last of them.
            var row: UInt32 = .max
        }

        private let words: [UInt64]
        private let rows: [PhraseSample.Row]
        private var length = 0
        /// Of each place in the sample: rows of the phrase that begins there, 0 for none; of this length and of the
        /// one before.
        private var counts: [UInt32]
        private var shorter: [UInt32]

        init(_ sample: PhraseSample) {
            words = sample.words
            rows = sample.rows
            counts = Array(repeating: 0, count: sample.words.count)
            shorter = counts
        }

        /// Counts the phrases of the next length; `false` where none recurs.
        mutating func count(length: Int, least: Int) -> Bool {
            var keys = [UInt64](repeating: 0, count: words.count)
            var candidates = 0
            forEachStart(length) { at, _ in
                keys[at] = key(at, length) | 1
                candidates += 1
            }
            var size = 1024
            while size < candidates * 2 { size *= 2 }
            var entries = [Entry](repeating: Entry(), count: size)
            forEachStart(length) { at, row in
                let place = Self.place(of: keys[at], in: entries)
                entries[place].key = keys[at]
                if entries[place].row != row { entries[place].rows += 1 }
                entries[place].row = row
            }
            var recurs = false
            shorter = counts
            for at in counts.indices {
                counts[at] = 0
                guard keys[at] != 0 else { continue }
                let rows = entries[Self.place(of: keys[at], in: entries)].rows
                guard rows >= least else { continue }
                counts[at] = rows
                recurs = true
            }
            self.length = length
            return recurs
        }

        /// Calls `body` with each place where a phrase of the length may begin, and the row that it is of.
        private func forEachStart(_ length: Int, _ body: (Int, UInt32) -> Void) {
            for (number, row) in rows.enumerated() where row.range.count >= length {
                for at in row.range.lowerBound...(row.range.upperBound - length) where canRecur(at, length) {
                    body(at, UInt32(number))
                }
            }
        }

        /// The place of a key, or the free one that it would take.
        @inline(__always)
        private static func place(of key: UInt64, in entries: [Entry]) -> Int {
            var place = Int(truncatingIfNeeded: key >> 1) & (entries.count - 1)
            while entries[place].key != 0, entries[place].key != key {
                place = (place &+ 1) & (entries.count - 1)
            }
            return place
        }

        private func canRecur(_ at: Int, _ length: Int) -> Bool {
            if length > PhraseCatalogue.shortest { return counts[at] > 0 && counts[at + 1] > 0 }
            return words[at] != 0 && words[at + 1] != 0 && words[at + 2] != 0
        }

        private func key(_ at: Int, _ length: Int) -> UInt64 {
            var key = UInt64(length)
            for word in words[at..<at + length] { key = ctext_mix64(key &* 31 &+ word) }
            return key
        }

        /// Phrases one word shorter of which no phrase of this length has nearly all rows.
        func collectShorter(into found: inout [(rows: Int, words: ArraySlice<UInt64>)]) {
            guard length > PhraseCatalogue.shortest else { return }
            collect(length - 1, shorter, into: &found) { at in
                isCovered(shorter[at], by: counts[at]) || at > 0 && isCovered(shorter[at], by: counts[at - 1])
            }
        }

        /// Phrases of this length, without those that continue another.
        func collectLongest(into found: inout [(rows: Int, words: ArraySlice<UInt64>)]) {
            guard length > 0 else { return }
            // Where the last length came to nothing, the one before was the longest.
            guard counts.contains(where: { $0 > 0 }) else {
                if length > PhraseCatalogue.shortest {
                    collect(length - 1, shorter, into: &found) { _ in false }
                }
                return
            }
            collect(length, counts, into: &found) { at in
                at > 0 && counts[at - 1] > 0 && isCovered(counts[at], by: counts[at - 1])
                    && words[at - 1..<at - 1 + length] != words[at..<at + length]
            }
        }

        private func isCovered(_ own: UInt32, by other: UInt32) -> Bool {
            UInt64(other) * 5 >= UInt64(own) * 4
        }

        /// Adds each phrase once; one that is left out anywhere is left out.
        private func collect(
            _ length: Int, _ counts: [UInt32], into found: inout [(rows: Int, words: ArraySlice<UInt64>)],
            unless isLeftOut: (Int) -> Bool
        ) {
            var states: [UInt64: (at: Int, isLeftOut: Bool)] = [:]
            for at in counts.indices where counts[at] > 0 {
                let key = key(at, length)
                let isOut = isLeftOut(at) || states[key]?.isLeftOut ?? false
                states[key] = (states[key]?.at ?? at, isOut)
            }
            for state in states.values where !state.isLeftOut {
                found.append((Int(counts[state.at]), words[state.at..<state.at + length]))
            }
        }
    }
}
