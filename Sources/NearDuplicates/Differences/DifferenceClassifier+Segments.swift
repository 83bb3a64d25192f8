import Corpus

/// One differing segment: its evidence and its class.
extension DifferenceClassifier {
    func decide(
        _ region: DifferenceRegion, _ left: RowText, _ right: RowText, _ decision: inout DifferenceDecision
    ) {
        align(region, left, right)
        guard !aligner.segments.isEmpty else { return }
        let index = language(of: region, left, right)
        let language = index.map { catalogue.languages[$0] } ?? catalogue.unknown
        var previous = TokenAligner.Segment(first: 0..<0, second: 0..<0)
        for segment in aligner.segments {
            decide(segment, after: previous, language, &decision)
            if decision.isFinal { return }
            previous = segment
        }
    }

    /// The language of the turns of a region: by the tokens around the difference if they are many, else by
    /// the first bytes of the turns, else by what there is.
    func language(of region: DifferenceRegion, _ left: RowText, _ right: RowText) -> Int? {
        let nearby = catalogue.language(
            minimumUnitCount: Self.minimumUnitCount, of: first.tokens, left.bytes, and: second.tokens,
            right.bytes)
        if let nearby { return nearby }
        sample(left, region.first, into: &firstSample)
        sample(right, region.second, into: &secondSample)
        return catalogue.language(of: firstSample, left.bytes, and: secondSample, right.bytes)
            ?? catalogue.language(of: first.tokens, left.bytes, and: second.tokens, right.bytes)
    }

    /// Chosen: with 40 words on both sides together some 15 are frequent ones in prose.
    private static let minimumUnitCount = 40

    /// Chosen: about 80 words, of which some 30 are frequent ones in prose.
    private static let sampleByteCount = 512

    private func sample(_ text: RowText, _ turns: [Int], into tokens: inout ContiguousArray<Token>) {
        tokens.removeAll(keepingCapacity: true)
        var left = Self.sampleByteCount
        for index in turns where left > 0 {
            let range = text.turns[index].range
            var end = min(range.upperBound, range.lowerBound + left)
            while end < range.upperBound, end > range.lowerBound, text.bytes[end] & 0xC0 == 0x80 { end -= 1 }
            tokeniser.tokenise(text.bytes, range.lowerBound..<end, into: &tokens)
            left -= end - range.lowerBound
        }
    }

    private func decide(
        _ segment: TokenAligner.Segment, after previous: TokenAligner.Segment, _ language: Language,
        _ decision: inout DifferenceDecision
    ) {
        let ranges = (
            first.byteRange(segment.first, end: Int(first.tokens.last?.end ?? 0)),
            second.byteRange(segment.second, end: Int(second.tokens.last?.end ?? 0))
        )
        readEvidence(segment, after: previous, language)
        if decision.isContained, decision.keeperIsFirst ? segment.second.isEmpty : segment.first.isEmpty {
            let weight = decision.keeperIsFirst ? firstEvidence.contentCount : secondEvidence.contentCount
            if language.hasNegation, negatesWithin(segment, decision) {
                decision.add(.negation, ranges.0, ranges.1)
            } else if weight > 0 {
                decision.addInsertion(weight: weight, isFirst: decision.keeperIsFirst, ranges.0, ranges.1)
            }
            return
        }
        if let difference = strictClass(segment, language, &decision) {
            decision.add(difference, ranges.0, ranges.1)
            if decision.spared.contains(difference) || decision.spared.isDisjoint(with: Self.wordClasses) {
                return
            }
        }
        decideWords(segment, language, ranges, &decision)
    }

    /// Whether the keeper of a contained pair adds hardly more than a negation to what the row has.
    private func negatesWithin(_ segment: TokenAligner.Segment, _ decision: DifferenceDecision) -> Bool {
        let (isWithin, inserted, added) =
            decision.keeperIsFirst
            ? (segment.second.lowerBound < second.count, segment.first, firstEvidence)
            : (segment.first.lowerBound < first.count, segment.second, secondEvidence)
        return isWithin && !segment.isUnordered && inserted.count <= Self.maximumNegatingTokens
            && !added.negations.isEmpty
    }

    /// Chosen: "may *not* send"; longer insertions are remarks ("no hidden costs", "not a bag,").
    private static let maximumNegatingTokens = 2

    static let wordClasses: Set<DifferenceClass> = [.name, .spelling, .wording, .extension, .form]

    /// Number, operator, negation or identifier: the first one that keeps a row, else the first.
    private func strictClass(
        _ segment: TokenAligner.Segment, _ language: Language, _ decision: inout DifferenceDecision
    ) -> DifferenceClass? {
        let comparison = EvidenceComparison(decision)
        var found: DifferenceClass?
        if comparison.numbersDiffer(firstEvidence, secondEvidence) {
            if decision.spared.contains(.number) { return .number }
            found = .number
        }
        if comparison.operatorsDiffer(firstEvidence, secondEvidence) {
            if decision.spared.contains(.operator) { return .operator }
            found = found ?? .operator
        }
        if language.hasNegation {
            if negationDiffers(segment, language, comparison) {
                if decision.spared.contains(.negation) { return .negation }
                found = found ?? .negation
            }
        } else if firstEvidence.contentCount + secondEvidence.contentCount > 0 {
            decision.negationChecked = false
        }
        if comparison.differ(firstEvidence.identifiers, secondEvidence.identifiers) {
            if decision.spared.contains(.identifier) { return .identifier }
            found = found ?? .identifier
        }
        return found
    }

