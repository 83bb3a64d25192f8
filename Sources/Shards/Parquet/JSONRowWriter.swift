import CArrow
import CJSON

/// Writes rows as compact JSON, one behind another in one buffer.
///
/// Bytes beyond the row cap are counted and not kept. Not thread-safe.
///
/// It writes its strings and Base64 itself. Reports escape by `ctext_json_escape`, which is of another rule: it also
/// escapes DEL, has no `\b` and `\f`, stops at what is not ASCII, and asks for six times the room. A row is to have
/// the bytes, and so the id, of the same row in compact JSON lines, and must not outgrow the cap by its escapes.
final class JSONRowWriter {
    /// A row that was written.
    struct Row {
        /// Of its first byte in the buffer.
        let offset: Int
        /// In bytes; of a row over the cap one more than the cap, as it is not written to its end.
        let length: Int
        /// Set where a text is not UTF-8.
        let invalidColumn: ArrowColumn?
    }

    private let capacity: Int
    private let rowLimit: Int
    private var buffer: RowBuffer
    private var rowStart = 0
    private var droppedBytes = 0
    private var invalidColumn: ArrowColumn?
    /// Set by a cell that numbers a dictionary's value which is not there.
    var isDamaged = false

    init(capacity: Int, rowLimit: Int) {
        self.capacity = capacity
        self.rowLimit = rowLimit
        buffer = RowBuffer(capacity: capacity)
    }

    /// Bytes in the buffer.
    var count: Int { buffer.count }

    /// Whether the row is over the cap: what follows is not written. Between two cells it depends on the row alone,
    /// not on the room that the buffer happens to have.
    var isOver: Bool { droppedBytes > 0 || buffer.count - rowStart > rowLimit }

    func beginRow() {
        rowStart = buffer.count
        droppedBytes = 0
        invalidColumn = nil
    }

    func endRow() -> Row {
        let length = min(buffer.count - rowStart + droppedBytes, rowLimit + 1)
        return Row(offset: rowStart, length: length, invalidColumn: invalidColumn)
    }

    /// Removes the row written last.
    ///
    /// - Returns: its first bytes.
    func takeBack(_ row: Row, keeping kept: Int) -> [UInt8] {
        let bytes = UnsafeRawBufferPointer(start: buffer.base + row.offset, count: buffer.count - row.offset)
        defer { buffer.count = row.offset }
        return Array(bytes.prefix(kept))
    }

    /// Gives the buffer away and begins another.
    func handOut() -> RowBuffer {
        defer { buffer = RowBuffer(capacity: capacity) }
        return buffer
    }

    // MARK: Bytes

    /// Makes room for `more` bytes of the row.
    ///
    /// - Returns: false where they would pass the cap.
    @inline(__always)
    private func reserve(_ more: Int) -> Bool {
        if droppedBytes == 0, buffer.capacity - buffer.count >= more { return true }
        return reserveSlowly(more)
    }

    private func reserveSlowly(_ more: Int) -> Bool {
        // A row at the cap, plus what one byte over it may need.
        guard droppedBytes == 0, buffer.count - rowStart <= rowLimit else {
            droppedBytes += more
            return false
        }
        buffer.grow(to: max(buffer.count + more, min(buffer.capacity * 2, buffer.count + more + rowLimit)))
        return true
    }

    @inline(__always)
    func byte(_ byte: UInt8) {
        guard reserve(1) else { return }
        buffer.base.storeBytes(of: byte, toByteOffset: buffer.count, as: UInt8.self)
        buffer.count += 1
    }

    @inline(__always)
    func bytes(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, reserve(bytes.count) else { return }
        (buffer.base + buffer.count).copyMemory(from: base, byteCount: bytes.count)
        buffer.count += bytes.count
    }

    @inline(__always)
    func bytes(_ bytes: [UInt8]) { bytes.withUnsafeBytes { self.bytes($0) } }

