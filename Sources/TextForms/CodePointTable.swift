/// A value for each code point in two stages: equal blocks of 128 code points are stored once.
struct CodePointTable<Value: Equatable & Hashable> {
    /// Place of each block in ``values``, in blocks.
    let blocks: [UInt16]
    let values: [Value]

    static var blockSize: Int { 128 }

    /// - Parameter flat: a value for each of the 0x110000 code points.
    /// - Complexity: O(number of code points).
    init(flat: [Value]) {
        var blocks: [UInt16] = []
        var values: [Value] = []
        var places: [ArraySlice<Value>: UInt16] = [:]
        var previous: (block: ArraySlice<Value>, place: UInt16)?
        for start in stride(from: 0, to: flat.count, by: Self.blockSize) {
            let block = flat[start..<min(start + Self.blockSize, flat.count)]
            if let previous, previous.block.elementsEqual(block) {
                blocks.append(previous.place)
                continue
            }
            let place = places[block] ?? UInt16(truncatingIfNeeded: values.count / Self.blockSize)
            if places[block] == nil {
                places[block] = place
                values.append(contentsOf: block)
            }
            blocks.append(place)
            previous = (block, place)
        }
        self.blocks = blocks
        self.values = values
    }
}
