/// Values by token key: open addressing with linear probing, since the keys are mixed already.
///
/// Key 0 counts as key 1.
struct KeyMap<Value: Sendable>: Sendable {
    private var keys: [UInt64]
    private var values: [Value?]
    private(set) var count = 0

    /// - Parameter count: keys to make room for; more make it grow.
    init(expecting count: Int = 0) {
        var capacity = 64
        while capacity < count * 2 { capacity *= 2 }
        keys = Array(repeating: 0, count: capacity)
        values = Array(repeating: nil, count: capacity)
    }

    var isEmpty: Bool { count == 0 }

    @inline(__always)
    private func place(of key: UInt64) -> Int {
        let mask = keys.count - 1
        var at = Int(truncatingIfNeeded: key) & mask
        while keys[at] != key, keys[at] != 0 { at = (at &+ 1) & mask }
        return at
    }

    @inline(__always)
    private static func valid(_ key: UInt64) -> UInt64 { key == 0 ? 1 : key }

    @inline(__always)
    subscript(key: UInt64) -> Value? {
        let key = Self.valid(key)
        let at = place(of: key)
        return keys[at] == key ? values[at] : nil
    }

    subscript(key: UInt64, default absent: @autoclosure () -> Value) -> Value {
        get { self[key] ?? absent() }
        set {
            if (count + 1) * 2 > keys.count { grow() }
            let key = Self.valid(key)
            let at = place(of: key)
            if keys[at] == 0 {
                keys[at] = key
                count += 1
            }
            values[at] = newValue
        }
    }

    private mutating func grow() {
        let old = self
        self = KeyMap(expecting: old.keys.count)
        old.forEach { self[$0, default: $1] = $1 }
    }

    /// Calls `body` with each key and value, in no particular order.
    func forEach(_ body: (UInt64, Value) -> Void) {
        for (at, key) in keys.enumerated() where key != 0 {
            if let value = values[at] { body(key, value) }
        }
    }
}
