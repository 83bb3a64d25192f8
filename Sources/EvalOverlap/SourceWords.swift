import CText

/// Which words of an item's text are another's: quotations, and passages that several items of the set share; one
/// per thread.
///
/// A quotation stands between double quotation marks or behind `>`, and has ``quotedWords`` words or more; a shared
/// passage is a run of ``OverlapJudge/sourceWords`` words or more whose n-grams another item of the set has too.
final class SourceWords {
    /// Common phrases are shorter.
    static let quotedWords = OverlapJudge.phraseWords
    /// Texts that are kept.
    private static let textsKept = 4096

    private let index: EvalIndex
    private let reader: OverlapText
    private let original: OriginalWords
    private let probes = ProbeBuffer()
    private var known: [Int: [Bool]] = [:]

    /// - Throws: `TextFormsError`.
    init(_ index: EvalIndex) throws {
        self.index = index
        reader = try OverlapText()
        original = try OriginalWords()
    }

    /// A flag for each word; none for a text without such words.
    ///
    /// - Complexity: O(bytes), for a text that is not kept.
    func flags(of text: Int) -> [Bool] {
        if let flags = known[text] { return flags }
        if known.count >= Self.textsKept { known.removeAll() }
        let made = make(text)
        known[text] = made
        return made
    }

    private func make(_ number: Int) -> [Bool] {
        let text = index.texts[number]
        guard let item = text.items.first else { return [] }
        let bytes = index.item(Int(item))[text.component]
        var flags = Array(repeating: false, count: text.wordCount)
        let quotations = QuotedText.quotations(of: bytes)
        if !quotations.isEmpty {
            let ranges = bytes.withUnsafeBytes { original.ranges(of: $0, count: text.wordCount) }
            for quotation in quotations where quotation.count >= 2 * Self.quotedWords - 1 {
                let first = Self.firstWord(from: quotation.lowerBound, ranges)
                let end = Self.firstWord(from: quotation.upperBound, ranges)
                if end - first >= Self.quotedWords { for word in first..<end { flags[word] = true } }
            }
        }
        addShared(bytes, number, to: &flags)
        return flags.contains(true) ? flags : []
    }

    /// The first word that does not begin before a byte.
    private static func firstWord(from byte: Int, _ ranges: [Range<Int>]) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound < byte { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func addShared(_ bytes: [UInt8], _ number: Int, to flags: inout [Bool]) {
        reader.begin()
        bytes.withUnsafeBytes { reader.append($0) }
        guard reader.count == flags.count else { return }
        reader.grams(nil, into: probes)
        let set = index.texts[number].set
        var isShared = Array(repeating: false, count: flags.count)
        for probe in probes.probes {
            guard let key = index.grams.number(of: probe.hash) else { continue }
            let isOthers = index.grams.contains(key) {
                let text = Int($0.text)
                return text != number && index.texts[text].set == set
            }
            guard isOthers else { continue }
            let end = min(flags.count, Int(probe.start) + OverlapSearch.gramWords)
            for word in Int(probe.start)..<end { isShared[word] = true }
        }
        var start = 0
        for word in 0...flags.count where word == flags.count || !isShared[word] {
            if word - start >= OverlapJudge.sourceWords { for at in start..<word { flags[at] = true } }
            start = word + 1
        }
    }
}
