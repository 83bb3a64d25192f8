/// The shared state of one run; every property is guarded by `monitor`.
final class PipelineState<Batch, Output>: @unchecked Sendable {  // lock: monitor
    private final class Source {
        var reader: Pipeline<Batch, Output>.Reader?
        var isReading = false
        var isExhausted = false
        var isEnded = false
        var error: (any Error)?
        var nextToRead = 0
        var nextToSink = 0
        var results: [Int: Output] = [:]
    }

    private enum Step {
        case work(source: Int, sequence: Int, batch: Batch)
        case read(source: Int)
        case wait
        case stop
    }

    private let pipeline: Pipeline<Batch, Output>
    private let monitor = Monitor()
    private let sources: [Source]
    private let window: Int
    private var ready: [(source: Int, sequence: Int, batch: Batch)] = []
    private var inFlight = 0
    private var sinkIsBusy = false
    private var firstLive = 0
    private(set) var failure: (any Error)?

    init(_ pipeline: Pipeline<Batch, Output>) {
        self.pipeline = pipeline
        sources = (0..<pipeline.sourceCount).map { _ in Source() }
        window = 4 * pipeline.threads
    }

    func loop(worker: Int) {
        monitor.lock()
        defer { monitor.unlock() }
        while true {
            if pipeline.isCancelled(), failure == nil { fail(CancellationError()) }
            drainSink()
            if doAside() { continue }
            switch nextStep() {
            case .stop:
                monitor.wakeAll()
                return
            case .wait: monitor.wait()
            case .read(let source): read(sources[source], index: source)
            case .work(let source, let sequence, let batch):
                perform(worker: worker, source: source, sequence: sequence, batch: batch)
            }
        }
    }

    private func doAside() -> Bool {
        guard failure == nil, let aside = pipeline.aside else { return false }
        monitor.unlock()
        defer { monitor.lock() }
        return aside()
    }

    private func nextStep() -> Step {
        if failure != nil || firstLive == sources.count { return .stop }
        if !ready.isEmpty {
            let item = ready.removeFirst()
            return .work(source: item.source, sequence: item.sequence, batch: item.batch)
        }
        for index in firstLive..<min(sources.count, firstLive + 2 * pipeline.threads) {
            let source = sources[index]
            if source.isReading || source.isExhausted { continue }
            let isHolding = pipeline.order == .global && index == firstLive
            let limit = isHolding ? 2 * window : window
            if inFlight < limit { return .read(source: index) }
        }
        return .wait
    }

    private func read(_ source: Source, index: Int) {
        source.isReading = true
        inFlight += 1
        monitor.unlock()
        var batch: Batch?
        var failed: (any Error)?
        do {
            let reader = try source.reader ?? pipeline.open(index)
            source.reader = reader
            batch = try reader()
        } catch { failed = error }
        monitor.lock()
        source.isReading = false
        if let batch {
            ready.append((index, source.nextToRead, batch))
            source.nextToRead += 1
        } else {
            inFlight -= 1
            source.error = failed
            source.isExhausted = true
            source.reader = nil
        }
        monitor.wakeAll()
    }

    private func perform(worker: Int, source: Int, sequence: Int, batch: Batch) {
        monitor.unlock()
        let result = Result { try pipeline.work(worker, batch) }
        monitor.lock()
        switch result {
        case .success(let output): sources[source].results[sequence] = output
        case .failure(let error): fail(error)
        }
        monitor.wakeAll()
    }

    /// Hands over what is next in order, unless another thread is doing so.
    private func drainSink() {
        guard !sinkIsBusy else { return }
        while failure == nil, let index = sinkable() {
            let source = sources[index]
            let output = source.results.removeValue(forKey: source.nextToSink)
            sinkIsBusy = true
            monitor.unlock()
            let result = Result {
                if let output {
                    try pipeline.sink(index, output)
                } else {
                    try pipeline.ended(index, source.error)
                }
            }
            monitor.lock()
            sinkIsBusy = false
            if output != nil {
                source.nextToSink += 1
                inFlight -= 1
            } else {
                source.isEnded = true
                while firstLive < sources.count, sources[firstLive].isEnded { firstLive += 1 }
            }
            if case .failure(let error) = result { fail(error) }
            monitor.wakeAll()
        }
    }

    /// The first source whose next result, or whose end, can be handed over.
    private func sinkable() -> Int? {
        let last = pipeline.order == .global ? min(firstLive + 1, sources.count) : sources.count
        for index in firstLive..<last {
            let source = sources[index]
            if source.isEnded { continue }
            if source.results[source.nextToSink] != nil { return index }
            if source.isExhausted, source.nextToSink == source.nextToRead { return index }
            if source.nextToRead == 0, !source.isReading, source.reader == nil, !source.isExhausted { break }
        }
        return nil
    }

    private func fail(_ error: any Error) {
        if failure == nil { failure = error }
        monitor.wakeAll()
    }
}
