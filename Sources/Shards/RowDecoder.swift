import CJSON
import Corpus
import Synchronization

/// Decodes rows as strict JSON (RFC 8259) by simdjson; one for each thread.
///
/// Any value is accepted, not objects alone. Of a repeated key the last value counts, as `JSONNode` has it.
/// Numbers that simdjson refuses for their size (above 2^64, `1e400`) are accepted: their value on the tape is
/// a string of their own text, and the row's bytes stay as they are. A lone surrogate escape is rejected.
package final class RowDecoder {
    /// A parser that has met a longer row is released: its buffers take up to 14 bytes for each of the row.
    @usableFromInline
    static let keptParserBytes = 1 << 20
    /// Held while a row over `keptParserBytes` is decoded by `withDecoded`: one such tape at a time.
    private static let largeRow = Mutex(())

    private let limits: ReadLimits
    private var parser: OpaquePointer?
    private var isParserLarge = false

    package init(limits: ReadLimits = ReadLimits()) { self.limits = limits }

    deinit { releaseParser() }

    /// Whether the decoder holds a parser and its buffers.
    var holdsParser: Bool { parser != nil }

    /// Decodes a row. Its value is valid until the next call.
    ///
    /// - Parameter row: the row's bytes, with `CJSON_PADDING` readable bytes behind them, as a batch has.
    /// - Complexity: O(bytes).
    package func decode(_ row: UnsafeRawBufferPointer) -> Decoded {
        if isParserLarge { releaseParser() }
        var document = cjson_document()
        let code = parse(row, into: &document)
        if code == CJSON_SUCCESS { return .value(JSONNode(document: document, index: 1)) }
        if code == CJSON_NUMBER_ERROR, parseWithOversizeNumbers(row, into: &document) {
            return .value(JSONNode(document: document, index: 1))
        }
        return RejectedRow(row, parserCode: code, limits: limits).decoded
    }

    /// Decodes a row for the time of `body`. Rows over 1 MiB are decoded one at a time in the whole process,
    /// and their memory is given back at once: with many threads that bounds what a corpus of long rows takes.
    ///
    /// - Parameters:
    ///   - row: as for `decode`.
    ///   - body: must not wait for another thread that decodes.
    @inlinable
    package func withDecoded<Result, Failure: Error>(
        _ row: UnsafeRawBufferPointer, _ body: (Decoded) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Apart, since a generic function of another module costs its types' metadata at each call.
        guard row.count > Self.keptParserBytes else { return try body(decode(row)) }
        return try withLargeDecoded(row, body)
    }

    @usableFromInline
    func withLargeDecoded<Result, Failure: Error>(
        _ row: UnsafeRawBufferPointer, _ body: (Decoded) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var outcome: Swift.Result<Result, Failure>?
        Self.largeRow.withLock { _ in
            do throws(Failure) {
                outcome = .success(try body(decode(row)))
            } catch {
                outcome = .failure(error)
            }
            releaseParser()
        }
        guard let outcome else { preconditionFailure("the lock ran its body") }
        return try outcome.get()
    }

    private func parse(_ row: UnsafeRawBufferPointer, into document: inout cjson_document) -> Int {
        // simdjson refuses a value at its own limit, and does not count an empty array or object.
        if parser == nil { parser = cjson_parser_new(limits.maxNesting + 1) }
        guard let parser else { return CJSON_MEMALLOC }
        guard let base = row.baseAddress, row.count > 0 else { return CJSON_EMPTY }
        isParserLarge = isParserLarge || row.count > Self.keptParserBytes
        return Int(cjson_parse(parser, base.assumingMemoryBound(to: UInt8.self), row.count, &document))
    }

    /// Parses the row with each number of its grammar but over simdjson's range first as 0, which shows that
    /// the number stands where one may, then as a string of its text.
    private func parseWithOversizeNumbers(_ row: UnsafeRawBufferPointer, into document: inout cjson_document)
        -> Bool
    {
        let numbers = OversizeNumbers(in: row)
        guard !numbers.ranges.isEmpty else { return false }
        for replacement in [OversizeNumbers.Replacement.zero, .text] {
            let copy = numbers.replaced(in: row, by: replacement, padding: Int(CJSON_PADDING))
            let code = copy.withUnsafeBytes { bytes in
                parse(UnsafeRawBufferPointer(rebasing: bytes.dropLast(Int(CJSON_PADDING))), into: &document)
            }
            if code != CJSON_SUCCESS { return false }
        }
        return true
    }

    private func releaseParser() {
        if let parser { cjson_parser_free(parser) }
        parser = nil
        isParserLarge = false
    }
}
