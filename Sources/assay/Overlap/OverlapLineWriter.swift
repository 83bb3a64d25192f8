import Corpus
import EvalOverlap
import Findings

/// Writes lines of `overlaps` with the offsets of the shared spans in the original bytes; one per thread.
final class OverlapLineWriter {
    /// The row that a line is on.
    struct Place: Equatable {
        var quotedShard: [UInt8]
        var ordinal: Int
        var id: UInt128
        /// Of its normal form.
        var textID: UInt128
    }

    /// A span on both sides, in bytes.
    private struct ByteSpan {
        var turn: Int
        var row: Range<Int>
        var item: Range<Int>
    }

    private let index: EvalIndex
    private let holdsRaw: Bool
    private let words: OriginalWords
    private let itemReader: OverlapText
    /// Word ranges of the turns of the row at hand, and of the texts met.
    private var turnRanges: [Int: [Range<Int>]] = [:]
    private var rowPlace: Place?
    private var textRanges: [Int: [Range<Int>]] = [:]

    /// Spans of a line; of a longer list the first, and the number of the others.
    static let spansWritten = 16
    /// Texts whose ranges are kept.
    private static let textsKept = 4096

    init(_ index: EvalIndex, holdsRaw: Bool) throws {
        self.index = index
        self.holdsRaw = holdsRaw
        words = try OriginalWords()
        itemReader = try OverlapText()
    }

    func write(
        _ match: ItemMatch, _ row: RowText, _ text: OverlapText, _ place: Place, to json: inout JSONBytes
    ) {
        begin(place)
        let spans = byteSpans(match, row, text)
        json.beginObject()
        json.key("row")
        json.beginObject()
        json.field("shard", written: place.quotedShard)
        json.field("ordinal", place.ordinal)
        json.field("id", hexadecimal: place.id)
        json.field("textId", hexadecimal: place.textID)
        json.endObject()
        json.key("eval")
        json.beginObject()
        let item = index.items[match.item]
        json.field("set", index.sets[Int(item.set)].name)
        json.field("item", index.name(ofItem: match.item))
        json.field("ordinal", Int(item.ordinal))
        json.endObject()
        json.field("verdict", match.verdict.name)
        json.field("coverage", match.match.coverage)
        json.field("component", match.component.name)
        json.field("role", row.turns[match.turn].role.name)
        json.field("turn", match.turn)
        let component = index.item(match.item)[match.component]
        json.key("spans")
        json.beginArray()
        for span in spans.prefix(Self.spansWritten) {
            json.beginObject()
            json.field("turn", span.turn)
            write(span.row, "row", to: &json)
            write(span.item, "eval", to: &json)
            if holdsRaw {
                let bytes = row.bytes(of: row.turns[span.turn])
                json.field(
                    "raw", UnsafeRawBufferPointer(rebasing: bytes[span.row.clamped(to: bytes.indices)]))
                component.withUnsafeBytes {
                    json.field(
                        "evalRaw", UnsafeRawBufferPointer(rebasing: $0[span.item.clamped(to: $0.indices)]))
                }
            }
            json.endObject()
        }
        json.endArray()
        if spans.count > Self.spansWritten { json.field("spansOmitted", spans.count - Self.spansWritten) }
        json.endObject()
    }

    private func write(_ range: Range<Int>, _ name: StaticString, to json: inout JSONBytes) {
        json.key(name)
        json.beginArray()
        json.integer(range.lowerBound)
        json.integer(range.upperBound)
        json.endArray()
    }

    /// Row and item side by side.
    func sample(_ match: ItemMatch, _ row: RowText, _ text: OverlapText, shard: String, ordinal: Int)
        -> OverlapSample
    {
        let spans = byteSpans(match, row, text).filter { $0.turn == match.turn }
        let item = index.items[match.item]
        let bytes = row.bytes(of: row.turns[match.turn])
        let component = index.item(match.item)[match.component]
        func hull(_ ranges: [Range<Int>], in count: Int) -> Range<Int> {
            let low = ranges.map(\.lowerBound).min() ?? 0
            let high = ranges.map(\.upperBound).max() ?? 0
            return (low..<max(low, high)).clamped(to: 0..<count)
        }
        let rowRange = hull(spans.map(\.row), in: bytes.count)
        let itemRange = hull(spans.map(\.item), in: component.count)
        return OverlapSample(
            shard: shard, ordinal: ordinal, set: index.sets[Int(item.set)].name,
            item: index.name(ofItem: match.item), verdict: match.verdict, coverage: match.match.coverage,
            role: row.turns[match.turn].role.name, turn: match.turn, rowRange: rowRange, itemRange: itemRange,
            rowText: Array(bytes[rowRange].prefix(400)), itemText: Array(component[itemRange].prefix(400)))
    }

    // MARK: Offsets

    private func begin(_ place: Place) {
        // Equal bytes of another shard may be mapped to other turns.
        if rowPlace == place { return }
        rowPlace = place
        turnRanges.removeAll(keepingCapacity: true)
    }

    private func byteSpans(_ match: ItemMatch, _ row: RowText, _ text: OverlapText) -> [ByteSpan] {
        let ofItem = ranges(ofText: match.match.text)
        var spans: [ByteSpan] = []
        for span in match.match.spans {
            guard let itemFirst = ofItem.indices.contains(span.text.lowerBound) ? span.text.lowerBound : nil
            else { continue }
            let itemLast = min(span.text.upperBound, ofItem.count) - 1
            let item =
                ofItem[itemFirst]
                .lowerBound..<max(ofItem[itemFirst].lowerBound, ofItem[max(itemFirst, itemLast)].upperBound)
            var at = span.row.lowerBound
            while at < span.row.upperBound {
                let turn = text.turn(of: at)
                let end = min(span.row.upperBound, text.turnStarts[turn + 1])
                let ofTurn = ranges(ofTurn: turn, row, text)
                let first = at - text.turnStarts[turn]
                let last = end - 1 - text.turnStarts[turn]
                if ofTurn.indices.contains(first), ofTurn.indices.contains(last), first <= last {
                    let low = ofTurn[first].lowerBound
                    spans.append(
                        ByteSpan(turn: turn, row: low..<max(low, ofTurn[last].upperBound), item: item))
                }
                at = max(end, at + 1)
            }
        }
        return spans
    }

    private func ranges(ofTurn turn: Int, _ row: RowText, _ text: OverlapText) -> [Range<Int>] {
        if let known = turnRanges[turn] { return known }
        let count = text.turnStarts[turn + 1] - text.turnStarts[turn]
        let made = words.ranges(of: row.bytes(of: row.turns[turn]), count: count)
        turnRanges[turn] = made
        return made
    }

    private func ranges(ofText text: Int) -> [Range<Int>] {
        if let known = textRanges[text] { return known }
        if textRanges.count >= Self.textsKept { textRanges.removeAll() }
        let indexed = index.texts[text]
        let bytes = index.item(Int(indexed.items[0]))[indexed.component]
        let made = bytes.withUnsafeBytes { words.ranges(of: $0, count: indexed.wordCount) }
        textRanges[text] = made
        return made
    }
}
