import CText
import Testing

@testable import EvalOverlap

@Suite struct PostingTableTests {
    /// Entries with some keys of many places; a third of the hashes share their first bits.
    private static func hashes(_ count: Int, seed: UInt64) -> [UInt64] {
        var state = seed
        return (0..<count).map { place in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            switch place % 3 {
            case 0: return ctext_mix64(state >> 33 % 7)
            case 1: return 0xABCD_0000_0000_0000 | ctext_mix64(state >> 33 % 50) >> 16
            default: return ctext_mix64(state)
            }
        }
    }

    @Test(arguments: [0, 1, 5, 64, 3000, 20_000], [1, 2])
    func findsThePlacesOfEachKeyInOrder(count: Int, threads: Int) throws {
        let hashes = Self.hashes(count, seed: 7)
        let entries = PostingEntries()
        var expected: [UInt64: [UInt32]] = [:]
        for (place, hash) in hashes.enumerated() {
            entries.add(hash, text: place, place: UInt32(place * 2))
            expected[hash, default: []].append(UInt32(place))
        }
        let table = try PostingTable(entries, threads: threads)
        #expect(table.count == count)
        for (hash, texts) in expected {
            let key = try #require(table.number(of: hash))
            #expect(table.range(of: key).map { table.postings[$0].text } == texts)
            #expect(
                table.range(of: key).allSatisfy { table.postings[$0].place == table.postings[$0].text * 2 })
            #expect(table.range(of: key, most: 12) == (texts.count <= 12 ? key..<key + texts.count : nil))
            #expect(table.range(of: key, most: 256) == (texts.count <= 256 ? key..<key + texts.count : nil))
        }
        for hash in Self.hashes(1000, seed: 99) where expected[hash] == nil {
            #expect(table.number(of: hash) == nil)
        }
    }

    @Test(arguments: [0, 11, 12, 13, 63, 64, 75, 76, 200, 1000])
    func windowsAreThoseWhoseFirstLettersAreTaken(length: Int) {
        var state: UInt64 = 3
        var stream = (0..<length).map { _ -> UInt8 in
            state = ctext_mix64(state)
            return UInt8(0x61 + state % 26)
        }
        stream += [UInt8](repeating: 0, count: Int(CTEXT_OVERLAP_SLACK))
        var expected: [UInt32] = []
        for at in 0..<max(0, length - 11) {
            let factors: [UInt16] = [0x9e37, 0x79b9, 0x7f4b, 0x85eb]
            let sum = (0..<4).reduce(UInt16(0)) { $0 &+ UInt16(stream[at + $1]) &* factors[$1] }
            if sum < 0x4000 { expected.append(UInt32(at)) }
        }
        let probes = ProbeBuffer()
        probes.reserve(length + 1)
        probes.count = ctext_stream_windows(stream, length, nil, probes.start)
        #expect(probes.probes.map(\.start) == expected)
        #expect(Set(probes.probes.map(\.hash)).count == expected.count)
    }
}
