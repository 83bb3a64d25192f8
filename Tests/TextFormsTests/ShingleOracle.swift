import TextForms

/// Shingle hashes by definition: slow, one window after the other.
enum ShingleOracle {
    static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

    static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    static func hash(_ bytes: some Collection<UInt8>, key: UInt64) -> UInt64 {
        var hash = key &+ UInt64(bytes.count) &* step
        var rest = Array(bytes)
        while rest.count > 8 {
            hash = mix(hash ^ number(rest.prefix(8)))
            rest.removeFirst(8)
        }
        return mix(hash ^ number(rest[...]))
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func key(_ seed: UInt64, _ domain: UInt64) -> UInt64 { mix(mix(seed) &+ domain) }

    static func characters(_ text: String, size: Int, seed: UInt64) -> [UInt64] {
        let points = text.unicodeScalars.map { Array(String($0).utf8) }
        if points.isEmpty { return [] }
        if points.count < size { return [whole(text, seed: seed)] }
        return (0...points.count - size).map {
            hash(points[$0..<$0 + size].flatMap { $0 }, key: key(seed, 0x452821e638d01377))
        }
    }

    /// Words as byte arrays: maximal runs of code points that a predicate accepts.
    static func words(_ text: String, _ isWord: (Unicode.Scalar) -> Bool) -> [[UInt8]] {
        text.unicodeScalars.split { !isWord($0) }.map { Array(String(String.UnicodeScalarView($0)).utf8) }
    }

    /// A word with each code point of a script without spaces apart.
    private static func parts(_ word: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        for point in String(decoding: word, as: UTF8.self).unicodeScalars {
            let bytes = Array(String(point).utf8)
            if WordCharacters.unspaced.isWord(point.value), bytes.count > 1 {
                parts += [bytes, []]
            } else {
                parts[parts.count - 1] += bytes
            }
        }
        return parts.filter { !$0.isEmpty }
    }

    static func words(_ text: String, size: Int, seed: UInt64, splitsUnspaced: Bool = false) -> [UInt64] {
        if text.isEmpty { return [] }
        let words = words(text) { WordCharacters.shingle.isWord($0.value) }
        let hashes = (splitsUnspaced ? words.flatMap(parts) : words).map { hash($0, key: 0x243f6a8885a308d3) }
        if hashes.isEmpty { return [whole(text, seed: seed)] }
        func polynomial(_ hashes: ArraySlice<UInt64>) -> UInt64 { hashes.reduce(0) { $0 &* step &+ $1 } }
        if hashes.count < size {
            return [mix(polynomial(hashes[...]) ^ key(seed, 0xc0ac29b7c97c50dd &+ UInt64(hashes.count) * 2))]
        }
        return (0...hashes.count - size).map {
            mix(polynomial(hashes[$0..<$0 + size]) ^ key(seed, 0xbe5466cf34e90c6d))
        }
    }

    static func whole(_ text: String, seed: UInt64) -> UInt64 {
        hash(Array(text.utf8), key: key(seed, 0x3f84d5b5b5470917))
    }
}
