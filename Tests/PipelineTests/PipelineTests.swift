import Foundation
import TestSupport
import Testing

@testable import Pipeline

/// An error of a test's own.
struct PlannedFailure: Error, Equatable {
    var place: String
}

@Suite(.serialized) struct PipelineTests {
    /// Runs on a thread of its own, as the executable does; a run that does not end fails the test.
    static func onPlainThread(seconds: Int = 60, _ body: @escaping @Sendable () -> Void) {
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            body()
            done.signal()
        }
        thread.start()
        #expect(done.wait(timeout: .now() + .seconds(seconds)) == .success, "the run does not end")
    }

    /// What a run did, collected under a lock.
    final class Journal: @unchecked Sendable {  // lock: lock
        private let lock = NSLock()
        private var lists: [Int: [Int]] = [:]
        private var sequence: [Int] = []
        private var ends: [Int] = []
        private var errors: [Int: PlannedFailure] = [:]
        private var counters: [String: Int] = [:]
        private var peaks: [String: Int] = [:]

        func sink(_ source: Int, _ value: Int) {
            lock.withLock {
                lists[source, default: []].append(value)
                sequence.append(source)
            }
        }

        func end(_ source: Int, _ error: (any Error)?) {
            lock.withLock {
                ends.append(source)
                errors[source] = error as? PlannedFailure
            }
        }

        func add(_ name: String, _ change: Int) {
            lock.withLock {
                counters[name, default: 0] += change
                peaks[name] = max(peaks[name] ?? 0, counters[name] ?? 0)
            }
        }

        func values(of source: Int) -> [Int] { lock.withLock { lists[source] ?? [] } }
        var sourcesInOrder: [Int] { lock.withLock { sequence } }
        var ended: [Int] { lock.withLock { ends } }
        func error(of source: Int) -> PlannedFailure? { lock.withLock { errors[source] } }
        func peak(_ name: String) -> Int { lock.withLock { peaks[name] ?? 0 } }
        func count(_ name: String) -> Int { lock.withLock { counters[name] ?? 0 } }
    }

    /// How one run is laid out.
    struct Plan: Sendable {
        var batches: [Int]
        var threads: Int
        var order: Pipeline<Int, Int>.Order
        var seed: UInt64 = 0
        var openFails: Set<Int> = []
        /// Source to batch before which reading fails.
        var readFails: [Int: Int] = [:]
        var workFails: (source: Int, batch: Int)?
        var sinkFails: (source: Int, batch: Int)?
        var endFails: Int?
        /// Results after which the run is cancelled.
        var cancelAfter: Int?
        var pauses = false
    }

    private static func pause(_ plan: Plan, _ place: Int) {
        guard plan.pauses else { return }
        var generator = SplitMix(seed: plan.seed &+ UInt64(place))
        if generator.chance(30) { usleep(UInt32(generator.below(400))) }
    }

    @discardableResult
    private static func run(_ plan: Plan, _ journal: Journal) -> Result<Void, any Error> {
        final class Box: @unchecked Sendable {  // written before the thread ends, read after
            var result: Result<Void, any Error> = .failure(PlannedFailure(place: "not run"))
        }
        let box = Box()
        onPlainThread { box.result = Result { try pipeline(plan, journal).run() } }
        return box.result
    }

    private static func pipeline(_ plan: Plan, _ journal: Journal) -> Pipeline<Int, Int> {
        Pipeline<Int, Int>(
            sourceCount: plan.batches.count, threads: plan.threads, order: plan.order,
            open: { source in
                if plan.openFails.contains(source) { throw PlannedFailure(place: "open") }
                var next = 0
                return {
                    journal.add("readers of \(source)", 1)
                    defer { journal.add("readers of \(source)", -1) }
                    pause(plan, source * 1_000 + next)
                    if plan.readFails[source] == next { throw PlannedFailure(place: "read") }
                    guard next < plan.batches[source] else { return nil }
                    next += 1
                    journal.add("in flight", 1)
                    return source * 1_000_000 + next - 1
                }
            },
            work: { _, batch in
                pause(plan, batch &* 7)
                if let fails = plan.workFails, batch == fails.source * 1_000_000 + fails.batch {
                    throw PlannedFailure(place: "work")
                }
                return batch * 2
            },
            sink: { source, output in
                journal.add("sinks", 1)
                defer { journal.add("sinks", -1) }
                pause(plan, output &* 11)
                if let fails = plan.sinkFails, output == 2 * (fails.source * 1_000_000 + fails.batch) {
                    throw PlannedFailure(place: "sink")
                }
                journal.sink(source, output)
                journal.add("in flight", -1)
                journal.add("sunk", 1)
            },
            ended: { source, error in
                journal.add("sinks", 1)
                defer { journal.add("sinks", -1) }
                if plan.endFails == source { throw PlannedFailure(place: "ended") }
                journal.end(source, error)
            },
            isCancelled: { plan.cancelAfter.map { journal.count("sunk") >= $0 } ?? false })
    }

    private static func expectComplete(_ plan: Plan, _ journal: Journal) {
        for (source, count) in plan.batches.enumerated() {
            let read = plan.openFails.contains(source) ? 0 : min(count, plan.readFails[source] ?? count)
            #expect(
                journal.values(of: source) == (0..<read).map { 2 * (source * 1_000_000 + $0) },
                "source \(source)")
            #expect(journal.peak("readers of \(source)") <= 1)
        }
        #expect(journal.ended.sorted() == Array(plan.batches.indices))
        #expect(journal.peak("sinks") <= 1)
        if plan.order == .global {
            #expect(journal.sourcesInOrder == journal.sourcesInOrder.sorted())
            #expect(journal.ended == Array(plan.batches.indices))
        }
    }

    @Test(arguments: [1, 2, 3, 8])
    func `results come in order, each once, to one sink at a time`(threads: Int) {
        for order in [Pipeline<Int, Int>.Order.withinSource, .global] {
            let plan = Plan(batches: [30, 0, 1, 55, 7], threads: threads, order: order, pauses: true)
            let journal = Journal()
            if case .failure(let error) = Self.run(plan, journal) { Issue.record(error) }
            Self.expectComplete(plan, journal)
        }
    }

    @Test func `two hundred schedules at random end with every result`() {
        let seed: UInt64 = 8_080
        print("seed \(seed)")
        var generator = SplitMix(seed: seed)
        for round in 0..<200 {
            let sources = generator.below(12)
            var plan = Plan(
                batches: (0..<sources).map { _ in generator.chance(30) ? 0 : generator.below(25) },
                threads: 1 + generator.below(8), order: generator.chance(50) ? .global : .withinSource,
                seed: generator.next() >> 32, pauses: generator.chance(50))
            for source in 0..<sources {
                if generator.chance(10) { plan.openFails.insert(source) }
                if generator.chance(15) { plan.readFails[source] = generator.below(plan.batches[source] + 1) }
            }
            let journal = Journal()
            if case .failure(let error) = Self.run(plan, journal) { Issue.record("round \(round): \(error)") }
            Self.expectComplete(plan, journal)
        }
    }

    @Test func `a source that cannot be opened or read ends alone, after its results`() {
        for threads in [1, 4] {
            let plan = Plan(
                batches: [5, 9, 4, 6], threads: threads, order: .global, openFails: [2], readFails: [1: 3])
            let journal = Journal()
            if case .failure(let error) = Self.run(plan, journal) { Issue.record(error) }
            Self.expectComplete(plan, journal)
            #expect(journal.error(of: 1) == PlannedFailure(place: "read"))
            #expect(journal.error(of: 2) == PlannedFailure(place: "open"))
            #expect(journal.error(of: 0) == nil && journal.error(of: 3) == nil)
        }
    }

    @Test(arguments: [1, 2, 8])
    func `an error of work, sink or ended ends the run and is thrown`(threads: Int) {
        for (place, change) in [
            ("work", { (plan: inout Plan) in plan.workFails = (1, 4) }),
            ("sink", { (plan: inout Plan) in plan.sinkFails = (2, 0) }),
            ("ended", { (plan: inout Plan) in plan.endFails = 1 }),
        ] {
            for order in [Pipeline<Int, Int>.Order.withinSource, .global] {
                var plan = Plan(batches: [20, 20, 200], threads: threads, order: order, pauses: true)
                change(&plan)
                let journal = Journal()
                guard case .failure(let error) = Self.run(plan, journal) else {
                    Issue.record("\(place) did not end the run")
                    continue
                }
                #expect(error as? PlannedFailure == PlannedFailure(place: place))
                #expect(journal.peak("sinks") <= 1)
                #expect(journal.values(of: 2).count < 200)
            }
        }
    }

    @Test(arguments: [1, 2, 8])
    func `a cancelled run ends soon with a cancellation error`(threads: Int) {
        var plan = Plan(batches: [500, 500], threads: threads, order: .withinSource)
        plan.cancelAfter = 10
        let journal = Journal()
        guard case .failure(let error) = Self.run(plan, journal) else {
            Issue.record("the run was not cancelled")
            return
        }
        #expect(error is CancellationError)
        #expect(journal.count("sunk") < 500)
    }

    @Test(arguments: [1, 2, 4, 8])
    func `batches in flight keep to the bound`(threads: Int) {
        // A sink that is slow against reading; sources beside each other.
        for (order, bound) in [(Pipeline<Int, Int>.Order.withinSource, 4 * threads), (.global, 8 * threads)] {
            for batches in [[300], [60, 60, 60, 60, 60]] {
                let journal = Journal()
                var plan = Plan(batches: batches, threads: threads, order: order)
                plan.seed = 5
                let slow = Self.pipeline(plan, journal)
                var pipeline = slow
                pipeline.sink = { source, output in
                    usleep(300)
                    try slow.sink(source, output)
                }
                let run = pipeline
                nonisolated(unsafe) let unchecked = run
                Self.onPlainThread { try? unchecked.run() }
                #expect(journal.count("sunk") == 300)
                #expect(journal.peak("in flight") <= bound, "\(order)")
            }
        }
    }

    @Test func `thousands of empty sources and none at all end at once`() {
        for count in [0, 1, 5_000] {
            for threads in [1, 8] {
                for order in [Pipeline<Int, Int>.Order.withinSource, .global] {
                    let plan = Plan(
                        batches: Array(repeating: 0, count: count), threads: threads, order: order)
                    let journal = Journal()
                    if case .failure(let error) = Self.run(plan, journal) { Issue.record(error) }
                    Self.expectComplete(plan, journal)
                }
            }
        }
    }

    @Test func `fewer threads than one count as one`() {
        let plan = Plan(batches: [3], threads: 0, order: .global)
        let journal = Journal()
        if case .failure(let error) = Self.run(plan, journal) { Issue.record(error) }
        Self.expectComplete(plan, journal)
    }
}
