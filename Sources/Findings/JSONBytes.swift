import CText
import Glibc

/// A deterministic JSON writer: the same calls give the same bytes in every locale.
///
/// Commas, and with `indented` line breaks, are put by the writer; nesting is the caller's to keep right.
/// Everything that could steer a terminal or a viewer is written as a `\u` escape: control characters (C0, DEL,
/// C1), line and paragraph separators, bidi controls. The JSON value is the same.
package struct JSONBytes: Sendable {
    /// What the next value or key follows.
    enum Place: Sendable { case start, key, value }

    /// What was written, and room behind it: appending to an array byte by byte took a tenth of an evidence pass.
    private var buffer: [UInt8] = []
    package private(set) var count = 0
    var place = Place.start
    private var depth = 0
    private let isIndented: Bool

    /// - Parameter indented: two spaces a level and a value a line, for files that people read.
    package init(indented: Bool = false) {
        isIndented = indented
    }

    /// What was written.
    ///
    /// - Complexity: O(bytes).
    package var bytes: [UInt8] { Array(buffer[..<count]) }

    /// Empties the writer and keeps its memory.
    package mutating func reset() {
        count = 0
        beginValue()
    }

    /// Goes on to another value, with nothing between it and what was written.
    package mutating func beginValue() {
        place = .start
        depth = 0
    }

    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
    {
        try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    // MARK: Structure

    package mutating func beginObject() { open(UInt8(ascii: "{")) }
    package mutating func endObject() { close(UInt8(ascii: "}")) }
    package mutating func beginArray() { open(UInt8(ascii: "[")) }
    package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes a key; the next call writes its value.
    ///
    /// - Precondition: the name is ASCII and needs no escapes.
    @inline(__always)
    package mutating func key(_ name: StaticString) {
        separate()
        let length = name.utf8CodeUnitCount
        let spaces = isIndented ? 1 : 0
        write(upTo: length + 4) { out in
            out[0] = UInt8(ascii: "\"")
            memcpy(out + 1, name.utf8Start, length)
            out[length + 1] = UInt8(ascii: "\"")
            out[length + 2] = UInt8(ascii: ":")
            out[length + 3] = UInt8(ascii: " ")
            return length + 3 + spaces
        }
        place = .key
    }

    package mutating func key(_ name: String) {
        separate()
        appendQuoted(name)
        append(UInt8(ascii: ":"))
        if isIndented { append(UInt8(ascii: " ")) }
        place = .key
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
        appendSplicing(json)
        place = .value
    }

    package mutating func raw(_ json: [UInt8]) {
        json.withUnsafeBytes { raw($0) }
    }

    /// Splices a value that this writer has written before, as it is.
    package mutating func written(_ value: [UInt8]) {
        separate()
        value.withUnsafeBytes { append($0) }
        place = .value
    }

    package mutating func bool(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
        place = .value
    }

    package mutating func null() {
        separate()
        append("null")
        place = .value
    }

    // MARK: Parts

    /// Lets `body` write at the end.
    ///
    /// - Parameters:
    ///   - most: bytes of room that `body` has.
    ///   - body: returns the bytes that it wrote.
    @inline(__always)
    mutating func write(upTo most: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        if buffer.count - count < most { grow(by: most) }
        let at = count
        count += buffer.withUnsafeMutableBufferPointer { all in
            guard let base = all.baseAddress else { return 0 }
            return body(base + at)
        }
    }

    private mutating func grow(by most: Int) {
        buffer.append(contentsOf: repeatElement(0, count: max(most, buffer.count, 256)))
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        write(upTo: 1) { out in
            out.pointee = byte
            return 1
        }
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        write(upTo: bytes.count) { out in
            memcpy(out, source, bytes.count)
            return bytes.count
        }
    }

    mutating func append(_ text: StaticString) {
        append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }

    /// Puts what must stand before a key or value.
    @inline(__always)
    mutating func separate() {
        switch place {
        case .key: return
        case .value: append(UInt8(ascii: ","))
        case .start: break
        }
        if isIndented && depth > 0 { breakLine() }
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        append(bracket)
        depth += 1
        place = .start
    }

    private mutating func close(_ bracket: UInt8) {
        depth -= 1
        if isIndented && place != .start { breakLine() }
        append(bracket)
        place = .value
    }

    private mutating func breakLine() {
        append(UInt8(ascii: "\n"))
        for _ in 0..<max(0, depth) { append("  ") }
    }
}
