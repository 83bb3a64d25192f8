import Synchronization

/// Frames of some writers that wait for compression, for threads that have a moment: no thread of its own runs beside
/// those of a pipeline, which would take a processor from one of them.
package final class FrameQueue: Sendable {
    private struct Entry {
        var frame: PendingFrame
        var compressor: FrameCompressor
    }

    private let entries = Mutex<[Entry]>([])
    /// Frames of a writer that may wait.
    let window: Int

    /// - Parameter threads: that compress, the one that writes among them; `nil` where it is alone and compresses each
    ///   frame at once.
    package init?(threads: Int) {
        guard threads > 1 else { return nil }
        window = 2 * threads
    }

    func add(_ frame: PendingFrame, _ compressor: FrameCompressor) {
        entries.withLock {
            // What its writer has compressed itself.
            $0.removeAll { $0.frame.isClaimed }
            $0.append(Entry(frame: frame, compressor: compressor))
        }
    }

    /// Compresses the frame that has waited longest.
    ///
    /// - Returns: false where none waits.
    /// - Complexity: O(bytes of the frame).
    package func compressNext() -> Bool {
        while let entry = entries.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            if entry.frame.compressIfUnclaimed(with: entry.compressor) { return true }
        }
        return false
    }
}
