/// What is known of words before a corpus is read; threads share it.
package struct SpellingKnowledge: Sendable {
    package var lexicon: SpellingLexicon
    package var listed: ListedForms
    /// Dictionaries of other languages.
    package var dictionaries: [any WordDictionary]
    let functionWords = FunctionWords.own

    package init(lexicon: SpellingLexicon, listed: ListedForms, dictionaries: [any WordDictionary] = []) {
        self.lexicon = lexicon
        self.listed = listed
        self.dictionaries = dictionaries
    }

    func state(of key: UnsafeRawBufferPointer) -> TypeTable.State {
        if listed.overrules(key) { return .unknown }
        if lexicon.isKnown(key) { return .known }
        for dictionary in dictionaries where dictionary.knows(key) { return .foreign }
        return .unknown
    }

    func nature(of key: UnsafeRawBufferPointer) -> TypeTable.Nature {
        let function = functionWords.kind(of: key)
        // The languages whose dictionaries were asked for are judged as English is.
        let isAskedFor = function == .other && dictionaries.contains { $0.knows(key) }
        return TypeTable.Nature(state: state(of: key), function: isAskedFor ? .none : function)
    }

    /// Whether a dictionary whose nouns have capitals knows the word.
    func isNoun(_ key: [UInt8]) -> Bool {
        dictionaries.contains { dictionary in
            dictionary.capitalisesNouns && key.withUnsafeBytes { dictionary.knows($0) }
        }
    }
}

/// A dictionary of a language that knows inflected words; threads share it.
package protocol WordDictionary: Sendable {
    /// - Parameter key: a word in lower case, UTF-8.
    func knows(_ key: UnsafeRawBufferPointer) -> Bool

    /// Whether its language writes all nouns with a capital, so that one shows no name.
    var capitalisesNouns: Bool { get }
}
