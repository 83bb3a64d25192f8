import Dispatch
import Findings
import Glibc
import Reporting
import Review
import Synchronization

/// Serves the page until a signal ends the process.
enum PageReview {
    /// - Throws: `UsageError` where the port cannot be had.
    static func run(_ session: ReviewSession, port: Int?, run: String) throws {
        let counts =
            "\(Format.count(session.state.table.clusters.count, "cluster")), "
            + "\(Format.count(session.state.table.overlaps.count, "eval finding")), "
            + "\(Format.count(session.trail.standing.count, "decision")) so far"
        let port = try port ?? freePort()
        let server = try ReviewServer(ReviewRoutes(session), port: port, clock: Progress.now)
        let failure = Mutex<String?>(nil)
        let ended = DispatchSemaphore(value: 0)
        let listening = DispatchSemaphore(value: 0)
        Task {
            do { try await server.run() } catch { failure.withLock { $0 = "\(error)" } }
            ended.signal()
            listening.signal()
        }
        Task {
            try? await server.waitUntilListening()
            listening.signal()
        }
        listening.wait()
        if let reason = failure.withLock({ $0 }) {
            throw UsageError("127.0.0.1:\(port) cannot be served (\(reason)); choose another --port")
        }
        Output.print("review: \(TerminalText.sanitized(run)): \(counts)")
        Output.print("open in a browser on this machine: \(server.makeLink())")
        Output.print(
            "The link is good once; Enter gives a new one, Ctrl-C ends. Every decision is on disk at once.")
        // Where nobody can press Enter, requests are served all the same.
        while let line = readLine() {
            if line.isEmpty { Output.print("open in a browser on this machine: \(server.makeLink())") }
        }
        ended.wait()
        throw UsageError("the page is no longer served: \(failure.withLock { $0 } ?? "the server ended")")
    }

    /// A port that nobody uses now.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard descriptor >= 0, found else {
            throw UsageError("no free port on 127.0.0.1: \(String(cString: strerror(errno)))")
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
