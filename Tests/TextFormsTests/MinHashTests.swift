import CText
import Testing

@testable import TextForms

struct MinHashTests {
    static func signature(_ hashes: [UInt64], seed: UInt64 = 1) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: MinHash.slotCount)
        hashes.withUnsafeBufferPointer { MinHash(seed: seed).signature(of: $0, into: &signature) }
        return signature
    }

    static func oracle(_ hashes: [UInt64], seed: UInt64 = 1) -> [UInt8] {
        (0..<128).map { slot in
            let random = ShingleOracle.mix(seed &+ UInt64(slot + 1) &* ShingleOracle.step)
            let multiplier = UInt32(truncatingIfNeeded: random) | 1
            let addend = UInt32(truncatingIfNeeded: random >> 32)
            var least = hashes.map { UInt32(truncatingIfNeeded: $0) &* multiplier &+ addend }.min() ?? .max
            least = (least ^ (least >> 16)) &* 0x85eb_ca6b
            least = (least ^ (least >> 13)) &* 0xc2b2_ae35
            return UInt8(truncatingIfNeeded: least ^ (least >> 16))
        }
    }

    static func matches(_ first: [UInt64], _ second: [UInt64], seed: UInt64 = 1) -> Int {
        MinHash.matches(signature(first, seed: seed), signature(second, seed: seed))
    }

    @Test func `signatures equal the scalar oracle`() {
        var random = SplitMix(seed: 5)
        for count in Array(0...70) + [127, 128, 1000] {
            let hashes = (0..<count).map { _ in random.next() }
            #expect(Self.signature(hashes) == Self.oracle(hashes), "\(count) hashes")
            #expect(Self.signature(hashes) == Self.signature(hashes.reversed() + hashes), "repeats, order")
        }
    }

    @Test func `matches are the equal slots`() {
        var random = SplitMix(seed: 6)
        for _ in 0..<500 {
            let first = (0..<128).map { _ in UInt8.random(in: 0..<3, using: &random) }
            let second = (0..<128).map { _ in UInt8.random(in: 0..<3, using: &random) }
            #expect(MinHash.matches(first, second) == zip(first, second).filter { $0 == $1 }.count)
        }
        let none = [UInt8](repeating: 0, count: 128)
        #expect(MinHash.matches(none, none) == 128)
        #expect(MinHash.matches(none, [UInt8](repeating: 255, count: 128)) == 0)
    }

    @Test func `the estimate of Jaccard is unbiased with the spread of independent slots`() {
        var random = SplitMix(seed: 7)
        var error = 0.0
        var excess = 0.0
        let pairs = 2000
        for _ in 0..<pairs {
            let common = (0..<Int.random(in: 1...150, using: &random)).map { _ in random.next() }
            let first = common + (0..<Int.random(in: 0...100, using: &random)).map { _ in random.next() }
            let second = common + (0..<Int.random(in: 0...100, using: &random)).map { _ in random.next() }
            let jaccard = Double(common.count) / Double(first.count + second.count - common.count)
            let matched = Self.matches(first, second, seed: random.next())
            let difference = MinHash.estimatedJaccard(matches: matched) - jaccard
            let chance = jaccard + (1 - jaccard) / 256
            error += difference
            excess += difference * difference * 128 * (255.0 / 256) * (255.0 / 256) - chance * (1 - chance)
        }
        // The standard error of the mean is at most 0.5 / sqrt(128 * 2000) = 0.001.
        #expect(abs(error / Double(pairs)) < 0.004)
        #expect(abs(excess / Double(pairs)) < 0.03, "variance against p (1 - p), which is at most 0.25")
    }

    @Test(arguments: [ShingleForm.characters(5), .words(5)])
    func `one set of permutations serves many pairs of real shingles`(form: ShingleForm) {
        var random = SplitMix(seed: 8)
        let pairs = 1000
        let seeds = UInt64(1)...4
        var error = 0.0
        var worst = 0.0
        for pair in 0..<pairs {
            let words = TextMaker.words(Int.random(in: 10...120, using: &random), using: &random)
            var edited = words
            for edit in 0..<Int.random(in: 0...8, using: &random) {
                edited[Int.random(in: 0..<edited.count, using: &random)] = "\(pair * 10 + edit)"
            }
            let first = ShinglerTests.shingles(words.joined(separator: " "), form)
            let second = ShinglerTests.shingles(edited.joined(separator: " "), form)
            let union = Set(first).union(second).count
            let jaccard = Double(Set(first).intersection(second).count) / Double(union)
            for seed in seeds {
                let estimate = MinHash.estimatedJaccard(matches: Self.matches(first, second, seed: seed))
                error += (estimate - jaccard) / Double(seeds.count)
                worst = max(worst, abs(estimate - jaccard))
            }
        }
        // Pairs share frequent words, and so their errors, also with ideal hashes: measured up to 0.004.
        #expect(abs(error / Double(pairs)) < 0.006, "\(form)")
        #expect(worst < 0.25, "\(form): nearly six standard deviations at 0.5")
    }

    @Test(arguments: [1, 2, 3])
    func `tiny sets collide as chance has it`(size: Int) {
        var random = SplitMix(seed: UInt64(size))
        for common in 0..<size {
            let pairs = 1500
            let jaccard = Double(common) / Double(2 * size - common)
            let chance = jaccard + (1 - jaccard) / 256
            var sum = 0.0
            var squares = 0.0
            for _ in 0..<pairs {
                let shared = (0..<common).map { _ in random.next() }
                let first = shared + (common..<size).map { _ in random.next() }
                let second = shared + (common..<size).map { _ in random.next() }
                let matched = Double(Self.matches(first, second))
                sum += matched
                squares += (matched - 128 * chance) * (matched - 128 * chance)
            }
            let variance = 128 * chance * (1 - chance)
            #expect(
                abs(sum / Double(pairs) - 128 * chance) < 5 * (variance / Double(pairs)).squareRoot() + 0.1)
            #expect(squares / Double(pairs) < variance * 1.25 + 0.2)
        }
    }

    @Test func `neighbouring single hashes do not match`() {
        // Mixed 64-bit hashes never lie so near one another; the slots must hold even so.
        for near in UInt64(1)...2000 {
            #expect(Self.matches([0x1234_5678], [0x1234_5678 + near]) < 12, "\(near)")
        }
    }
}
