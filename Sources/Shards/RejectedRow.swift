import CJSON

/// Finds the code and the words for a row that the parser refused; off the hot path.
struct RejectedRow {
    let decoded: Decoded

    /// - Parameter parserCode: simdjson's error code.
    /// - Complexity: O(bytes).
    init(_ row: UnsafeRawBufferPointer, parserCode: Int, limits: ReadLimits) {
        if let offset = UTF8Validator.isValid(row) ? nil : UTF8Validator.firstInvalidOffset(row) {
            decoded = .rejected(
                .invalidUTF8, "byte \(offset) of the row is not UTF-8; convert the file to UTF-8")
            return
        }
        if row.last == 0 {
            let padding = row.reversed().prefix { $0 == 0 }.count
            decoded = .rejected(
                .nulPadding,
                "the row ends in \(padding) NUL bytes: the file was never filled; cut it there")
            return
        }
        decoded = Self.grammar(row, parserCode: parserCode, limits: limits)
    }

    private static func grammar(_ row: UnsafeRawBufferPointer, parserCode: Int, limits: ReadLimits) -> Decoded
    {
        switch parserCode {
        case CJSON_MEMALLOC:
            return .rejected(.outOfMemory, "the parser got no memory for the row; lower --max-row-bytes")
        case CJSON_DEPTH_ERROR:
            return .rejected(
                .nestingTooDeep,
                "arrays and objects are nested deeper than \(limits.maxNesting); raise --max-nesting if they"
                    + " are meant to be")
        case CJSON_STRING_ERROR:
            if let offset = loneSurrogate(row) {
                return .rejected(
                    .loneSurrogate,
                    "the escape at byte \(offset) of the row is half of a surrogate pair; repair it")
            }
        case CJSON_UNESCAPED_CHARS:
            return .rejected(
                .controlCharacter, "a raw control character stands in a string; escape it as \\u00XX")
        default: break
        }
        if row.first == 0x1E {
            return .rejected(
                .controlCharacter,
                "the row begins with a record separator (RFC 7464); remove those, for example with tr -d '\\036'"
            )
        }
        if row.contains(0x0D) {
            return .rejected(
                .carriageReturnLines,
                "the row holds carriage returns and is no single JSON value; end lines with a line feed")
        }
        return .rejected(.invalidJSON, "the row is not valid JSON: \(words(for: parserCode)); repair it")
    }

    private static func words(for parserCode: Int) -> String {
        switch parserCode {
        case CJSON_STRING_ERROR: "a string holds an unknown escape"
        case CJSON_UNCLOSED_STRING: "a string is not closed"
        case CJSON_NUMBER_ERROR: "a number is malformed"
        case CJSON_T_ATOM_ERROR, CJSON_F_ATOM_ERROR, CJSON_N_ATOM_ERROR: "a word is none of true, false, null"
        case CJSON_EMPTY: "it is empty"
        case CJSON_TAPE_ERROR: "commas, brackets, quotes or values are missing or too many"
        default: "parser code \(parserCode)"
        }
    }

    /// The offset of the first `\uXXXX` that is half of a surrogate pair without the other half.
    ///
    /// - Complexity: O(bytes).
    static func loneSurrogate(_ row: UnsafeRawBufferPointer) -> Int? {
        var at = 0
        while at + 1 < row.count {
            guard row[at] == UInt8(ascii: "\\") else {
                at += 1
                continue
            }
            guard let unit = escapedUnit(row, at: at) else {
                at += 2
                continue
            }
            switch unit {
            case 0xD800...0xDBFF:
                guard let low = escapedUnit(row, at: at + 6), (0xDC00...0xDFFF).contains(low) else {
                    return at
                }
                at += 12
            case 0xDC00...0xDFFF: return at
            default: at += 6
            }
        }
        return nil
    }

    /// The UTF-16 unit of a `\uXXXX` escape at `at`; `nil` where none stands there.
    private static func escapedUnit(_ row: UnsafeRawBufferPointer, at: Int) -> Int? {
        guard at + 6 <= row.count, row[at] == UInt8(ascii: "\\"), row[at + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit = 0
        for byte in row[(at + 2)..<(at + 6)] {
            switch byte {
            case 0x30...0x39: unit = unit * 16 + Int(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: unit = unit * 16 + Int((byte | 0x20) - 0x61) + 10
            default: return nil
            }
        }
        return unit
    }
}
