import Dispatch

/// Reads sources, works on their batches in parallel and hands the results, in order, to one sink.
///
/// Stages: reading (one thread a source at a time), working (any number), the sink (one thread at a time), and what the
/// sink leaves to any thread. Each of `threads` Dispatch iterations takes whichever stage has something to do, so that
/// `threads` is also the bound on running threads: one more than there are processors made two threads of a pipeline
/// take turns on one of them. Call it from a plain thread: blocking Dispatch inside an `async` function starves
/// the cooperative pool.
package struct Pipeline<Batch, Output> {
    /// In which order the sink sees results.
    package enum Order: Sendable {
        /// Batches of one source in order; sources beside each other.
        case withinSource
        /// Source by source.
        case global
    }

    /// Reads one source; called by one thread at a time.
    package typealias Reader = () throws -> Batch?

    package var sourceCount: Int
    package var threads: Int
    package var order: Order
    /// Opens a source; an error ends that source alone.
    package var open: (_ source: Int) throws -> Reader
    /// Works on a batch; an error ends the run.
    package var work: (_ worker: Int, _ batch: Batch) throws -> Output
    /// Takes a result; an error ends the run.
    package var sink: (_ source: Int, _ output: Output) throws -> Void
    /// Called after the last result of a source, with the error that ended it early.
    package var ended: (_ source: Int, _ error: (any Error)?) throws -> Void
    /// Does a piece of what the sink has left to any thread, false where there is none; only with several threads.
    package var aside: (() -> Bool)?
    /// Asked between steps; true ends the run with `CancellationError`.
    package var isCancelled: () -> Bool

    package init(
        sourceCount: Int, threads: Int, order: Order,
        open: @escaping (Int) throws -> Reader,
        work: @escaping (Int, Batch) throws -> Output,
        sink: @escaping (Int, Output) throws -> Void,
        ended: @escaping (Int, (any Error)?) throws -> Void = { _, _ in },
        aside: (() -> Bool)? = nil,
        isCancelled: @escaping () -> Bool = { false }
    ) {
        self.sourceCount = sourceCount
        self.threads = max(1, threads)
        self.order = order
        self.open = open
        self.work = work
        self.sink = sink
        self.ended = ended
        self.aside = self.threads > 1 ? aside : nil
        self.isCancelled = isCancelled
    }

    /// Runs to the end.
    ///
    /// Memory: at most `4 x threads` batches are between reading and the sink (twice that, where `global` order
    /// holds back results of later sources).
    ///
    /// - Throws: the first error of `work`, `sink` or `ended`; `CancellationError` when cancelled.
    package func run() throws {
        let state = PipelineState(self)
        if threads == 1 {
            state.loop(worker: 0)
        } else {
            DispatchQueue.concurrentPerform(iterations: threads) { state.loop(worker: $0) }
        }
        if let failure = state.failure { throw failure }
    }
}
