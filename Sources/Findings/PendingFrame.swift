import Dispatch
import Synchronization

/// A frame on its way: whoever claims it first, a thread of the queue or the writer that waits for it, compresses it.
///
/// So the writer never waits for a frame that no thread has begun.
/// `claim` guards `content` and `outcome`: the claimer alone touches them until it signals `done`.
final class PendingFrame: @unchecked Sendable {
    let firstLine: Int
    let contentByteCount: Int
    private var content: [UInt8]
    private var outcome: Result<[UInt8], any Error> = .success([])
    private let claim = Atomic<Bool>(false)
    private let done = DispatchSemaphore(value: 0)

    init(content: [UInt8], firstLine: Int) {
        self.content = content
        self.firstLine = firstLine
        contentByteCount = content.count
    }

    var isClaimed: Bool { claim.load(ordering: .relaxed) }

    /// - Returns: whether the caller was the first.
    @discardableResult
    func compressIfUnclaimed(with compressor: FrameCompressor) -> Bool {
        guard !claim.exchange(true, ordering: .acquiringAndReleasing) else { return false }
        outcome = Result { try compressor.compress(content) }
        content = []
        done.signal()
        return true
    }

    /// The frame's bytes; to be called once.
    ///
    /// - Throws: what compression threw.
    func result(with compressor: FrameCompressor) throws -> [UInt8] {
        compressIfUnclaimed(with: compressor)
        done.wait()
        return try outcome.get()
    }
}
