import TextForms

/// The forms of the decided pairs, for looking them up in the second pass; threads share it.
///
/// `@unchecked Sendable` without a lock: nothing changes after `init`.
package final class SpellingWatch: @unchecked Sendable {
    /// What a form means for a pair.
    struct Use {
        var pair: Int32
        var isWrong: Bool
        /// Whether it is the wrong form of an error beyond doubt: listed, or far rarer than its neighbour.
        var isError: Bool
    }

    package let pairs: [SpellingPair]
    private let forms = ByteTable()
    private let uses: UnsafeMutableBufferPointer<Use>
    /// Of each form the first of its uses; at the end the number of all.
    private let firstUse: UnsafeMutableBufferPointer<Int32>
    /// Pairs by two forms that follow one another.
    private var successions: [UInt64: [Int32]] = [:]

    package init(_ pairs: [SpellingPair]) {
        self.pairs = pairs
        var usesOfForm: [(form: Int, use: Use)] = []
        for (number, pair) in pairs.enumerated() {
            let isError = pair.kind == .listed || pair.kind == .neighbour
            let wrong = Use(pair: Int32(number), isWrong: true, isError: isError)
            usesOfForm.append((Self.add(pair.wrong, to: forms), wrong))
            let words = pair.right.split(separator: " ").map(String.init)
            if words.count == 2 {
                let first = UInt64(Self.add(words[0], to: forms))
                let second = UInt64(Self.add(words[1], to: forms))
                successions[first << 32 | second, default: []].append(Int32(number))
            } else if words.count == 1 {
                let right = Use(pair: Int32(number), isWrong: false, isError: false)
                usesOfForm.append((Self.add(pair.right, to: forms), right))
            }
        }
        let counts = usesOfForm.reduce(into: [Int32](repeating: 0, count: forms.count + 1)) {
            $0[$1.form + 1] += 1
        }
        firstUse = .allocate(capacity: counts.count)
        var first: Int32 = 0
        for (form, count) in counts.enumerated() {
            first += count
            firstUse.initializeElement(at: form, to: first)
        }
        uses = .allocate(capacity: usesOfForm.count)
        // Sorting keeps the order of one form's uses.
        _ = uses.initialize(from: usesOfForm.sorted { $0.form < $1.form }.map(\.use))
    }

    deinit {
        firstUse.deallocate()
        uses.deallocate()
    }

    private static func add(_ form: String, to forms: ByteTable) -> Int {
        Array(form.utf8).withUnsafeBytes { forms.insert($0, hash: LexicalReader.hash(ofKey: $0)).number }
    }

    var formCount: Int { forms.count }

    func hash(ofForm form: Int) -> UInt64 { forms.hash(form) }

    /// What a form means, in the order of the pairs.
    @inline(__always)
    func forEachUse(of form: Int, _ body: (Use) -> Void) {
        for at in Int(firstUse[form])..<Int(firstUse[form + 1]) { body(uses[at]) }
    }

    func find(_ key: UnsafeRawBufferPointer, hash: UInt64, foldsCase: Bool) -> Int? {
        forms.find(key, hash: hash, foldsCase: foldsCase)
    }

    func pairs(of first: Int, then second: Int) -> [Int32] {
        successions[UInt64(first) << 32 | UInt64(second)] ?? []
    }
}
