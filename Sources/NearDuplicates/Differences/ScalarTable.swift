/// Classes and folded forms of code points, filled page by page on first use.
///
/// The standard library's Unicode look-ups take 10-60 ns each and its case mapping allocates; a filled entry
/// is one load. Holds 1 KiB for each page of 256 code points that the data uses.
struct ScalarTable {
    private var pages: ContiguousArray<ContiguousArray<UInt32>> = .init(
        repeating: [], count: 0x1100)

    /// - Returns: the class, and the folded code point (bit 24 marks a pair of ASCII characters).
    @inline(__always)
    mutating func lookUp(_ scalar: UInt32) -> (kind: ScalarClass, folded: UInt32) {
        let page = Int(scalar >> 8)
        if pages[page].isEmpty { fill(page) }
        let entry = pages[page][Int(scalar & 0xFF)]
        return (ScalarClass(rawValue: UInt8(truncatingIfNeeded: entry >> 25)) ?? .unknown, entry & 0x1FF_FFFF)
    }

    @inline(never)
    private mutating func fill(_ page: Int) {
        var entries = ContiguousArray<UInt32>()
        entries.reserveCapacity(256)
        for low in 0..<256 {
            let value = UInt32(page << 8 | low)
            guard let scalar = Unicode.Scalar(value) else {
                entries.append(UInt32(ScalarClass.ignored.rawValue) << 25)
                continue
            }
            let (kind, folded) = ScalarClass.classified(scalar)
            entries.append(UInt32(kind.rawValue) << 25 | folded & 0x1FF_FFFF)
        }
        pages[page] = entries
    }
}
