import CJSON
import Glibc

extension ShardReader {
    /// Finds the rows in the bytes that were not looked at yet.
    ///
    /// - Complexity: O(new bytes).
    func split() {
        guard phase == .reading else { return }
        if shard.format == .json { splitElements() } else { splitLines() }
    }

    private func splitLines() {
        let base = buffer.base
        while scanned < buffer.count,
            let found = memchr(base + scanned, 0x0A, buffer.count - scanned)
        {
            let end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            endLine(at: end)
            rowStart = end + 1
            scanned = rowStart
        }
        scanned = buffer.count
    }

    /// Takes the line `rowStart ..< end` as a row, a blank line, or the rest of a row over the cap.
    private func endLine(at end: Int) {
        if oversize != nil {
            oversize?.append(UnsafeRawBufferPointer(start: buffer.base + rowStart, count: end - rowStart))
            oversize?.dropCarriageReturn()
            endOversize()
            return
        }
        let bytes = UnsafeRawBufferPointer(start: buffer.base, count: end)
        let length = end > rowStart && bytes[end - 1] == 0x0D ? end - rowStart - 1 : end - rowStart
        if length <= limits.maxRowBytes, isBlank(bytes[rowStart..<rowStart + length]) {
            outcome.blankLineCount += 1
        } else {
            add(length: length)
        }
    }

    private func isBlank(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if !bytes[at].isJSONSpace { return false }
            at += 1
        }
        return true
    }

    /// Adds the row of `length` bytes at `rowStart`; over the cap it is set aside.
    private func add(length: Int) {
        let byteOffset = bufferOffset + UInt64(rowStart)
        if length > limits.maxRowBytes {
            var row = OversizeRow(byteOffset: byteOffset)
            row.append(UnsafeRawBufferPointer(start: buffer.base + rowStart, count: length))
            oversize = row
            endOversize()
            return
        }
        rows.append(
            RawRow(offset: rowStart, length: length, ordinal: outcome.rowCount, byteOffset: byteOffset))
        outcome.rowCount += 1
    }

    private func endOversize() {
        guard let row = oversize else { return }
        quarantined.append(row.quarantined(ordinal: outcome.rowCount, limits: limits))
        outcome.rowCount += 1
        oversize = nil
    }

    private func splitElements() {
        let bytes = UnsafePointer(buffer.base.assumingMemoryBound(to: UInt8.self))
        while failure == nil {
            let event = cjson_split(&splitter, bytes, scanned, buffer.count)
            if splitter.is_array == 1 { outcome.layout = .array }
            scanned = event.next
            switch UInt32(event.kind) {
            case CJSON_SPLIT_OPENED.rawValue:
                rowStart = event.position
                isInElement = true
            case CJSON_SPLIT_CLOSED.rawValue:
                endElement(at: event.position)
                rowStart = event.next
            case CJSON_SPLIT_MORE.rawValue:
                if !isInElement { rowStart = scanned }
                return
            default:
                fail(UInt32(event.kind), at: bufferOffset + UInt64(event.position))
                rowStart = buffer.count
            }
        }
    }

    /// Takes the element `rowStart ..< end`, less white space at its end, as a row. White space counts for
    /// the cap, so that the verdict does not depend on where a buffer ends.
    private func endElement(at end: Int) {
        isInElement = false
        if oversize != nil {
            oversize?.append(UnsafeRawBufferPointer(start: buffer.base + rowStart, count: end - rowStart))
            endOversize()
            return
        }
        var length = end - rowStart
        if length <= limits.maxRowBytes {
            let bytes = UnsafeRawBufferPointer(start: buffer.base + rowStart, count: length)
            while length > 0, bytes[length - 1].isJSONSpace { length -= 1 }
        }
        add(length: length)
    }

    private func fail(_ kind: UInt32, at byteOffset: UInt64) {
        // An element that a wrong bracket breaks off is part of the damage, not a row.
        isInElement = false
        oversize = nil
        switch kind {
        case CJSON_SPLIT_TRAILING.rawValue:
            failure = error(
                .badStructure,
                "the JSON value ends before byte \(byteOffset) of the text, and more follows;"
                    + " if there is one value a line, pass --format jsonl", at: byteOffset)
        case CJSON_SPLIT_WRONG_BRACKET.rawValue:
            failure = error(
                .badStructure,
                "a closing brace stands at byte \(byteOffset) of the text where a comma or ] belongs;"
                    + " repair the file there", at: byteOffset)
        default:
            failure = error(
                .badStructure,
                "an array element is missing before byte \(byteOffset) of the text; repair the file there",
                at: byteOffset)
        }
    }

    /// Takes what is left at the end of the text: a last line without line end, a last value, or a row that
    /// a failure cut off.
    func endText() {
        guard phase == .reading else { return }
        let end = buffer.count
        if let error = failure as? ShardError {
            failure = error.at(row: outcome.rowCount)
            setAsideRest(upTo: end)
        } else if shard.format == .jsonl {
            if end > rowStart || oversize != nil { endLine(at: end) }
        } else if splitter.phase == UInt8(CJSON_SPLIT_REST.rawValue) {
            endElement(at: end)
        } else if splitter.phase == UInt8(CJSON_SPLIT_START.rawValue) {
            failure = error(
                .noValue, "the .json shard holds no value; give it one, or leave it out", at: bufferOffset)
        } else if splitter.phase != UInt8(CJSON_SPLIT_END.rawValue) {
            failure = error(
                .truncatedValue,
                "the JSON value is not closed at the end of the text; copy the file again from its source",
                at: bufferOffset + UInt64(end))
            setAsideRest(upTo: end)
        }
        rowStart = end
        scanned = end
    }

    /// Sets the unfinished row aside, if there is one.
    private func setAsideRest(upTo end: Int) {
        let isRow = shard.format == .jsonl || isInElement
        let rest = UnsafeRawBufferPointer(start: buffer.base + rowStart, count: end - rowStart)
        guard isRow, oversize != nil || rest.contains(where: { !$0.isJSONSpace }) else { return }
        var row = oversize ?? OversizeRow(byteOffset: bufferOffset + UInt64(rowStart))
        row.append(rest)
        oversize = nil
        let isLong = row.length > UInt64(limits.maxRowBytes)
        quarantined.append(
            QuarantinedRow(
                ordinal: outcome.rowCount, byteOffset: row.byteOffset, code: .truncatedRow,
                message: "the shard breaks off inside the row; copy the file again from its source",
                raw: isLong ? row.prefix : Array(rest), rawLength: row.length))
        outcome.rowCount += 1
    }
}
