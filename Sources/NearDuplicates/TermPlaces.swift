/// The places of a few terms.
struct TermPlaces: Sendable {
    let bits: TermBits
    private let places: KeyMap<Int>

    init(_ hashes: [UInt64]) {
        bits = TermBits(hashes)
        var places = KeyMap<Int>(expecting: hashes.count)
        for (place, hash) in hashes.enumerated() { places[hash, default: 0] = place }
        self.places = places
    }

    subscript(hash: UInt64) -> Int? { places[hash] }
}
