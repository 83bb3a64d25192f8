import TextForms

/// The forms of the decided pairs, for looking them up in the second pass; threads share it.
///
/// `@unchecked Sendable` without a lock: nothing changes after `init`.
package final class SpellingWatch: @unchecked Sendable {
    /// What a form means for a pair.
    struct Use {
        var pair: Int32
        var isWrong: Bool
    }

    package let pairs: [SpellingPair]
    private let forms = ByteTable()
    private(set) var uses: [[Use]] = []
    /// Pairs by two forms that follow one another.
    private var successions: [UInt64: [Int32]] = [:]
    /// A bit for each hash that some form has, by its lowest bits: at least 64 for each pair.
    private var filter: [UInt64]

    package init(_ pairs: [SpellingPair]) {
        self.pairs = pairs
        var size = 1 << 7
        while size < pairs.count, size < 1 << 14 { size *= 2 }
        filter = Array(repeating: 0, count: size)
        for (number, pair) in pairs.enumerated() {
            uses[add(pair.wrong)].append(Use(pair: Int32(number), isWrong: true))
            let words = pair.right.split(separator: " ").map(String.init)
            if words.count == 2 {
                let first = UInt64(add(words[0]))
                successions[first << 32 | UInt64(add(words[1])), default: []].append(Int32(number))
            } else if words.count == 1 {
                uses[add(pair.right)].append(Use(pair: Int32(number), isWrong: false))
            }
        }
    }

    private func add(_ form: String) -> Int {
        Array(form.utf8).withUnsafeBytes { bytes in
            let hash = LexicalReader.hash(ofKey: bytes)
            let (number, isNew) = forms.insert(bytes, hash: hash)
            if isNew { uses.append([]) }
            filter[Int(truncatingIfNeeded: hash >> 6) & (filter.count - 1)] |= 1 << (hash & 63)
            return number
        }
    }

    /// The first of the tokens from a place on that may be a form; their number if there is none.
    func firstHeld(_ tokens: UnsafeBufferPointer<WordTurns.Token>, from start: Int) -> Int {
        filter.withUnsafeBufferPointer { filter in
            var at = start
            while at < tokens.count {
                let hash = tokens[at].hash
                let word = filter[Int(truncatingIfNeeded: hash >> 6) & (filter.count - 1)]
                if word >> (hash & 63) & 1 == 1 { break }
                at &+= 1
            }
            return at
        }
    }

    /// Whether the wrong form of a pair is an error beyond doubt: listed, or far rarer than its neighbour.
    func isError(pair: Int32) -> Bool {
        let kind = pairs[Int(pair)].kind
        return kind == .listed || kind == .neighbour
    }

    func find(_ key: UnsafeRawBufferPointer, hash: UInt64, foldsCase: Bool) -> Int? {
        forms.find(key, hash: hash, foldsCase: foldsCase)
    }

    func pairs(of first: Int, then second: Int) -> [Int32] {
        successions[UInt64(first) << 32 | UInt64(second)] ?? []
    }
}
