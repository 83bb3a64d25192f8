/// Why a row was set aside: a closed list, of which each value is documented here.
package enum QuarantineCode: String, Sendable, CaseIterable {
    /// The row is longer than `--max-row-bytes`.
    case rowTooLong = "row-too-long"
    /// The bytes are not UTF-8.
    case invalidUTF8 = "invalid-utf8"
    /// The text is not one JSON value as RFC 8259 has it.
    case invalidJSON = "invalid-json"
    /// Arrays and objects are nested deeper than `--max-nesting`.
    case nestingTooDeep = "nesting-too-deep"
    /// An escape names half of a surrogate pair: no Unicode text can hold the string.
    case loneSurrogate = "lone-surrogate"
    /// A raw control character stands in a string, or begins the row.
    case controlCharacter = "control-character"
    /// Several values are parted by carriage returns alone, so that many rows came as one.
    case carriageReturnLines = "carriage-return-lines"
    /// The row ends in NUL bytes: the file was given its length but never filled.
    case nulPadding = "nul-padding"
    /// The shard breaks off inside the row.
    case truncatedRow = "truncated-row"
    /// The parser could not get the memory for the row.
    case outOfMemory = "out-of-memory"
}
