/// The lists that come with the program: words that are younger than the system's lists, and common misspellings.
package enum OwnWordLists {
    package static var words: [UInt8] { PackageResources.words_txt }
    package static var misspellings: [UInt8] { PackageResources.misspellings_txt }
    package static var functionWords: [UInt8] { PackageResources.function_words_txt }
    package static var patterns: [UInt8] { PackageResources.patterns_tsv }
}
