/// Which words of an unfolded text begin with an ASCII capital.
enum CapitalWords {
    /// - Parameter count: words that were found in the folded text; where it is another number, none has a capital.
    /// - Complexity: O(bytes).
    static func flags(of text: UnsafeRawBufferPointer, count: Int, _ runs: WordRuns) -> [Bool] {
        var flags: [Bool] = []
        runs.forEach(in: text) { run, words in
            let first = text[run.lowerBound]
            flags.append(first >= 0x41 && first <= 0x5A)
            flags += repeatElement(false, count: words - 1)
        }
        return flags.count == count ? flags : Array(repeating: false, count: count)
    }
}
