import Synchronization

/// Memory that the threads of a leader pass share for the shingles of keepers: whoever works on the largest
/// component takes most of it.
final class ShingleBudget: Sendable {
    /// What is taken at once, in bytes.
    static let step = 1 << 20

    private let bytesLeft: Atomic<Int>

    init(bytes: Int) { bytesLeft = Atomic(bytes) }

    /// Takes one step; false where nothing is left.
    func take() -> Bool {
        if bytesLeft.subtract(Self.step, ordering: .relaxed).newValue >= 0 { return true }
        bytesLeft.add(Self.step, ordering: .relaxed)
        return false
    }

    func give(steps: Int) { bytesLeft.add(steps * Self.step, ordering: .relaxed) }
}
