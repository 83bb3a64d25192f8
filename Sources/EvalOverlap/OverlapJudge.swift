import Corpus
import Findings

/// Finds the eval items of one row and gives each its verdict; one per thread.
///
/// Known to miss: paraphrases and translations, questions of one or two words, answers of under 20 words without
/// their question.
package final class OverlapJudge {
    /// Share of a text's specific words from which it is covered, and the least words of it. Chosen: a text with a quarter of
    /// its words dropped keeps 0.7, one with 7 % of its letters mistyped 0.6, an unrelated one 0.1 at most.
    static let leastCoverage = 0.5
    static let leastCoveredWords = 8
    /// The same for texts of under ``mediumTextWords`` and under ``shortTextWords`` words, and the words that one
    /// unbroken run must have: two questions of a kind share half of their words, in runs of five.
    static let leastCoverageOfMedium = 0.55
    static let leastCoverageOfShort = 0.6
    static let leastRun = 6
    static let mediumTextWords = 40
    static let shortTextWords = 20
    /// Coverage from which it is asked whether the words are a phrase or a quotation alone; less is no finding.
    static let weighedCoverage = 0.3
    /// The share of the words covered that one run has where there is but one: a word beside it may agree by chance.
    static let oneRunShare = 0.95
    /// The same where two or three words behind the run, such as "in the file", may agree too.
    static let openingShare = 0.8
    /// By how much the coverage of a text must be greater to put another aside, and the share of the other's words
    /// of the row that it must explain, by words and by letters.
    static let clearlyBetter = 0.03
    static let sameWords = 0.7
    static let samePlace = 0.5
    /// Words behind a question within which its short answer is looked for, and within which one of fewer than
    /// ``fewWords`` is.
    static let reach = 200
    static let reachOfFew = 40
    static let fewWords = 3
    /// Coverage that one unbroken run needs where it has fewer than ``phraseWords`` words or is the text's
    /// first sentence: common phrases have 9 to 14 words.
    static let phraseCoverage = 0.75
    static let phraseWords = 15
    /// Words of a run that two texts hardly share by chance.
    static let sourceWords = 25

    /// Coverage that an answer without its question needs: short programs and worked solutions are much alike.
    static func answerCoverage(words: Int) -> Double { words < mediumTextWords ? 0.75 : 0.65 }

    /// Specific words of an item beside a quotation that make it an item of its own, and the share of them that a row
    /// must have to carry the item and not the source alone. Chosen: a question with a quarter of its words
    /// dropped keeps 0.7.
    static let ownWords = 5
    static let ownShare = 1.0 / 3

    private let index: EvalIndex
    private let discounted: [Bool]
    private let search: OverlapSearch
    private let windows: WindowSearch
    private let sources: SourceWords

    /// - Throws: `TextFormsError` if ICU has no normalisation data.
    package init(_ decision: OverlapDecision) throws {
        index = decision.index
        search = try OverlapSearch(decision)
        windows = WindowSearch(decision)
        sources = try SourceWords(decision.index)
        discounted = decision.discounted
    }

    /// The items of a row, in order of their numbers.
    ///
    /// - Parameters:
    ///   - roles: of the row's turns.
    ///   - examples: words of a turn that are the examples of a prompt.
    /// - Complexity: O(words of the row + matches).
    package func matches(
        in row: OverlapText, roles: (Int) -> Role, examples: (Int) -> Int = { _ in 0 }
    ) -> [ItemMatch] {
        guard row.count > 0 else { return [] }
        var texts = search.matches(in: row)
        for place in texts.indices where texts[place].means == .runs {
            weigh(&texts[place], row)
            texts[place].isQuotation = isQuotation(texts[place])
            if !isCovered(texts[place]), let turn = coveredTurn(of: texts[place], row) { texts[place] = turn }
        }
        settle(&texts, row)
        let found = texts.filter { isCovered($0) || $0.isMate || $0.isQuotation }
        let letters = best(windows.matches(in: row, besides: Set(found.map(\.text))))
        var ofItem: [Int32: [TextMatch]] = [:]
        for match in texts + letters {
            for item in index.texts[match.text].items { ofItem[item, default: []].append(match) }
        }
        return ofItem.sorted { $0.key < $1.key }.compactMap { item, matches in
            guard var match = judge(Int(item), matches, row) else { return nil }
            match.turn = mainTurn(match.match, row)
            if !match.verdict.isLabel, isExample(match, row, roles, examples) { match.verdict = .fewShot }
            return match
        }
    }

    /// Whether an item is an example of a prompt: in a system or developer turn, or in a user turn before the last of
    /// several labelled questions.
    private func isExample(
        _ match: ItemMatch, _ row: OverlapText, _ roles: (Int) -> Role, _ examples: (Int) -> Int
    ) -> Bool {
        switch roles(match.turn) {
        case .system, .developer: return true
        case .user:
            let end = match.match.spans.map(\.row.upperBound).max() ?? 0
            return end - row.turnStarts[match.turn] <= examples(match.turn)
        default: return false
        }
    }

    // MARK: Texts

    /// Whether what is covered is a quotation or a passage of several items, and the item's own words are missing.
    private func isQuotation(_ match: TextMatch) -> Bool {
        let text = index.texts[match.text]
        guard match.coverage >= Self.weighedCoverage, match.longestRun < match.part.count,
            text.component != .passage
        else {
            return false
        }
        let flags = sources.flags(of: match.text)
        if flags.isEmpty { return false }
        let own = match.part.count { !flags[$0] && !discounted[text.firstWord + $0] }
        guard own >= Self.ownWords else { return false }
        var covered = 0
        for span in match.spans {
            covered += span.text.count { !flags[$0] && !discounted[text.firstWord + $0] }
        }
        return Double(covered) < Self.ownShare * Double(own)
    }

    /// Whether enough of a text is there.
    private func isCovered(_ match: TextMatch) -> Bool {
        guard match.means == .runs else { return true }
        let words = match.part.count
        let least =
            words < Self.shortTextWords
            ? Self.leastCoverageOfShort
            : words < Self.mediumTextWords ? Self.leastCoverageOfMedium : Self.leastCoverage
        return match.coverage >= least && match.coveredWords >= Self.leastCoveredWords
            && match.longestRun >= Self.leastRun && !match.isMate && !match.isQuotation
    }

    /// The turn of a text that is covered where the text as a whole is not.
    private func coveredTurn(of match: TextMatch, _ row: OverlapText) -> TextMatch? {
        for var turn in match.turns {
            weigh(&turn, row)
            turn.isQuotation = isQuotation(turn)
            if isCovered(turn) { return turn }
        }
        return nil
    }

    /// A common phrase, or a first sentence that many share, is no finding: what is left is not covered.
    private func weigh(_ match: inout TextMatch, _ row: OverlapText) {
        guard match.coverage < Self.phraseCoverage, match.coverage >= Self.weighedCoverage else { return }
        let text = index.texts[match.text]
        if endsOtherwise(match, row) { match.coverage = 0 }
        let isOneRun = Double(match.longestRun) >= Self.oneRunShare * Double(match.coveredWords)
        if isOneRun, match.longestRun < Self.phraseWords { match.coverage = 0 }
        guard isOneRun, let span = match.spans.first, match.spans.count == 1,
            span.text.lowerBound == match.part.lowerBound
        else { return }
        let next = span.text.upperBound
        if next < match.part.upperBound, index.sentences[text.firstWord + next] { match.coverage = 0 }
    }

    /// Whether what a row has of a short text is the opening of a sentence that the row ends in words of its own: the
    /// same program with another thing to count. A text that was truncated ends there in the row too.
    private func endsOtherwise(_ match: TextMatch, _ row: OverlapText) -> Bool {
        let text = index.texts[match.text]
        guard match.part.count < Self.mediumTextWords,
            Double(match.longestRun) >= Self.openingShare * Double(match.coveredWords),
            let run = match.spans.max(by: { $0.row.count < $1.row.count }),
            run.text.upperBound < match.part.upperBound
        else { return false }
        return !index.sentences[text.firstWord + run.text.upperBound] && run.row.upperBound < row.count
            && row.gaps[run.row.upperBound] == 0
    }

    /// Of texts of one set that explain the same words of the row the one with most of them stands; the others are
    /// its mates.
    private func settle(_ matches: inout [TextMatch], _ row: OverlapText) {
        let covered = matches.indices.filter { matches[$0].means == .runs && isCovered(matches[$0]) }
        guard covered.count > 1 else { return }
        let order = covered.sorted { first, second in
            let (a, b) = (matches[first], matches[second])
            return (-a.coveredWords, -a.coverage, a.text) < (-b.coveredWords, -b.coverage, b.text)
        }
        var better = RowNeighbours()
        for place in order {
            let match = matches[place]
            let text = index.texts[match.text]
            matches[place].isMate = better.contains(near: match.spans) { number in
                let other = index.texts[matches[number].text]
                guard other.set == text.set, other.component == text.component,
                    matches[number].coverage >= match.coverage + Self.clearlyBetter
                        || (matches[number].coverage >= match.coverage
                            && matches[number].longestRun > match.longestRun && match.coverage < 1)
                else { return false }
                return RowNeighbours.shared(match.spans, matches[number].spans) >= Self.sameWords
            }
            if !matches[place].isMate { better.insert(place, match.spans) }
        }
    }

    /// Of texts found by letters in the same place the ones nearest to it.
    private func best(_ matches: [TextMatch]) -> [TextMatch] {
        guard matches.count > 1 else { return matches }
        var all = RowNeighbours()
        for (place, match) in matches.enumerated() { all.insert(place, match.spans) }
        return matches.filter { match in
            !all.contains(near: match.spans) { number in
                let other = matches[number]
                return index.texts[other.text].set == index.texts[match.text].set
                    && other.coverage > match.coverage + Self.clearlyBetter
                    && RowNeighbours.shared(match.spans, other.spans) >= Self.samePlace
            }
        }
    }

    // MARK: Items

    private func judge(_ item: Int, _ matches: [TextMatch], _ row: OverlapText) -> ItemMatch? {
        func found(_ component: EvalComponent, _ means: TextMatch.Means) -> TextMatch? {
            matches.first { index.texts[$0.text].component == component && $0.means == means }
        }
        func covered(_ component: EvalComponent) -> TextMatch? {
            found(component, .runs).flatMap { isCovered($0) ? $0 : nil }
        }
        func made(_ verdict: OverlapVerdict, _ match: TextMatch) -> ItemMatch {
            ItemMatch(
                item: item, verdict: verdict, match: match, component: index.texts[match.text].component,
                turn: 0)
        }
        let answer = covered(.answer)
        if let question = covered(.question) ?? found(.question, .segment) {
            return made(verdict(item, question, answer, row), question)
        }
        if let answer, answer.coverage >= Self.answerCoverage(words: answer.part.count) {
            return made(.answerOnly, answer)
        }
        if let passage = covered(.passage) { return made(.passage, passage) }
        if let rubric = covered(.rubric) { return made(.rubric, rubric) }
        if let letters = matches.first(where: { $0.means == .letters }) { return made(.mistyped, letters) }
        if let mate = matches.first(where: { $0.isMate && $0.coverage >= Self.leastCoverage }) {
            return made(.templateMate, mate)
        }
        if let source = matches.first(where: {
            $0.longestRun >= Self.sourceWords || ($0.isQuotation && $0.coveredWords >= Self.phraseWords)
        }) {
            return made(.commonSource, source)
        }
        return nil
    }

    /// The verdict of an item whose question stands in the row.
    private func verdict(
        _ item: Int, _ question: TextMatch, _ answer: TextMatch?, _ row: OverlapText
    ) -> OverlapVerdict {
        let isWhole = question.longestRun >= index.texts[question.text].wordCount
        guard let number = index.items[item][.answer] else {
            return question.means == .segment ? .shortExact : isWhole ? .verbatim : .edited
        }
        let text = index.texts[number]
        if text.route == .runs, let answer {
            return isWhole && answer.longestRun >= text.wordCount ? .verbatim : .edited
        }
        if question.means == .segment { return .shortExact }
        guard text.route != .runs, let end = question.spans.map(\.row.upperBound).max() else {
            return .questionOnly
        }
        // A single word is met by chance further away.
        let reach = text.wordCount < Self.fewWords ? Self.reachOfFew : Self.reach
        guard search.stands(text, in: row, within: end..<min(row.count, end + reach)) != nil else {
            return .questionOnly
        }
        return isWhole ? .verbatim : .edited
    }

    /// The turn that most of a match's specific words lie in: a prompt that is discounted says nothing of where the
    /// item stands. Where no word is specific, all count.
    private func mainTurn(_ match: TextMatch, _ row: OverlapText) -> Int {
        let first = index.texts[match.text].firstWord
        var tallies: [(turn: Int, specific: Int, all: Int)] = []
        // Where words go on is nearly always the turn of the word before.
        var at = 0
        var turn = 0..<0
        for span in match.spans where !span.row.isEmpty {
            for word in span.text {
                let place = min(span.row.lowerBound + word - span.text.lowerBound, span.row.upperBound - 1)
                if !turn.contains(place) {
                    let number = row.turn(of: place)
                    turn = row.turnStarts[number]..<row.turnStarts[number + 1]
                    at = tallies.firstIndex { $0.turn == number } ?? tallies.count
                    if at == tallies.count { tallies.append((number, 0, 0)) }
                }
                tallies[at].all += 1
                if !discounted[first + word] { tallies[at].specific += 1 }
            }
        }
        return tallies.max { ($0.specific, $0.all, -$0.turn) < ($1.specific, $1.all, -$1.turn) }?.turn ?? 0
    }
}
