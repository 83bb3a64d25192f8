/// Finds the segments in which two token sequences differ, in bounded time.
///
/// 1. Common tokens at both ends are stripped.
/// 2. Greedy shortest edit script (E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986) up to
///    `maximumEdits` edits.
/// 3. Past that, tokens that occur once on each side and in the same order on both (the longest increasing
///    subsequence: Bram Cohen's "patience diff") cut the rest into gaps, each aligned by step 2 with
///    `maximumGapEdits`.
/// 4. A gap past that limit becomes one unordered segment: only tokens that one side has more of differ in
/// it.
///
/// - Complexity: O(n log n + n x `maximumEdits`) in tokens; memory O(n + `maximumEdits`²).
struct TokenAligner {
    /// Chosen: pairs at Jaccard 0.5 on 500-byte texts need at most 120; the trace takes 160 KB.
    static let maximumEdits = 200
    static let maximumGapEdits = 64

    /// A part that differs: token indexes of both sides.
    struct Segment: Equatable {
        var first: Range<Int>
        var second: Range<Int>
        /// Compared as multisets: the alignment gave up.
        var isUnordered = false
    }

    private(set) var segments: ContiguousArray<Segment> = []
    private var trace: ContiguousArray<Int32> = []
    private var frontier: ContiguousArray<Int32> = []
    private var anchors = TokenAnchors()

    /// Aligns two sequences; the result is in `segments`, ordered and disjoint.
    mutating func align(_ first: ContiguousArray<Token>, _ second: ContiguousArray<Token>) {
        segments.removeAll(keepingCapacity: true)
        first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in
                align(first, second)
            }
        }
    }

    private typealias Tokens = UnsafeBufferPointer<Token>

    private mutating func align(_ first: Tokens, _ second: Tokens) {
        let (left, right) = Self.stripped(first, second, first.indices, second.indices)
        if left.isEmpty || right.isEmpty {
            appendSegment(left, right)
            return
        }
        if shortestEdits(first, second, left, right, limit: Self.maximumEdits) { return }
        anchors.find(first, second, left, right)
        var low = left.lowerBound
        var secondLow = right.lowerBound
        for index in 0...anchors.count {
            let (high, secondHigh) =
                index < anchors.count ? anchors[index] : (left.upperBound, right.upperBound)
            alignGap(first, second, low..<high, secondLow..<secondHigh)
            low = min(high + 1, left.upperBound)
            secondLow = min(secondHigh + 1, right.upperBound)
        }
    }

    private mutating func alignGap(_ first: Tokens, _ second: Tokens, _ left: Range<Int>, _ right: Range<Int>)
    {
        let (left, right) = Self.stripped(first, second, left, right)
        if left.isEmpty || right.isEmpty {
            appendSegment(left, right)
        } else if !shortestEdits(first, second, left, right, limit: Self.maximumGapEdits) {
            segments.append(Segment(first: left, second: right, isUnordered: true))
        }
    }

    private mutating func appendSegment(_ first: Range<Int>, _ second: Range<Int>) {
        if first.isEmpty && second.isEmpty { return }
        segments.append(Segment(first: first, second: second))
    }

    /// Both ranges without the tokens that they share at their ends.
    private static func stripped(
        _ first: Tokens, _ second: Tokens, _ left: Range<Int>, _ right: Range<Int>
    ) -> (Range<Int>, Range<Int>) {
        var (low, high) = (left.lowerBound, left.upperBound)
        var (secondLow, secondHigh) = (right.lowerBound, right.upperBound)
        while low < high, secondLow < secondHigh, first[low].key == second[secondLow].key {
            low &+= 1
            secondLow &+= 1
        }
        while low < high, secondLow < secondHigh, first[high &- 1].key == second[secondHigh &- 1].key {
            high &-= 1
            secondHigh &-= 1
        }
        return (low..<high, secondLow..<secondHigh)
    }

    /// Appends the segments of the shortest edit script.
    ///
    /// - Returns: false, with nothing appended, where it has more than `limit` edits.
    private mutating func shortestEdits(
        _ first: Tokens, _ second: Tokens, _ left: Range<Int>, _ right: Range<Int>, limit: Int
    ) -> Bool {
        let count = left.count
        let secondCount = right.count
        if abs(count - secondCount) > limit { return false }
        let width = 2 * limit + 3
        frontier.removeAll(keepingCapacity: true)
        frontier.append(contentsOf: repeatElement(0, count: width))
        trace.removeAll(keepingCapacity: true)
        let middle = limit + 1
        for edits in 0...limit {
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let down =
                    diagonal == -edits
                    || (diagonal != edits
                        && frontier[middle + diagonal - 1] < frontier[middle + diagonal + 1])
                var x = Int(down ? frontier[middle + diagonal + 1] : frontier[middle + diagonal - 1] + 1)
                var y = x - diagonal
                while x < count, y < secondCount, y >= 0,
                    first[left.lowerBound &+ x].key == second[right.lowerBound &+ y].key
                {
                    x &+= 1
                    y &+= 1
                }
                frontier[middle + diagonal] = Int32(truncatingIfNeeded: x)
                if x >= count && y >= secondCount {
                    record(edits)
                    backtrack(edits, left, right)
                    return true
                }
            }
            record(edits)
        }
        return false
    }

    /// Stores the frontier after a round: diagonals -edits...edits at offset edits² of the trace.
    private mutating func record(_ edits: Int) {
        let middle = (frontier.count - 3) / 2 + 1
        trace.append(contentsOf: frontier[(middle - edits)...(middle + edits)])
    }

    /// Walks the trace back and appends the segments in order.
    private mutating func backtrack(_ edits: Int, _ left: Range<Int>, _ right: Range<Int>) {
        var x = left.count
        var y = right.count
        let start = segments.count
        var round = edits
        while round > 0 {
            let diagonal = x - y
            let before = (round - 1) * (round - 1) + round - 1
            func reached(_ diagonal: Int) -> Int32 {
                abs(diagonal) <= round - 1 ? trace[before + diagonal] : Int32.min
            }
            let down =
                diagonal == -round || (diagonal != round && reached(diagonal - 1) < reached(diagonal + 1))
            let fromX = Int(down ? reached(diagonal + 1) : reached(diagonal - 1))
            let fromY = fromX - (down ? diagonal + 1 : diagonal - 1)
            let endX = down ? fromX : fromX + 1
            let endY = down ? fromY + 1 : fromY
            push(
                left.lowerBound + fromX..<left.lowerBound + endX,
                right.lowerBound + fromY..<right.lowerBound + endY, after: start)
            x = fromX
            y = fromY
            round -= 1
        }
        segments[start...].reverse()
    }

    /// Adds one edit in front of the last segment, joining what touches.
    private mutating func push(_ first: Range<Int>, _ second: Range<Int>, after start: Int) {
        let last = segments.count - 1
        if last >= start, segments[last].first.lowerBound == first.upperBound,
            segments[last].second.lowerBound == second.upperBound
        {
            segments[last].first = first.lowerBound..<segments[last].first.upperBound
            segments[last].second = second.lowerBound..<segments[last].second.upperBound
        } else {
            segments.append(Segment(first: first, second: second))
        }
    }
}
