import CJSON

/// A value on a parsed row's tape; borrowed, valid until the parser that made the tape parses again.
package struct JSONNode {
    package let document: cjson_document
    package let index: Int

    @inlinable
    package init(document: cjson_document, index: Int) {
        self.document = document
        self.index = index
    }

    package enum Kind { case object, array, string, number, boolean, null }

    @inlinable
    package var typeByte: UInt8 { cjson_type(document.tape, index) }

    package var kind: Kind {
        switch typeByte {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "d"): .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        default: .null
        }
    }

    @inlinable
    package var isObject: Bool { typeByte == UInt8(ascii: "{") }
    @inlinable
    package var isArray: Bool { typeByte == UInt8(ascii: "[") }
    @inlinable
    package var isString: Bool { typeByte == UInt8(ascii: "\"") }
    @inlinable
    package var isNull: Bool { typeByte == UInt8(ascii: "n") }

    /// The decoded bytes of a string (valid UTF-8, may hold NUL); `nil` for any other kind.
    @inlinable
    package var string: UnsafeRawBufferPointer? {
        guard isString else { return nil }
        return stringBytes(at: index)
    }

    @inlinable
    func stringBytes(at index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: cjson_string_bytes(document, index), count: cjson_string_length(document, index))
    }

    /// Calls `body` with each key and value of an object, in source order; nothing for other kinds.
    @inlinable
    package func forEachField(_ body: (UnsafeRawBufferPointer, JSONNode) -> Void) {
        guard isObject else { return }
        let end = cjson_next(document.tape, index) - 1
        var at = index + 1
        while at < end {
            let value = JSONNode(document: document, index: at + 1)
            body(stringBytes(at: at), value)
            at = cjson_next(document.tape, at + 1)
        }
    }

    /// Calls `body` with each element of an array; nothing for other kinds.
    @inlinable
    package func forEachElement(_ body: (JSONNode) -> Void) {
        guard isArray else { return }
        let end = cjson_next(document.tape, index) - 1
        var at = index + 1
        while at < end {
            body(JSONNode(document: document, index: at))
            at = cjson_next(document.tape, at)
        }
    }

    /// The first element of an array.
    package var firstElement: JSONNode? {
        guard isArray, index + 1 < cjson_next(document.tape, index) - 1 else { return nil }
        return JSONNode(document: document, index: index + 1)
    }

    /// The value of a field; of a repeated key the last, as most readers take it.
    ///
    /// - Complexity: O(fields of the object).
    package func field(_ name: UnsafeRawBufferPointer) -> JSONNode? {
        var found: JSONNode?
        forEachField { key, value in
            if key.equals(name) { found = value }
        }
        return found
    }

    package func field(_ name: StaticString) -> JSONNode? {
        field(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }

    package func field(_ name: [UInt8]) -> JSONNode? {
        name.withUnsafeBytes { field($0) }
    }

    /// The value below nested objects.
    package func value(at path: FieldPath) -> JSONNode? {
        var node = self
        for component in path.components {
            guard let next = node.field(component) else { return nil }
            node = next
        }
        return node
    }
}

extension UnsafeRawBufferPointer {
    /// Byte equality.
    @inlinable
    package func equals(_ other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        var at = 0
        while at < count {
            if self[at] != other[at] { return false }
            at += 1
        }
        return true
    }

    package func equals(_ other: [UInt8]) -> Bool { other.withUnsafeBytes { equals($0) } }

    @inlinable
    package func equals(_ other: StaticString) -> Bool {
        equals(UnsafeRawBufferPointer(start: other.utf8Start, count: other.utf8CodeUnitCount))
    }
}
