/// A deterministic JSON writer: the same calls give the same bytes in every locale.
///
/// Commas, and with `indented` line breaks, are put by the writer; nesting is the caller's to keep right.
/// Everything that could steer a terminal or a viewer is written as a `\u` escape: control characters (C0, DEL,
/// C1), line and paragraph separators, bidi controls. The JSON value is the same.
package struct JSONBytes: Sendable {
    /// What the next value or key follows.
    enum Place: Sendable { case start, key, value }

    package internal(set) var bytes: [UInt8] = []
    var place = Place.start
    private var depth = 0
    private let isIndented: Bool

    /// - Parameter indented: two spaces a level and a value a line, for files that people read.
    package init(indented: Bool = false) {
        isIndented = indented
    }

    package var count: Int { bytes.count }

    /// Empties the writer for the next line and keeps its memory.
    package mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        place = .start
        depth = 0
    }

    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
    {
        try bytes.withUnsafeBytes(body)
    }

    // MARK: Structure

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes a key; the next call writes its value.
    package mutating func key(_ name: StaticString) {
        separate()
        appendQuoted(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        appendColon()
    }

    package mutating func key(_ name: String) {
        separate()
        appendQuoted(name)
        appendColon()
    }

    // MARK: Values

    /// Writes a string from UTF-8; each ill-formed sequence becomes one U+FFFD.
    package mutating func string(_ text: UnsafeRawBufferPointer) {
        separate()
        appendQuoted(text)
        place = .value
    }

    package mutating func string(_ text: [UInt8]) {
        text.withUnsafeBytes { string($0) }
    }

    package mutating func string(_ text: String) {
        separate()
        appendQuoted(text)
        place = .value
    }

    package mutating func string(_ text: StaticString) {
        string(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Splices a JSON value: its bytes, but for line breaks and tabs between tokens, which become spaces, and the
    /// characters that this writer never writes raw, which become escapes.
    ///
    /// - Precondition: `json` is one valid JSON value (not checked).
    package mutating func raw(_ json: UnsafeRawBufferPointer) {
        separate()
        appendEscaping(json, splicing: true)
        place = .value
    }

    package mutating func raw(_ json: [UInt8]) {
        json.withUnsafeBytes { raw($0) }
    }

    package mutating func bool(_ value: Bool) {
        separate()
        bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
        place = .value
    }

    package mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
        place = .value
    }

    // MARK: Parts

    /// Puts what must stand before a key or value.
    mutating func separate() {
        switch place {
        case .key: return
        case .value: bytes.append(UInt8(ascii: ","))
        case .start: break
        }
        if isIndented && depth > 0 { breakLine() }
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        depth += 1
        place = .start
    }

    private mutating func close(_ bracket: UInt8) {
        depth -= 1
        if isIndented && place != .start { breakLine() }
        bytes.append(bracket)
        place = .value
    }

    private mutating func breakLine() {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * max(0, depth)))
    }

    private mutating func appendColon() {
        bytes.append(UInt8(ascii: ":"))
        if isIndented { bytes.append(UInt8(ascii: " ")) }
        place = .key
    }
}
