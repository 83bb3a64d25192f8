import Testing

@testable import TextForms

struct StampedSetTests {
    @Test func `random rows equal Swift's sets`() {
        let seed = UInt64.random(in: 0..<1 << 32)
        print("seed \(seed)")
        var random = SplitMix(seed: seed)
        let set = StampedSet()
        for round in 0..<600 {
            // Few high bits, so that many hashes want the same place.
            let mask: UInt64 = round % 3 == 0 ? 0x3_0000_00FF : .max
            let first = (0..<Int.random(in: 0...1500, using: &random)).map { _ in random.next() & mask }
            set.begin(expecting: round % 5 == 0 ? 0 : first.count)
            if round % 2 == 0 {
                #expect(first.withUnsafeBufferPointer { set.insert($0) } == Set(first).count)
            } else {
                var model = Set<UInt64>()
                for hash in first { #expect(set.insert(hash) == model.insert(hash).inserted) }
            }
            #expect(set.count == Set(first).count)
            for _ in 0..<3 {
                let second =
                    (0..<200).map { _ in random.next() & mask } + first.shuffled(using: &random).prefix(300)
                    + first.prefix(50)
                second.withUnsafeBufferPointer {
                    #expect(set.countHits(in: $0) == second.filter(Set(first).contains).count)
                    #expect(set.countShared(with: $0) == Set(first).intersection(second).count)
                }
            }
            #expect(!set.contains(random.next() | 1 << 63) || mask == .max)
        }
    }

    @Test func `different hashes are copied in order, and hits counted up to a bound on misses`() {
        var random = SplitMix(seed: 9)
        let set = StampedSet()
        for _ in 0..<200 {
            let first = (0..<Int.random(in: 0...200, using: &random)).map { _ in random.next() % 300 }
            set.begin(expecting: first.count)
            first.withUnsafeBufferPointer { _ = set.insert($0) }
            var target: [UInt64] = [7]
            first.withUnsafeBufferPointer { set.appendDistinct(of: $0, to: &target) }
            var seen = Set<UInt64>()
            #expect(target == [7] + first.filter { seen.insert($0).inserted })
            let second = Array(Set((0..<150).map { _ in random.next() % 300 }))
            let hits = second.filter(seen.contains).count
            let misses = second.count - hits
            for bound in [0, misses - 1, misses, misses + 1, second.count] {
                let counted = second.withUnsafeBufferPointer {
                    set.countShared(withDistinct: $0, maximumMisses: bound)
                }
                #expect(counted == (misses <= max(0, bound) ? hits : nil))
            }
        }
    }

    @Test func `a new set is empty, and the hash 0 is like any other`() {
        let set = StampedSet()
        #expect(!set.contains(0))
        #expect(set.insert(0) && !set.insert(0) && set.contains(0))
        set.begin(expecting: 10)
        #expect(!set.contains(0) && set.count == 0)
    }

    @Test func `stamps and marks start again at their end`() {
        let set = StampedSet()
        set.begin(expecting: 4)
        set.insert(1)
        set.kernel.stamp = .max - 1
        set.begin(expecting: 4)
        set.insert(2)
        set.begin(expecting: 4)
        #expect(!set.contains(1) && !set.contains(2))
        set.insert(3)
        set.kernel.mark = .max - 1
        for _ in 0..<4 {
            #expect([3, 3, 4].withUnsafeBufferPointer { set.countShared(with: $0) } == 1)
        }
    }

    @Test func `shrinks after a huge row`() {
        let set = StampedSet()
        let many = (0..<100_000).map { ShingleOracle.mix(UInt64($0)) }
        set.begin(expecting: 8)
        #expect(many.withUnsafeBufferPointer { set.insert($0) } == many.count)
        #expect(many.withUnsafeBufferPointer { set.countHits(in: $0) } == many.count)
        set.shrink(expecting: 1000)
        #expect(set.count == 0 && !set.contains(many[5]))
        #expect(set.insert(many[5]))
    }

    @Test func `a filter rejects only what the set rejects, and most of it`() {
        print("seed 870")
        var random = SplitMix(seed: 870)
        let filter = ShingleFilter()
        let set = StampedSet()
        var rejected = (filter: 0, set: 0)
        for count in [0, 1, 5, 63, 64, 65, 500, 9_000] {
            let row = (0..<count).map { _ in random.next() }
            row.withUnsafeBufferPointer { row in
                filter.fill(row)
                set.begin(expecting: row.count)
                set.insert(row)
            }
            for strange in [0, 1, 7, 50, 400] {
                let other =
                    Array(row.dropLast(min(strange, count))) + (0..<strange).map { _ in random.next() }
                for most in [0, strange / 2, strange, strange * 2] {
                    other.withUnsafeBufferPointer { other in
                        let isOver = set.countShared(withDistinct: other, maximumMisses: most) == nil
                        let isRejected = filter.rejects(other, maximumMisses: most)
                        #expect(!isRejected || isOver, "\(count) \(strange) \(most)")
                        if isOver { rejected.set += 1 }
                        if isRejected { rejected.filter += 1 }
                    }
                }
            }
        }
        #expect(rejected.filter * 10 >= rejected.set * 8)
    }
}
