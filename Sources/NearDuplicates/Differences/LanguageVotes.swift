/// Counts of a sample by language and script.
struct LanguageVotes {
    var words = 0
    var ideographs = 0
    var kana = 0
    var hangul = 0
    var han = false
    private var counts = InlineArray<32, Int>(repeating: 0)

    /// Frequent words of the language at an index of the catalogue.
    subscript(index: Int) -> Int {
        get { counts[index & 31] }
        set { counts[index & 31] = newValue }
    }
}
