import CText

/// Room for probes that is used again for row after row; not for two threads at once.
package final class ProbeBuffer {
    /// Probes in use.
    package internal(set) var count = 0
    private var capacity = 1024
    private(set) var start: UnsafeMutablePointer<ctext_probe>

    package init() { start = .allocate(capacity: capacity) }

    deinit { start.deallocate() }

    package var probes: UnsafeBufferPointer<ctext_probe> { UnsafeBufferPointer(start: start, count: count) }

    /// Makes room for `needed` probes and forgets those in use.
    func reserve(_ needed: Int) {
        count = 0
        guard needed > capacity || (capacity > 1 << 20 && needed < 1 << 18) else { return }
        start.deallocate()
        capacity = max(1024, needed * 5 / 4)
        start = .allocate(capacity: capacity)
    }
}
