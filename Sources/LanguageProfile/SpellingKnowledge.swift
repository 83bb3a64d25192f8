/// What is known of words before a corpus is read; threads share it.
package struct SpellingKnowledge: Sendable {
    package var lexicon: SpellingLexicon
    package var listed: ListedForms
    /// Dictionaries of other languages.
    package var dictionaries: [any WordDictionary]

    package init(lexicon: SpellingLexicon, listed: ListedForms, dictionaries: [any WordDictionary] = []) {
        self.lexicon = lexicon
        self.listed = listed
        self.dictionaries = dictionaries
    }

    func state(of key: UnsafeRawBufferPointer) -> TypeTable.State {
        if lexicon.isKnown(key) { return .known }
        for dictionary in dictionaries where dictionary.knows(key) { return .foreign }
        return .unknown
    }
}

/// A dictionary of a language that knows inflected words; threads share it.
package protocol WordDictionary: Sendable {
    /// - Parameter key: a word in lower case, UTF-8.
    func knows(_ key: UnsafeRawBufferPointer) -> Bool
}
