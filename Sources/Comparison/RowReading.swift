/// What is read of one sampled row: features of the three tests and figures of the feature table.
struct RowReading: Sendable {
    /// Words and characters as they stand.
    var all: [HashedFeature] = []
    /// Folded words without those of grammar and manner.
    var content: [HashedFeature] = []
    /// Style: grammar words, shapes of the others, punctuation, lengths, marks.
    var register: [HashedFeature] = []
    /// By `FeatureList`.
    var numbers: [Float] = []
    var marks = RowMarks()
    /// Words of the folded text.
    var wordCount = 0
    var requestCount = 0
    var isCodeMixed = false
    /// The script or language, where it is not English; `LanguageMix.unknown` where no list knows its words, `nil` else.
    var language: String?
}
