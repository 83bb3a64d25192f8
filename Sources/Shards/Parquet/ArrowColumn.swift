import CArrow
import CText

/// One column of decoded rows, and how each of its cells reads as JSON.
///
/// The rules (README, "Parquet"): text as a string, numbers as numbers, NaN and infinities as strings, decimals as
/// strings with all their digits, times in ISO 8601 with the digits of their unit, other bytes in Base64, lists as
/// arrays, structs as objects, maps with text keys as objects, a null as `null`.
///
/// Bound to one batch at a time, and valid as long as that. Not thread-safe.
final class ArrowColumn {
    let kind: ArrowKind
    /// The column's place in the schema, nested by dots, for messages.
    let path: String
    let children: [ArrowColumn]
    /// The values that the cells number, of a dictionary column.
    let dictionary: ArrowColumn?
    /// Of a struct: what stands before each field's value, comma or brace, key and colon.
    let keys: [[UInt8]]

    var offset = 0
    private(set) var count = 0
    private var validity: UnsafePointer<UInt8>?
    /// The buffers behind the validity.
    var first: UnsafeRawPointer?
    var second: UnsafeRawPointer?
    /// Of a view column: all of its buffers.
    var buffers: UnsafeMutablePointer<UnsafeRawPointer?>?

    /// A column without fields.
    static var empty: ArrowColumn { ArrowColumn(kind: .structure, path: "", children: [], names: []) }

    private init(
        kind: ArrowKind, path: String, children: [ArrowColumn], dictionary: ArrowColumn? = nil,
        names: [String]
    ) {
        self.kind = kind
        self.path = path
        self.children = children
        self.dictionary = dictionary
        keys = names.enumerated().map { place, name in Self.key(name, isFirst: place == 0) }
    }

    /// The struct of all columns at the top.
    ///
    /// - Parameters:
    ///   - unmarkedIsText: plain bytes are text in this file.
    ///   - shard: the file, for messages.
    /// - Throws: `ShardError` of code `unsupported` for a type that no row can be written with.
    convenience init(root schema: ArrowSchema, unmarkedIsText: Bool, in shard: Shard) throws(ShardError) {
        try self.init(schema, path: "", unmarkedIsText: unmarkedIsText, in: shard)
    }

    private convenience init(
        _ schema: ArrowSchema, path: String, unmarkedIsText: Bool, in shard: Shard
    ) throws(ShardError) {
        let format = schema.format.map { String(cString: $0) } ?? ""
        guard let kind = ArrowKind(format: format, unmarkedIsText: unmarkedIsText) else {
            throw ParquetFile.failure(
                code: CARROW_UNSUPPORTED, "column \(path) has the type \(format)", in: shard, group: nil)
        }
        var children: [ArrowColumn] = []
        var names: [String] = []
        for place in 0..<Int(schema.n_children) {
            guard let child = schema.children?[place]?.pointee else { continue }
            let name = Self.name(of: child)
            names.append(name)
            // The elements of lists and maps have no name of their own that a reader knows.
            let below = kind == .structure ? (path.isEmpty ? name : "\(path).\(name)") : path
            children.append(try ArrowColumn(child, path: below, unmarkedIsText: unmarkedIsText, in: shard))
        }
        var dictionary: ArrowColumn?
        if let values = schema.dictionary?.pointee {
            dictionary = try ArrowColumn(values, path: path, unmarkedIsText: unmarkedIsText, in: shard)
        }
        self.init(kind: kind, path: path, children: children, dictionary: dictionary, names: names)
    }

    /// A field's name; bytes that are not UTF-8 as `\xHH`.
    static func name(of schema: ArrowSchema) -> String {
        guard let name = schema.name else { return "" }
        var count = 0
        while name[count] != 0 { count += 1 }
        return Shard.text(of: Array(UnsafeRawBufferPointer(start: name, count: count)))
    }

    private static func key(_ name: String, isFirst: Bool) -> [UInt8] {
        let writer = JSONRowWriter(capacity: 64, rowLimit: 1 << 20)
        writer.byte(UInt8(ascii: isFirst ? "{" : ","))
        var name = name
        name.withUTF8 { writer.string(UnsafeRawBufferPointer($0), of: .empty) }
        writer.byte(UInt8(ascii: ":"))
        let buffer = writer.handOut()
        return Array(UnsafeRawBufferPointer(start: buffer.base, count: buffer.count))
    }

    /// Points the column at a batch.
    func bind(_ array: ArrowArray) {
        offset = Int(array.offset)
        self.count = Int(array.length)
        buffers = array.buffers
        let count = Int(array.n_buffers)
        let bits = count > 0 && array.null_count != 0 ? array.buffers?[0] : nil
        validity = bits?.assumingMemoryBound(to: UInt8.self)
        first = count > 1 ? array.buffers?[1] : nil
        second = count > 2 ? array.buffers?[2] : nil
        for (place, child) in children.enumerated() {
            if let array = array.children?[place]?.pointee { child.bind(array) }
        }
        if let array = array.dictionary?.pointee { dictionary?.bind(array) }
    }

    /// Whether the cell at a place of the buffers holds no value.
    @inline(__always)
    func isNull(_ place: Int) -> Bool {
        guard let validity else { return kind == .null }
        return validity[place >> 3] >> UInt8(truncatingIfNeeded: place & 7) & 1 == 0
    }

    /// A value of the buffer behind the validity.
    @inline(__always)
    func value<Value: BitwiseCopyable>(_ place: Int, as type: Value.Type) -> Value {
        guard let first else { preconditionFailure("a column of fixed width has its values") }
        return first.loadUnaligned(fromByteOffset: place * MemoryLayout<Value>.size, as: type)
    }
}
