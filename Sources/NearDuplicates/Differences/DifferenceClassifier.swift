import Corpus

/// Decides what separates a casualty candidate from its keeper, on the original text.
///
/// The texts are cut into words, numbers, codes and signs; a word diff that ignores case, width and spacing
/// gives the segments that differ; each is classed, and the first class of `DifferenceClass`'s order over all
/// segments wins. The rules:
/// - **label-conflict**: chosen and rejected swapped (by their words), or replies exchanged among requests. Labels and
///   scores are the caller's.
/// - **turn**: a turn of each, or a part of a request, has hardly a word of any of the other; see `otherTurns`.
/// - **number**: the quantities of a segment differ in value, sign, unit, order or style (`10²`, `②`, `3.10` and
///   `3.1`, `XIV` and `XVI`). `1,000` and `1000`, `2` and `two`, `10 %` and `10 percent` are equal. `one`, `first` and
///   articles like German `ein` count only where the other text has a number at that place.
/// - **operator**: see `TokenisedText.operatorStrength`; in program text also what is form in prose (`CodeForm`).
/// - **negation**: the negating words of a segment differ (`can`, `can't`), or one word is the other with a
///   negating prefix (`valid`, `invalid`), or its listed opposite (`largest`, `smallest`), by the data file of the
///   text's language.
/// - **identifier**: codes, addresses, dates, times; see `Tokeniser.codeRun` and `EvidenceReader.isCode`.
/// - **name**: a differing word has a capital, not at the start of a sentence; there only after a title
///   (`Mr`) or, with a lexicon, when the lexicon does not have it in lower case. In German only after a
///   title.
/// - **spelling**: as many words on both sides, each pair at Damerau distance 1 or 2, four letters or more;
///   with a lexicon exactly one of the two is in it; without, both begin alike and neither begins the other.
/// - **extension**: one side only adds two words (four characters of Chinese, Japanese, Thai) or more over
///   all segments, nothing is replaced. One word added is **wording**, as are all other words.
/// - **order**: the same exchanges of a chat, one after another otherwise.
/// - **form**: only case, width, spacing, punctuation, tags, or where words are joined (`e-mail`, `dont`).
///
/// Contained and prefix pairs: what only the keeper has is `extension`; other classes need something that the
/// row has and the keeper lacks at that place, but for a negation of a few words amid the row's.
///
/// Known to miss: opposites that no file lists or that stand among more than four other words, negating
/// suffixes (`careless`), negation by verb forms (Finnish, and Turkish ones that are not listed); in prose, case where
/// it has meaning (`mW`, `MW`); program text of contained pairs and of turns that have no counterpart; German `1.500`
/// for 1500; parts of requests in chats with other numbers of turns; names that open a sentence without a lexicon; round codes of five digits (`10000` is a number); moved text
/// is a deletion and an insertion. Title-case headings give names.
///
/// One instance a thread: it reuses its buffers.
package final class DifferenceClassifier {
    let lexicon: Lexicon?
    let comparedSides: ComparedSides
    let spared: Set<DifferenceClass>
    let catalogue = LanguageCatalogue.shared
    var tokeniser = Tokeniser()
    var aligner = TokenAligner()
    var first = TokenisedText()
    var second = TokenisedText()
    var firstSample: ContiguousArray<Token> = []
    var secondSample: ContiguousArray<Token> = []
    let firstEvidence = DifferenceEvidence()
    let secondEvidence = DifferenceEvidence()
    var firstIndexes: ContiguousArray<Int32> = []
    var secondIndexes: ContiguousArray<Int32> = []
    var firstLetters: ContiguousArray<UInt32> = []
    var secondLetters: ContiguousArray<UInt32> = []

    /// - Parameters:
    ///   - lexicon: known words, for `spelling` and names at the start of a sentence.
    ///   - comparedSides: turns that it leaves out are not looked at.
    ///   - spared: classes that keep a row; where one of them applies, it comes before the others.
    package init(
        lexicon: Lexicon? = nil, on comparedSides: ComparedSides = .all,
        sparing spared: Set<DifferenceClass> = DedupConfiguration.defaultSparedClasses
    ) {
        self.lexicon = lexicon.flatMap { $0.isEmpty ? nil : $0 }
        self.comparedSides = comparedSides
        self.spared = spared
    }

    /// Reads the data files of all languages, which the first instance else waits for.
    package static func loadLanguages() { _ = LanguageCatalogue.shared }

    /// The class of a pair.
    ///
    /// Symmetric in its texts unless `contained`. Deterministic: it depends on nothing but its arguments.
    ///
    /// - Parameters:
    ///   - contained: the pair is of kind contained or prefix, and the keeper is the longer.
    /// - Complexity: O(n log n) in tokens, with at most 200 edits for each word; memory O(n).
    package func classify(row: RowText, keeper: RowText, contained: Bool = false) -> DifferenceVerdict {
        let isSwapped = Self.precedes(keeper, row)
        var decision = DifferenceDecision(keeperIsFirst: isSwapped, isContained: contained, spared: spared)
        let (left, right) = isSwapped ? (keeper, row) : (row, keeper)
        let regions = self.regions(left, right)
        if regions.isEmpty { return DifferenceVerdict(difference: .identical) }
        if hasSwappedAnswers(left, right) || exchangesReplies(left, right) {
            decision.add(.labelConflict)
            if spared.contains(.labelConflict) { return decision.verdict }
        }
        if ordersExchanges(left, right) {
            decision.add(.order)
            return decision.verdict
        }
        if let (own, other) = otherTurns(left, right, regions, decision) {
            decision.add(.turn, own, other)
            // Nothing comes before it, and no word of long turns need be looked at.
            if spared.contains(.turn) { return decision.verdict }
        }
        for region in regions {
            decide(region, left, right, &decision)
            if decision.isFinal { break }
        }
        var verdict = decision.verdict
        if verdict.difference == .form, !contained,
            regions.contains(where: { differsAsCode($0, left, right) })
        {
            verdict.difference = .operator
        }
        return verdict
    }

    /// Whether program text in two turns differs in what is form in prose: brackets, signs, how deep lines lie.
    private func differsAsCode(_ region: DifferenceRegion, _ left: RowText, _ right: RowText) -> Bool {
        guard region.isPair else { return false }
        let first = CodeForm(left.bytes(of: left.turns[region.first[0]]))
        let second = CodeForm(right.bytes(of: right.turns[region.second[0]]))
        // Where one side alone marks something as program text, the marks are form.
        return first.pieces == second.pieces && first.bytes != second.bytes
    }

    /// The word diff of a pair, turn by turn.
    ///
    /// - Complexity: as `classify`.
    package func diff(row: RowText, keeper: RowText) -> WordDiff {
        let isSwapped = Self.precedes(keeper, row)
        let (left, right) = isSwapped ? (keeper, row) : (row, keeper)
        var diff = WordDiff()
        for region in regions(left, right, includingEqual: true) {
            appendHunks(of: region, left, right, isSwapped, to: &diff)
        }
        return diff
    }

    /// A total order of texts, so that the alignment does not depend on which one is the row.
    private static func precedes(_ left: RowText, _ right: RowText) -> Bool {
        if left.bytes.count != right.bytes.count { return left.bytes.count < right.bytes.count }
        let order = left.bytes.compare(to: right.bytes)
        if order != 0 { return order < 0 }
        return left.turns.count < right.turns.count
    }
}