    func ascii(_ text: String) {
        var text = text
        text.withUTF8 { bytes(UnsafeRawBufferPointer($0)) }
    }

    /// An ASCII text that needs no escape, in quotes.
    func quoted(_ text: String) {
        byte(UInt8(ascii: "\""))
        ascii(text)
        byte(UInt8(ascii: "\""))
    }

    // MARK: Values

    func null() { ascii("null") }

    /// A string, escaped as little as JSON allows. Bytes that are not UTF-8 are written as they are, and noted.
    ///
    /// - Complexity: O(bytes).
    func string(_ text: UnsafeRawBufferPointer, of column: ArrowColumn) {
        byte(UInt8(ascii: "\""))
        defer { byte(UInt8(ascii: "\"")) }
        guard let base = text.baseAddress, text.count > 0 else { return }
        let source = base.assumingMemoryBound(to: UInt8.self)
        var high: Int32 = 0
        var at = 0
        while at < text.count {
            guard reserve(text.count - at) else { return }
            let target = (buffer.base + buffer.count).assumingMemoryBound(to: UInt8.self)
            let copied = carrow_copy_plain(target, source + at, text.count - at, &high)
            buffer.count += copied
            at += copied
            if at < text.count {
                escape(source[at])
                at += 1
            }
        }
        if high != 0, invalidColumn == nil, cjson_validate_utf8(source, text.count) == 0 {
            invalidColumn = column
        }
    }

    private func escape(_ byte: UInt8) {
        let short: UInt8? =
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
            case 0x08: UInt8(ascii: "b")
            case 0x09: UInt8(ascii: "t")
            case 0x0A: UInt8(ascii: "n")
            case 0x0C: UInt8(ascii: "f")
            case 0x0D: UInt8(ascii: "r")
            default: nil
            }
        self.byte(UInt8(ascii: "\\"))
        if let short {
            self.byte(short)
            return
        }
        ascii("u00")
        self.byte(UInt8(ascii: "0") + byte >> 4)
        self.byte(Self.hexDigit(byte & 15))
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    func integer(_ value: Int64) {
        if value < 0 { byte(UInt8(ascii: "-")) }
        integer(value.magnitude)
    }

    func integer(_ value: UInt64) {
        guard reserve(20) else { return }
        var digits = (
            UInt64(0), UInt64(0), UInt64(0)
        )
        withUnsafeMutableBytes(of: &digits) { digits in
            var rest = value
            var start = digits.count
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            bytes(UnsafeRawBufferPointer(rebasing: digits[start...]))
        }
    }

    /// As Swift writes it, the shortest text that reads back the same; what JSON has no number for as a string.
    func number<Value: BinaryFloatingPoint & LosslessStringConvertible>(_ value: Value) {
        if value.isNaN {
            quoted("NaN")
        } else if value.isInfinite {
            quoted(value < 0 ? "-Infinity" : "Infinity")
        } else {
            ascii(value.description)
        }
    }

    /// Base64 (RFC 4648, section 4), in quotes.
    func base64(_ data: UnsafeRawBufferPointer) {
        byte(UInt8(ascii: "\""))
        defer { byte(UInt8(ascii: "\"")) }
        let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        let digits = alphabet.utf8Start
        guard reserve((data.count + 2) / 3 * 4) else { return }
        var at = 0
        while at < data.count {
            let left = data.count - at
            let second = left > 1 ? data[at + 1] : 0
            let third = left > 2 ? data[at + 2] : 0
            let group = UInt32(data[at]) << 16 | UInt32(second) << 8 | UInt32(third)
            byte(digits[Int(group >> 18 & 63)])
            byte(digits[Int(group >> 12 & 63)])
            byte(left > 1 ? digits[Int(group >> 6 & 63)] : UInt8(ascii: "="))
            byte(left > 2 ? digits[Int(group & 63)] : UInt8(ascii: "="))
            at += 3
        }
    }
}
