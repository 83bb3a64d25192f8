import Glibc

/// Shingles of the keepers of one component, one keeper after another; of one thread.
///
/// Address space is reserved once and pages are taken as they are written: an array that grows by copying took
/// twice the memory and a twentieth of a scan.
final class ShingleCache {
    private let base: UnsafeMutablePointer<UInt64>?
    private let capacity: Int
    private let budget: ShingleBudget
    /// Steps of the budget that are taken.
    private var steps = 0
    private(set) var count = 0

    /// - Parameter bytes: the most that is ever held; a multiple of `ShingleBudget.step`.
    init(bytes: Int, budget: ShingleBudget) {
        precondition(bytes % ShingleBudget.step == 0, "whole steps are given back")
        self.budget = budget
        let address = mmap(
            nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        let isThere = address != MAP_FAILED
        base = isThere ? address?.assumingMemoryBound(to: UInt64.self) : nil
        capacity = isThere ? bytes / MemoryLayout<UInt64>.stride : 0
    }

    deinit { if let base { munmap(base, capacity * MemoryLayout<UInt64>.stride) } }

    /// Forgets all shingles, and gives all but one step of the budget back.
    ///
    /// - Complexity: O(pages given back).
    func removeAll() {
        count = 0
        guard steps > 1, let base else { return }
        // The pages go too: what another thread may take now must not be held here.
        madvise(base + ShingleBudget.step / 8, (steps - 1) * ShingleBudget.step, MADV_DONTNEED)
        budget.give(steps: steps - 1)
        steps = 1
    }

    /// Room for shingles behind those there are; `nil` where memory for them is used up.
    ///
    /// - Complexity: O(1), and O(steps taken).
    func reserve(_ additional: Int) -> UnsafeMutablePointer<UInt64>? {
        guard let base, count + additional <= capacity else { return nil }
        while (count + additional) * MemoryLayout<UInt64>.stride > steps * ShingleBudget.step {
            guard budget.take() else { return nil }
            steps += 1
        }
        return base + count
    }

    /// Takes shingles that were written to what `reserve` gave.
    ///
    /// - Returns: where they begin.
    func commit(_ written: Int) -> Int {
        count += written
        return count - written
    }

    subscript(range: Range<Int>) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(start: base.map { $0 + range.lowerBound }, count: range.count)
    }
}
