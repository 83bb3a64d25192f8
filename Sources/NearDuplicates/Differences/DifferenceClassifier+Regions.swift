import Corpus

/// Which turns are compared with which.
extension DifferenceClassifier {
    /// The regions that differ in bytes (or all, `includingEqual`).
    ///
    /// Turn by turn where both texts have the same roles in the same order, or where one is a prefix of the
    /// other (then the rest is a region of one side). Otherwise one region of all turns, with borders as
    /// tokens.
    func regions(_ left: RowText, _ right: RowText, includingEqual: Bool = false) -> [DifferenceRegion] {
        if left.turns.count == right.turns.count, !includingEqual, comparedSides == .all,
            zip(left.turns, right.turns).allSatisfy(==), left.bytes.isEqual(to: right.bytes)
        {
            return []
        }
        let first = compared(left)
        let second = compared(right)
        let shared = min(first.count, second.count)
        var areTurnsPaired = true
        var areBytesEqual = true
        for index in 0..<shared {
            let (turn, other) = (left.turns[first[index]], right.turns[second[index]])
            if turn.role != other.role || turn.mark != other.mark { areTurnsPaired = false }
            if areBytesEqual, !left.bytes(of: turn).isEqual(to: right.bytes(of: other)) {
                areBytesEqual = false
            }
        }
        guard areTurnsPaired, first.count == second.count || areBytesEqual else {
            return [DifferenceRegion(first: first, second: second)]
        }
        var regions: [DifferenceRegion] = []
        for index in 0..<shared {
            let isEqual = left.bytes(of: left.turns[first[index]])
                .isEqual(to: right.bytes(of: right.turns[second[index]]))
            if isEqual && !includingEqual { continue }
            regions.append(
                DifferenceRegion(
                    first: [first[index]], second: [second[index]], isPair: true, isEqual: isEqual))
        }
        if first.count != second.count {
            regions.append(
                DifferenceRegion(first: Array(first[shared...]), second: Array(second[shared...])))
        }
        return regions
    }

    /// Indexes of the turns that are compared.
    func compared(_ text: RowText) -> [Int] {
        text.turns.indices.filter { comparedSides.side(of: text.turns[$0].role) != nil }
    }

    /// Whether the chosen answer of each text is like the other's rejected one, and unlike its chosen one.
    func hasSwappedAnswers(_ left: RowText, _ right: RowText) -> Bool {
        guard left.turns.contains(where: { $0.mark != .none }),
            right.turns.contains(where: { $0.mark != .none })
        else { return false }
        // One answer equal and nothing is exchanged: most pairs need no look at words.
        if hasEqualAnswer(left, right, .chosen) || hasEqualAnswer(left, right, .rejected) { return false }
        let (chosen, rejected) = (words(of: left, .chosen), words(of: left, .rejected))
        let (theirChosen, theirRejected) = (words(of: right, .chosen), words(of: right, .rejected))
        let straight = Self.likeness(chosen, theirChosen) + Self.likeness(rejected, theirRejected)
        let crossed = Self.likeness(chosen, theirRejected) + Self.likeness(rejected, theirChosen)
        return crossed > straight + Self.leastCrossing
    }

    /// Whether the first turns of a mark have the same bytes.
    private func hasEqualAnswer(_ left: RowText, _ right: RowText, _ mark: TurnMark) -> Bool {
        guard let own = left.turns.first(where: { $0.mark == mark }),
            let other = right.turns.first(where: { $0.mark == mark })
        else { return false }
        return own.length > 0 && left.bytes(of: own).isEqual(to: right.bytes(of: other))
    }

    /// Chosen: the answers of one pair may be nearly the same, and so as like crossed as straight.
    private static let leastCrossing = 0.2

    /// The share of different words that both have; 1 where neither has any.
    private static func likeness(_ first: Set<UInt64>, _ second: Set<UInt64>) -> Double {
        let shared = first.intersection(second).count
        let all = first.count + second.count - shared
        return all == 0 ? 1 : Double(shared) / Double(all)
    }

    /// The words, numbers, codes and operators of all turns of a mark.
    private func words(of text: RowText, _ mark: TurnMark) -> Set<UInt64> {
        var keys = Set<UInt64>()
        for turn in text.turns where turn.mark == mark {
            firstSample.removeAll(keepingCapacity: true)
            tokeniser.tokenise(text.bytes, turn.range, into: &firstSample)
            for token in firstSample {
                switch token.kind {
                case .word, .ideograph, .number, .identifier, .symbol, .pictograph, .currency:
                    keys.insert(token.key)
                case .opening, .closing, .quote, .punctuation, .markup, .separator: break
                }
            }
        }
        return keys
    }

