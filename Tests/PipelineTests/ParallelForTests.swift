import Foundation
import Testing

@testable import Pipeline

@Suite(.serialized) struct ParallelForTests {
    final class Marks: @unchecked Sendable {  // lock: lock
        private let lock = NSLock()
        private var counts: [Int: Int] = [:]
        private var workers = Set<Int>()

        func mark(_ worker: Int, _ index: Int) {
            lock.withLock {
                counts[index, default: 0] += 1
                workers.insert(worker)
            }
        }

        var all: [Int: Int] { lock.withLock { counts } }
        var largestWorker: Int { lock.withLock { workers.max() ?? -1 } }
    }

    @Test(arguments: [0, 1, 2, 3, 8], [0, 1, 2, 7, 100])
    func `each index is taken once by a worker below the number of threads`(threads: Int, count: Int) throws {
        let marks = Marks()
        try parallelFor(count, threads: threads) { worker, index in marks.mark(worker, index) }
        #expect(marks.all == Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, 1) }))
        #expect(marks.largestWorker < max(1, threads))
    }

    @Test(arguments: [1, 4])
    func `an error is thrown and ends the rest`(threads: Int) {
        let marks = Marks()
        #expect(throws: PlannedFailure(place: "index 5")) {
            try parallelFor(100_000, threads: threads) { worker, index in
                if index == 5 { throw PlannedFailure(place: "index 5") }
                marks.mark(worker, index)
            }
        }
        #expect(marks.all.count < 100_000)
    }
}
