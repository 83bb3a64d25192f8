/// A field that lies outside the compared text, by hash: what tells `fields` from `identical`.
package struct OutsideField: Sendable, Equatable, Comparable {
    /// Low 32 bits of the name's XXH3.
    package var name: UInt32
    /// Low 32 bits of the value's content hash.
    package var value: UInt32

    package init(name: UInt32, value: UInt32) {
        self.name = name
        self.value = value
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.name, left.value) < (right.name, right.value)
    }
}