    private func negationDiffers(
        _ segment: TokenAligner.Segment, _ language: Language, _ comparison: EvidenceComparison
    ) -> Bool {
        // In place of some words of the row a keeper's negation contradicts it, also where it has more words.
        let isReplaced =
            !segment.isUnordered && !segment.first.isEmpty && !segment.second.isEmpty
            && max(segment.first.count, segment.second.count) <= Self.maximumOpposedWords
        if isReplaced
            ? firstEvidence.negations != secondEvidence.negations
            : comparison.differ(firstEvidence.negations, secondEvidence.negations)
        {
            return true
        }
        return hasNegatedPair(language) || hasOppositePair(language)
    }

    /// Lists the segment's tokens, with the equal ones around that a quantity may need, and reads both sides.
    private func readEvidence(
        _ segment: TokenAligner.Segment, after previous: TokenAligner.Segment, _ language: Language
    ) {
        var firstCore = segment.first
        var secondCore = segment.second
        if segment.isUnordered {
            listResidues(segment)
            firstCore = 0..<firstIndexes.count
            secondCore = 0..<secondIndexes.count
        } else {
            let room = min(
                segment.first.lowerBound - previous.first.upperBound,
                segment.second.lowerBound - previous.second.upperBound)
            let (before, after) = context(segment, room, language)
            list(segment.first, before, after, &firstIndexes, first.count)
            list(segment.second, before, after, &secondIndexes, second.count)
            firstCore = before..<before + segment.first.count
            secondCore = before..<before + segment.second.count
        }
        read(first, language, firstIndexes, firstCore, firstEvidence)
        read(second, language, secondIndexes, secondCore, secondEvidence)
        addNegations(segment, language)
        if segment.isUnordered {
            firstEvidence.sort()
            secondEvidence.sort()
        }
        firstEvidence.negations.sort()
        secondEvidence.negations.sort()
    }

    private func read(
        _ text: TokenisedText, _ language: Language, _ indexes: ContiguousArray<Int32>, _ core: Range<Int>,
        _ evidence: DifferenceEvidence
    ) {
        var reader = EvidenceReader(
            text: text, language: language, indexes: indexes, core: core, table: tokeniser.table)
        reader.read(into: evidence)
    }

    private func list(
        _ range: Range<Int>, _ before: Int, _ after: Int, _ indexes: inout ContiguousArray<Int32>,
        _ count: Int
    ) {
        indexes.removeAll(keepingCapacity: true)
        for index in max(0, range.lowerBound - before)..<min(count, range.upperBound + after) {
            indexes.append(Int32(truncatingIfNeeded: index))
        }
    }

    /// How many equal tokens on each side of a segment belong to a quantity that it touches: up to the
    /// nearest number within three tokens before and two after.
    private func context(
        _ segment: TokenAligner.Segment, _ room: Int, _ language: Language
    ) -> (before: Int, after: Int) {
        let (first, second) = (self.first, self.second)
        var before = 0
        for step in 1...3 where step <= room && before == 0 {
            if Self.isNumber(first, segment.first.lowerBound - step, language) { before = step }
        }
        var after = 0
        for step in 0..<2 where after == 0 {
            let index = segment.first.upperBound + step
            guard index < first.count, segment.second.upperBound + step < second.count else { break }
            guard first[index].key == second[segment.second.upperBound + step].key else { break }
            if Self.isNumber(first, index, language) { after = step + 1 }
        }
        return (before, after)
    }

    private static func isNumber(_ text: TokenisedText, _ index: Int, _ language: Language) -> Bool {
        guard index >= 0 else { return false }
        if text[index].kind == .number { return true }
        guard text[index].kind == .word else { return false }
        return language.meanings[text[index].key]?.roles.contains(.number) ?? false
    }

    /// Of an unordered segment, the tokens that one side has more of (its last ones).
    private func listResidues(_ segment: TokenAligner.Segment) {
        var surplus: [UInt64: Int] = [:]
        for index in segment.first { surplus[first[index].key, default: 0] += 1 }
        for index in segment.second { surplus[second[index].key, default: 0] -= 1 }
        firstIndexes.removeAll(keepingCapacity: true)
        secondIndexes.removeAll(keepingCapacity: true)
        for index in segment.first.reversed() where (surplus[first[index].key] ?? 0) > 0 {
            surplus[first[index].key, default: 0] -= 1
            firstIndexes.append(Int32(truncatingIfNeeded: index))
        }
        for index in segment.second.reversed() where (surplus[second[index].key] ?? 0) < 0 {
            surplus[second[index].key, default: 0] += 1
            secondIndexes.append(Int32(truncatingIfNeeded: index))
        }
        firstIndexes.reverse()
        secondIndexes.reverse()
    }
}
