/// The features of the table: numbers, then what a row has or has not.
struct FeatureList: Sendable {
    enum Kind: Sendable {
        /// Compared by quantiles.
        case number
        /// 0 or 1; compared by the share of rows.
        case rate
    }

    struct Feature: Sendable {
        var id: String
        var kind: Kind
    }

    let features: [Feature]

    /// The numbers of our own features, in the order of `features`.
    enum Own: Int, CaseIterable {
        case words, characters, turns, wordLength, wordsPerSentence, capitals, digits, punctuation
        case functionWords, unknownWords, requests
        case comma, apostrophe, lowerCaseI, lineBreak, doubleSpace, spaceBeforeMark, greeting, number,
            twoRequests

        var id: String {
            switch self {
            case .words: "words"
            case .characters: "characters"
            case .turns: "turns"
            case .wordLength: "word-length"
            case .wordsPerSentence: "words-per-sentence"
            case .capitals: "capitals-share"
            case .digits: "digits-share"
            case .punctuation: "punctuation-share"
            case .functionWords: "function-word-share"
            case .unknownWords: "unknown-word-share"
            case .requests: "request-clauses"
            case .comma: "comma"
            case .apostrophe: "apostrophe"
            case .lowerCaseI: "lower-case-i"
            case .lineBreak: "line-break"
            case .doubleSpace: "double-space"
            case .spaceBeforeMark: "space-before-mark"
            case .greeting: "greeting"
            case .number: "number"
            case .twoRequests: "two-requests-or-more"
            }
        }

        var isRate: Bool { rawValue >= Own.comma.rawValue }
    }

    /// - Parameter marks: names of the marks that another reader finds.
    init(marks: [String]) {
        features =
            Own.allCases.map { Feature(id: $0.id, kind: $0.isRate ? .rate : .number) }
            + marks.map { Feature(id: $0, kind: .rate) }
    }
}
