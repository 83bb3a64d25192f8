import Glibc
import Synchronization

/// Progress on standard error: a line rewritten on a terminal, plain lines otherwise, nothing when quiet.
final class Progress: Sendable {
    private let isQuiet: Bool
    private let isTerminal: Bool
    private let state: Mutex<State>

    private struct State {
        var phase = ""
        var total = 0
        var done = 0
        var started = Progress.now()
        var shown = 0.0
    }

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
        isTerminal = isatty(2) == 1
        state = Mutex(State())
    }

    /// Seconds of a monotonic clock.
    static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Begins a phase of `total` bytes; 0 where the size is not known.
    func begin(_ phase: String, total: Int = 0) {
        if isQuiet { return }
        state.withLock { state in
            state = State(phase: phase, total: total)
            if isTerminal { Self.write("\r\u{1B}[K\(phase) …") }
        }
    }

    func advance(_ bytes: Int) {
        if isQuiet { return }
        state.withLock { state in
            state.done += bytes
            let now = Self.now()
            let pause = isTerminal ? 0.2 : 10.0
            guard now - max(state.shown, state.started) >= pause else { return }
            state.shown = now
            let rate = Double(state.done) / 1e6 / max(0.001, now - state.started)
            var line = "\(state.phase): \(state.done / 1_000_000) MB, \(Int(rate)) MB/s"
            if state.total > state.done, rate > 0 {
                line += ", about \(Int(Double(state.total - state.done) / 1e6 / rate) + 1) s left"
            }
            Self.write(isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
        }
    }

    func end() {
        if isQuiet || !isTerminal { return }
        Self.write("\r\u{1B}[K")
    }

    private static func write(_ text: String) {
        var bytes = Array(text.utf8)
        _ = Glibc.write(2, &bytes, bytes.count)
    }
}
