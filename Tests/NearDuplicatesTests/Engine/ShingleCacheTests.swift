import Testing

@testable import NearDuplicates

@Suite struct ShingleCacheTests {
    @Test func `memory for shingles is shared in steps and given back`() {
        let budget = ShingleBudget(bytes: 3 << 20)
        let first = ShingleCache(bytes: 3 << 20, budget: budget)
        let second = ShingleCache(bytes: 3 << 20, budget: budget)
        let half = 100_000
        #expect(first.reserve(half) != nil)
        #expect(first.commit(half) == 0)
        #expect(first.reserve(2 * half) != nil)
        #expect(first.commit(2 * half) == half)
        #expect(second.reserve(half) == nil)
        first.removeAll()
        #expect(second.reserve(half) != nil)
        #expect(second.commit(half) == 0 && second.count == half)
    }

    @Test func `shingles read back right, also after those before were forgotten`() {
        let cache = ShingleCache(bytes: 4 << 20, budget: ShingleBudget(bytes: 4 << 20))
        for round in UInt64(0)..<3 {
            var starts: [Int] = []
            for keeper in UInt64(0)..<40 {
                guard let place = cache.reserve(10_000) else { break }
                for at in 0..<9_000 { place[at] = round << 40 | keeper << 20 | UInt64(at) }
                starts.append(cache.commit(9_000))
            }
            #expect(starts.count == 40)
            for (keeper, start) in starts.enumerated() {
                let found = cache[start..<start + 9_000]
                let isRight = found.enumerated().allSatisfy {
                    $1 == round << 40 | UInt64(keeper) << 20 | UInt64($0)
                }
                #expect(isRight, "round \(round), keeper \(keeper)")
            }
            cache.removeAll()
            #expect(cache.count == 0)
        }
    }
}