    /// Tokenises both sides of a region and aligns them; the result is in `aligner.segments`.
    func align(_ region: DifferenceRegion, _ left: RowText, _ right: RowText) {
        first.bytes = left.bytes
        second.bytes = right.bytes
        first.tokens.removeAll(keepingCapacity: true)
        second.tokens.removeAll(keepingCapacity: true)
        if region.isPair {
            let (range, other) = Self.trimmed(
                left.bytes, left.turns[region.first[0]].range, right.bytes,
                right.turns[region.second[0]].range)
            tokeniser.tokenise(left.bytes, range, into: &first.tokens)
            tokeniser.tokenise(right.bytes, other, into: &second.tokens)
        } else {
            tokenise(left, region.first, into: &first.tokens)
            tokenise(right, region.second, into: &second.tokens)
        }
        aligner.align(first.tokens, second.tokens)
    }

    private func tokenise(_ text: RowText, _ turns: [Int], into tokens: inout ContiguousArray<Token>) {
        for index in turns {
            let turn = text.turns[index]
            let key = TokenKey.combine(UInt64(turn.role.rawValue) &+ 1, UInt64(turn.mark.rawValue) &+ 1)
            tokens.append(
                Token(start: turn.offset, end: turn.offset, kind: .separator, flags: .lineStart, key: key))
            tokeniser.tokenise(text.bytes, turn.range, into: &tokens)
        }
    }

    /// Bytes of equal text kept around what differs, so that dates, codes and sentence starts are still seen.
    private static let contextByteCount = 64
    /// How much further a white space is looked for; past it the cut falls between two code points.
    private static let searchByteCount = 256

    /// Both ranges without most of the bytes that they share at their ends; cut at white space.
    static func trimmed(
        _ left: UnsafeRawBufferPointer, _ leftRange: Range<Int>, _ right: UnsafeRawBufferPointer,
        _ rightRange: Range<Int>
    ) -> (Range<Int>, Range<Int>) {
        let first = UnsafeRawBufferPointer(rebasing: left[leftRange])
        let second = UnsafeRawBufferPointer(rebasing: right[rightRange])
        let prefix = first.commonPrefix(second)
        let suffix = first.commonSuffix(second, limit: min(first.count, second.count) - prefix)
        var cut = max(0, prefix - contextByteCount)
        let lowest = max(0, cut - searchByteCount)
        while cut > lowest, first[cut] != 0x20, first[cut] != 0x0A { cut -= 1 }
        while cut > 0, cut < first.count, first[cut] & 0xC0 == 0x80 { cut -= 1 }
        var tail = max(0, suffix - contextByteCount)
        let least = max(0, tail - searchByteCount)
        while tail > least, first[first.count - tail] != 0x20, first[first.count - tail] != 0x0A { tail -= 1 }
        while tail > 0, first[first.count - tail] & 0xC0 == 0x80 { tail -= 1 }
        return (
            leftRange.lowerBound + cut..<leftRange.upperBound - tail,
            rightRange.lowerBound + cut..<rightRange.upperBound - tail
        )
    }

    /// Appends a region's equal and differing runs to a diff.
    func appendHunks(
        of region: DifferenceRegion, _ left: RowText, _ right: RowText, _ isSwapped: Bool,
        to diff: inout WordDiff
    ) {
        func append(_ kind: WordDiff.Kind, _ first: Range<Int>, _ second: Range<Int>) {
            let (row, keeper) = isSwapped ? (second, first) : (first, second)
            if row.isEmpty && keeper.isEmpty { return }
            let kind: WordDiff.Kind =
                kind == .equal ? .equal : keeper.isEmpty ? .rowOnly : row.isEmpty ? .keeperOnly : .replaced
            diff.hunks.append(.init(kind: kind, rowRange: row, keeperRange: keeper))
        }
        let span = Self.span(left, region.first)
        let otherSpan = Self.span(right, region.second)
        if region.isEqual {
            append(.equal, span, otherSpan)
            return
        }
        align(region, left, right)
        var low = span.lowerBound
        var otherLow = otherSpan.lowerBound
        for segment in aligner.segments {
            let range = first.byteRange(segment.first, end: span.upperBound)
            let other = second.byteRange(segment.second, end: otherSpan.upperBound)
            append(.equal, low..<max(low, range.lowerBound), otherLow..<max(otherLow, other.lowerBound))
            append(
                .replaced, max(low, range.lowerBound)..<max(low, range.upperBound),
                max(otherLow, other.lowerBound)..<max(otherLow, other.upperBound))
            low = max(low, range.upperBound)
            otherLow = max(otherLow, other.upperBound)
        }
        append(.equal, low..<max(low, span.upperBound), otherLow..<max(otherLow, otherSpan.upperBound))
    }

    /// From the first turn's start to the last one's end.
    private static func span(_ text: RowText, _ turns: [Int]) -> Range<Int> {
        guard let first = turns.first, let last = turns.last else {
            return text.bytes.count..<text.bytes.count
        }
        let low = text.turns[first].range.lowerBound
        return low..<max(low, text.turns[last].range.upperBound)
    }
}
