import Dispatch

/// Runs `body` for each index on up to `threads` threads, taking the next index when one is done.
///
/// - Throws: the first error met; the indices not yet begun are left out then.
package func parallelFor(_ count: Int, threads: Int, _ body: (_ worker: Int, _ index: Int) throws -> Void)
    throws
{
    let state = ParallelState(count: count)
    withoutActuallyEscaping(body) { body in
        let box = ParallelBody(body: body)
        if threads <= 1 || count <= 1 {
            while let index = state.take() { state.attempt { try box.body(0, index) } }
        } else {
            DispatchQueue.concurrentPerform(iterations: min(threads, count)) { worker in
                while let index = state.take() { state.attempt { try box.body(worker, index) } }
            }
        }
    }
    if let failure = state.failure { throw failure }
}

/// Lets a closure cross into Dispatch; the caller of `parallelFor` answers for what the closure shares.
private struct ParallelBody: @unchecked Sendable {  // no state of its own
    let body: (Int, Int) throws -> Void
}

private final class ParallelState: @unchecked Sendable {  // lock: monitor
    private let monitor = Monitor()
    private let count: Int
    private var next = 0
    private(set) var failure: (any Error)?

    init(count: Int) { self.count = count }

    func take() -> Int? {
        monitor.lock()
        defer { monitor.unlock() }
        guard failure == nil, next < count else { return nil }
        next += 1
        return next - 1
    }

    func attempt(_ body: () throws -> Void) {
        do { try body() } catch {
            monitor.lock()
            if failure == nil { failure = error }
            monitor.unlock()
        }
    }
}
