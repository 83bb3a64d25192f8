extension JSONBytes {
    package mutating func field(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    package mutating func field(_ name: StaticString, _ value: UnsafeRawBufferPointer) {
        key(name)
        string(value)
    }

    package mutating func field(_ name: StaticString, _ value: Int) {
        key(name)
        integer(value)
    }

    package mutating func field(_ name: StaticString, _ value: Bool) {
        key(name)
        bool(value)
    }

    /// A decimal of six places.
    package mutating func field(_ name: StaticString, _ value: Double) {
        key(name)
        decimal(value)
    }

    package mutating func field(_ name: StaticString, hexadecimal value: UInt128) {
        key(name)
        hexadecimal(value)
    }

    /// A value that is JSON already; see `raw(_:)` for what is required of it.
    package mutating func field(_ name: StaticString, raw value: UnsafeRawBufferPointer) {
        key(name)
        raw(value)
    }

    package mutating func field(_ name: StaticString, raw value: [UInt8]) {
        key(name)
        raw(value)
    }
}
