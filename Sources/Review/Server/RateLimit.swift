/// A bucket of permissions that fills by time.
struct RateLimit: Sendable {
    private let most: Double
    private let perSecond: Double
    private var held: Double
    private var filled: Double

    /// - Parameters:
    ///   - most: requests at once.
    ///   - now: seconds of a monotonic clock.
    init(most: Int, perSecond: Double, now: Double) {
        self.most = Double(most)
        self.perSecond = perSecond
        held = Double(most)
        filled = now
    }

    /// - Returns: whether one more is allowed now.
    mutating func take(now: Double) -> Bool {
        held = min(most, held + max(0, now - filled) * perSecond)
        filled = now
        guard held >= 1 else { return false }
        held -= 1
        return true
    }
}
