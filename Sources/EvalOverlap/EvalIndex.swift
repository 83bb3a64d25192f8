import CText
import Corpus
import TextForms

/// The texts of all eval sets, indexed for the search in rows; nothing changes once it is built.
///
/// Long texts by n-grams of words (``CTEXT_GRAM_WORDS``) and by sampled windows of their letters; questions of
/// under 13 words as whole segments. Equal texts of a set are one text with several items, so that an item that
/// stands four times in a set does not look like boilerplate.
package final class EvalIndex: Sendable {
    /// A question of fewer words is short: the bound, and the n of the usual 13-gram test.
    package static let shortWords = 13
    /// Shorter answers say little by themselves.
    package static let longAnswerWords = 20
    /// Shorter questions are uncheckable.
    package static let leastWords = 3

    package let sets: [EvalSet]
    package let items: [IndexedItem]
    package let texts: [IndexedText]
    /// Of each text, for loops.
    let firstWords: [Int]
    /// Words of each text.
    let wordCounts: [Int]
    /// N-grams of each text that make a row a candidate.
    let leastGrams: [UInt8]
    /// Hashes of the words of all texts.
    package let words: [UInt64]
    /// Whether each of those begins with a digit.
    package let numbers: [Bool]
    /// Whether each of those begins a sentence.
    package let sentences: [Bool]
    /// Letters of all texts.
    package let letters: [UInt8]
    /// Where each word begins in its text's letters.
    package let places: [UInt32]
    package let grams: PostingTable
    package let windows: PostingTable
    package let segments: PostingTable
    /// Items of each set, a range of `items`.
    package let itemsOfSet: [Range<Int>]

    /// - Throws: `TextFormsError`.
    /// - Complexity: O(bytes of the items).
    package init(_ sets: [EvalSet], threads: Int = 1) throws {
        let bytes = sets.lazy.flatMap(\.items).reduce(0) { sum, item in
            EvalComponent.allCases.reduce(sum) { $0 + item[$1].count }
        }
        var builder = try EvalIndexBuilder(bytes: bytes)
        var ranges: [Range<Int>] = []
        for (number, set) in sets.enumerated() {
            let first = builder.items.count
            for item in set.items { builder.add(item, set: number) }
            ranges.append(first..<builder.items.count)
        }
        grams = try builder.gramTable(threads: threads)
        windows = try builder.windowTable(threads: threads)
        segments = try builder.segmentTable(threads: threads)
        self.sets = sets
        itemsOfSet = ranges
        items = builder.items
        texts = builder.texts
        firstWords = builder.texts.map(\.firstWord)
        wordCounts = builder.texts.map(\.wordCount)
        leastGrams = builder.texts.map { GramSeeds.least(words: $0.wordCount) }
        words = builder.words
        numbers = builder.numbers
        sentences = builder.sentences
        letters = builder.letters
        places = builder.places
    }

    package func name(ofItem item: Int) -> String {
        let place = items[item]
        return sets[Int(place.set)].items[Int(place.ordinal)].name
    }

    package func item(_ item: Int) -> EvalItem {
        let place = items[item]
        return sets[Int(place.set)].items[Int(place.ordinal)]
    }
}
