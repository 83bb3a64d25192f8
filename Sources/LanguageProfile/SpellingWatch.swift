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

    package init(_ pairs: [SpellingPair]) {
        self.pairs = pairs
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
            return number
        }
    }

    var formCount: Int { forms.count }

    func hash(ofForm form: Int) -> UInt64 { forms.hash(form) }

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
