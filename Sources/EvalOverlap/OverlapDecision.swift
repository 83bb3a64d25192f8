/// What is decided between the passes, from the counts of all training rows: which n-grams are boilerplate, which
/// short texts are common, which items no route can check.
///
/// An n-gram is boilerplate if it stands in more than ``commonRows`` training rows and belongs to three texts of a
/// set or more, to two that are 2 % of its items, or to the prefix that the set's items share. One of a single text
/// never is, however many rows have it.
package final class OverlapDecision: Sendable {
    /// Rows beyond which a text is common in the training data; chosen, as the bound of a common identity.
    package static let commonRows = 20
    /// Texts of a set from which an n-gram may be boilerplate, and its share of the set's items.
    package static let commonTexts = 3
    package static let commonShare = 0.02
    /// A short text of fewer words that stands in more rows than `commonRows` is a common phrase, and one of
    /// fewer than `greetingWords` words ("Who are you?") in more than `greetingRows`.
    package static let phraseWords = 6
    package static let greetingWords = 5
    package static let greetingRows = 5
    /// Specific words that a long text needs to be checkable.
    package static let leastSpecificWords = 8

    package let index: EvalIndex
    /// Whether each word of the index lies in no specific n-gram.
    package let discounted: [Bool]
    /// Whether the n-gram that begins at each word of the index is boilerplate.
    package let boilerplate: [Bool]
    /// Of each text.
    package let specificWords: [Int32]
    /// Whether a short text is a common phrase.
    package let isCommon: [Bool]
    /// Why an item cannot be checked; `nil` for one that can.
    package let uncheckable: [UncheckableReason?]
    /// N-grams discounted, and the most rows that one of them stands in, by set.
    package let discounts: [Discount]

    /// What was discounted in a set.
    package struct Discount: Sendable, Equatable {
        package var grams = 0
        package var items = 0
        package var rows = 0
    }

    /// - Complexity: O(postings).
    package init(_ index: EvalIndex, _ counts: OverlapCounts) {
        self.index = index
        let prefixes = Self.sharedPrefixes(index)
        var boilerplate = Array(repeating: false, count: index.words.count)
        var discounts = Array(repeating: Discount(), count: index.sets.count)
        var touched = Set<Int32>()
        for number in 0..<index.grams.count where counts.grams[number] > UInt32(Self.commonRows) {
            let places = index.grams.range(of: number).map { index.grams.postings[$0] }
            guard places.count > 1 else { continue }
            for (set, ofSet) in Dictionary(grouping: places, by: { index.texts[Int($0.text)].set }) {
                let texts = Set(ofSet.map(\.text))
                let items = index.itemsOfSet[Int(set)].count
                let isPrefix =
                    texts.count > 1 && ofSet.contains { $0.place < prefixes[Int(set)] }
                guard
                    texts.count >= Self.commonTexts || isPrefix
                        || (texts.count > 1 && Double(texts.count) >= Self.commonShare * Double(items))
                else { continue }
                for place in ofSet {
                    boilerplate[index.texts[Int(place.text)].firstWord + Int(place.place)] = true
                }
                discounts[Int(set)].grams += 1
                discounts[Int(set)].rows = max(discounts[Int(set)].rows, Int(counts.grams[number]))
                touched.formUnion(texts.map { Int32($0) })
            }
        }
        // An item counts once, however many of its texts have such n-grams.
        for item in Set(touched.flatMap { index.texts[Int($0)].items }) {
            discounts[Int(index.items[Int(item)].set)].items += 1
        }
        self.boilerplate = boilerplate
        self.discounts = discounts
        (discounted, specificWords) = Self.discountedWords(index, boilerplate)
        isCommon = Self.commonTexts(index, counts)
        uncheckable = Self.uncheckable(
            index, specificWords: specificWords, isCommon: isCommon,
            searchable: Self.searchableGrams(index, boilerplate))
    }

    /// Words of the longest prefix that at least half of a set's questions share, at least two of them.
    static func sharedPrefixes(_ index: EvalIndex) -> [UInt32] {
        index.sets.indices.map { set in
            var texts = index.texts.filter { Int($0.set) == set && $0.component == .question }
            let least = max(2, (texts.count + 1) / 2)
            var length = 0
            while texts.count >= least {
                var counts: [UInt64: Int] = [:]
                for text in texts where text.wordCount > length {
                    counts[index.words[text.firstWord + length], default: 0] += 1
                }
                guard let best = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
                    best.value >= least
                else { break }
                texts = texts.filter {
                    $0.wordCount > length && index.words[$0.firstWord + length] == best.key
                }
                length += 1
            }
            return UInt32(length)
        }
    }

    private static func discountedWords(_ index: EvalIndex, _ boilerplate: [Bool]) -> ([Bool], [Int32]) {
        var discounted = Array(repeating: false, count: index.words.count)
        var specific: [Int32] = []
        let size = Int(OverlapSearch.gramWords)
        for text in index.texts {
            guard text.route == .runs else {
                specific.append(Int32(text.wordCount))
                continue
            }
            let lastGram = text.wordCount - size
            var count: Int32 = 0
            for word in 0..<text.wordCount {
                let grams = max(0, word - size + 1)...max(0, min(word, lastGram))
                let isDiscounted = grams.allSatisfy { boilerplate[text.firstWord + $0] }
                discounted[text.firstWord + word] = isDiscounted
                if !isDiscounted { count += 1 }
            }
            specific.append(count)
        }
        return (discounted, specific)
    }

    private static func commonTexts(_ index: EvalIndex, _ counts: OverlapCounts) -> [Bool] {
        var common = Array(repeating: false, count: index.texts.count)
        for number in 0..<index.segments.count where counts.segments[number] > UInt32(greetingRows) {
            for place in index.segments.range(of: number) {
                let posting = index.segments.postings[place]
                let words = index.texts[Int(posting.text)].segmentWords
                let isCommon = counts.segments[number] > UInt32(commonRows)
                if words < greetingWords || (words < phraseWords && isCommon) {
                    common[Int(posting.text)] = true
                }
            }
        }
        return common
    }

    /// N-grams of each text by which the search can find it: those that are no boilerplate and stand in no more places
    /// of the index than ``GramSeeds/mostPostings``.
    private static func searchableGrams(_ index: EvalIndex, _ boilerplate: [Bool]) -> [Int32] {
        var found = Array(repeating: Int32(0), count: index.texts.count)
        var key = 0
        while key < index.grams.count {
            let range = index.grams.range(of: key)
            key = range.upperBound
            guard range.count <= GramSeeds.mostPostings else { continue }
            for posting in range.lazy.map({ index.grams.postings[$0] }) {
                let text = Int(posting.text)
                if !boilerplate[index.firstWords[text] + Int(posting.place)] { found[text] += 1 }
            }
        }
        return found
    }

    private static func uncheckable(
        _ index: EvalIndex, specificWords: [Int32], isCommon: [Bool], searchable: [Int32]
    ) -> [UncheckableReason?] {
        index.items.indices.map { number in
            let item = index.items[number]
            if index.item(number).isUnreadable { return .unreadable }
            var reason: UncheckableReason = .noText
            for text in item.texts where text >= 0 {
                let indexed = index.texts[Int(text)]
                switch indexed.route {
                case .runs:
                    if Int(specificWords[Int(text)]) >= leastSpecificWords,
                        searchable[Int(text)] >= Int32(index.leastGrams[Int(text)])
                    {
                        return nil
                    }
                    reason = .sharedText
                case .segment:
                    if indexed.wordCount < EvalIndex.leastWords {
                        if reason == .noText { reason = .tooShort }
                    } else if isCommon[Int(text)] {
                        reason = .commonText
                    } else {
                        return nil
                    }
                case .beside:
                    if reason == .noText { reason = .tooShort }
                }
            }
            return reason
        }
    }
}
