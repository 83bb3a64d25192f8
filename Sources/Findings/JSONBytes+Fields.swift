extension JSONBytes {
    @inline(__always)
    package mutating func field(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    @inline(__always)
    package mutating func field(_ name: StaticString, _ value: UnsafeRawBufferPointer) {
        key(name)
        string(value)
    }

    @inline(__always)
    package mutating func field(_ name: StaticString, _ value: Int) {
        key(name)
        integer(value)
    }

    @inline(__always)
    package mutating func field(_ name: StaticString, _ value: Bool) {
        key(name)
        bool(value)
    }

    /// A decimal of six places.
    @inline(__always)
    package mutating func field(_ name: StaticString, _ value: Double) {
        key(name)
        decimal(value)
    }

    @inline(__always)
    package mutating func field(_ name: StaticString, hexadecimal value: UInt128) {
        key(name)
        hexadecimal(value)
    }

    /// A value that is JSON already; see `raw(_:)` for what is required of it.
    @inline(__always)
    package mutating func field(_ name: StaticString, raw value: UnsafeRawBufferPointer) {
        key(name)
        raw(value)
    }

    @inline(__always)
    package mutating func field(_ name: StaticString, raw value: [UInt8]) {
        key(name)
        raw(value)
    }

    /// A value that this writer has written before.
    @inline(__always)
    package mutating func field(_ name: StaticString, written value: [UInt8]) {
        key(name)
        written(value)
    }
}
