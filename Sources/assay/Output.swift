import Glibc
import Reporting

/// Text for people; what comes from data has been sanitised by who made it.
enum Output {
    /// Whether standard output took not all.
    nonisolated(unsafe) private(set) static var hasFailed = false  // main thread only

    /// Writes a line to standard output.
    static func print(_ text: String) { write(text + "\n", to: 1) }

    /// Writes a line to standard error; no raw control character reaches the terminal.
    static func complain(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        write(lines.map { TerminalText.sanitized(String($0)) }.joined(separator: "\n") + "\n", to: 2)
    }

    /// Whether standard output may be coloured.
    static var isColoured: Bool { isatty(1) == 1 && getenv("NO_COLOR") == nil }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                if descriptor == 1, !hasFailed {
                    let code = errno
                    hasFailed = true
                    // Who closed a pipe knows it.
                    if code != EPIPE {
                        complain("assay: cannot write to standard output: \(String(cString: strerror(code)))")
                    }
                }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
