/// Encodes a `Codable` value with `JSONBytes`: keys in the order in which the value encodes them (that of its
/// properties), `nil` as `null`, every `Double` with six decimals.
package struct JSONBytesEncoder {
    /// - Parameter indented: for files that people read; ends with a line break then.
    /// - Throws: what the value's `encode(to:)` throws.
    /// - Complexity: O(bytes written).
    package static func encode(_ value: some Encodable, indented: Bool = true) throws -> [UInt8] {
        let sink = Sink(json: JSONBytes(indented: indented))
        try value.encode(to: Node(sink: sink, codingPath: []))
        sink.finish(depth: 0)
        return indented ? sink.json.bytes + [UInt8(ascii: "\n")] : sink.json.bytes
    }

    /// The one writer, and the containers that are open in it; one is closed when a value follows at its level.
    private final class Sink {
        var json: JSONBytes
        private var open: [Bool] = []

        init(json: JSONBytes) { self.json = json }

        func begin(isObject: Bool) -> Int {
            isObject ? json.beginObject() : json.beginArray()
            open.append(isObject)
            return open.count
        }

        /// Closes all containers deeper than `depth`.
        func finish(depth: Int) {
            while open.count > depth {
                open.removeLast() ? json.endObject() : json.endArray()
            }
        }
    }

    /// An encoder for one value.
    private struct Node: Encoder, SingleValueEncodingContainer {
        let sink: Sink
        let codingPath: [any CodingKey]
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
            KeyedEncodingContainer(
                Object<Key>(sink: sink, depth: sink.begin(isObject: true), codingPath: codingPath))
        }

        func unkeyedContainer() -> any UnkeyedEncodingContainer {
            Elements(sink: sink, depth: sink.begin(isObject: false), codingPath: codingPath)
        }

        func singleValueContainer() -> any SingleValueEncodingContainer { self }

        func encodeNil() { sink.json.null() }

        func encode<Value: Encodable>(_ value: Value) throws {
            switch value {
            case let text as String: sink.json.string(text)
            case let flag as Bool: sink.json.bool(flag)
            case let number as Double: sink.json.decimal(number)
            case let number as Float: sink.json.decimal(Double(number))
            case let number as any BinaryInteger:
                guard let number = Int(exactly: number) else {
                    throw EncodingError.invalidValue(
                        value, .init(codingPath: codingPath, debugDescription: "a number past 64 bits"))
                }
                sink.json.integer(number)
            default: try value.encode(to: self)
            }
        }
    }

    private struct Object<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let sink: Sink
        let depth: Int
        let codingPath: [any CodingKey]

        private func node(_ key: Key) -> Node {
            sink.finish(depth: depth)
            sink.json.key(key.stringValue)
            return Node(sink: sink, codingPath: codingPath + [key])
        }

        func encodeNil(forKey key: Key) { node(key).encodeNil() }

        func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try node(key).encode(value) }

        func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
            if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
        }

        func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
            if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
        }

        func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
            if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
        }

        func encodeIfPresent(_ value: String?, forKey key: Key) throws {
            if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
        }

        func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
            if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> { node(key).container(keyedBy: type) }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            node(key).unkeyedContainer()
        }

        func superEncoder() -> any Encoder { Node(sink: sink, codingPath: codingPath) }
        func superEncoder(forKey key: Key) -> any Encoder { node(key) }
    }

    private struct Elements: UnkeyedEncodingContainer {
        let sink: Sink
        let depth: Int
        let codingPath: [any CodingKey]
        var count = 0

        init(sink: Sink, depth: Int, codingPath: [any CodingKey]) {
            self.sink = sink
            self.depth = depth
            self.codingPath = codingPath
        }

        private mutating func node() -> Node {
            sink.finish(depth: depth)
            count += 1
            return Node(sink: sink, codingPath: codingPath)
        }

        mutating func encodeNil() { node().encodeNil() }
        mutating func encode<Value: Encodable>(_ value: Value) throws { try node().encode(value) }

        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) -> KeyedEncodingContainer<Nested> { node().container(keyedBy: type) }

        mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { node().unkeyedContainer() }
        mutating func superEncoder() -> any Encoder { node() }
    }
}
