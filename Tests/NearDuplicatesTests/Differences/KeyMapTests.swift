import TestSupport
import Testing

@testable import NearDuplicates

@Suite struct KeyMapTests {
    @Test func `a map of keys equals a dictionary, also for keys that collide and key 0`() {
        print("seed 840")
        var generator = SplitMix(seed: 840)
        var map = KeyMap<Int>()
        var plain: [UInt64: Int] = [:]
        for step in 0..<4_000 {
            let low = UInt64(generator.below(40))
            let key = generator.below(2) == 0 ? low : low | UInt64(generator.below(50)) << 20
            map[key, default: 0] += step
            plain[key == 0 ? 1 : key, default: 0] += step
        }
        #expect(map.count == plain.count)
        var found: [UInt64: Int] = [:]
        map.forEach { found[$0] = $1 }
        #expect(found == plain)
        #expect(map[1 << 50] == nil)
    }
}
