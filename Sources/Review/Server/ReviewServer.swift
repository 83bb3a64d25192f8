import FlyingFox
import Foundation
import Synchronization

/// Serves a session on 127.0.0.1, to one browser.
package final class ReviewServer: Sendable {
    private struct Guarded: ~Copyable {
        var gatekeeper: Gatekeeper
        let routes: ReviewRoutes
    }

    private let guarded: Mutex<Guarded>
    private let server: HTTPServer
    private let clock: @Sendable () -> Double

    /// - Parameters:
    ///   - port: a free one.
    ///   - clock: seconds, monotonic.
    package init(_ routes: ReviewRoutes, port: Int, clock: @escaping @Sendable () -> Double) throws {
        self.clock = clock
        guarded = Mutex(Guarded(gatekeeper: Gatekeeper(port: port, now: clock()), routes: routes))
        // Loopback alone, by its number: no name is resolved.
        server = HTTPServer(
            config: HTTPServer.Configuration(
                address: try .inet(ip4: "127.0.0.1", port: UInt16(port)), timeout: 30,
                sharedRequestBufferSize: Gatekeeper.mostBodyBytes,
                sharedRequestReplaySize: Gatekeeper.mostBodyBytes,
                logger: .disabled))
    }

    /// A link that is good once; whoever was in is out when it is used.
    package func makeLink() -> String { guarded.withLock { $0.gatekeeper.makeLink() } }

    /// Serves until it is stopped.
    ///
    /// - Throws: where the port is taken.
    package func run() async throws {
        await server.appendRoute("*") { [self] request in await answer(request) }
        try await server.run()
    }

    package func stop() async { await server.stop(timeout: 0.2) }

    /// Whether requests are taken.
    package func waitUntilListening() async throws { try await server.waitUntilListening(timeout: 5) }

    private func answer(_ request: HTTPRequest) async -> HTTPResponse {
        guard let body = await Self.body(of: request) else {
            return Self.response(.refusal(413, "more than \(Gatekeeper.mostBodyBytes) bytes"))
        }
        let asked = PageRequest(
            method: request.method.rawValue, path: request.path,
            query: Dictionary(
                request.query.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
            headers: Dictionary(
                request.headers.map { ($0.key.rawValue.lowercased(), $0.value) },
                uniquingKeysWith: { first, _ in first }), body: body)
        return Self.response(respond(to: asked))
    }

    /// - Returns: the answer to a request, after the gatekeeper.
    package func respond(to request: PageRequest) -> PageResponse {
        guarded.withLock { guarded in
            switch guarded.gatekeeper.admit(request, now: clock()) {
            case .refused(let response): return response
            case .welcome(let cookie):
                var response = PageResponse.refusal(303, "welcome")
                response.headers += [("Location", "/"), ("Set-Cookie", cookie)]
                return response
            case .admitted: return guarded.routes.respond(to: request)
            }
        }
    }

    /// - Returns: `nil` for one that is too long.
    private static func body(of request: HTTPRequest) async -> [UInt8]? {
        if let count = request.bodySequence.count, count > Gatekeeper.mostBodyBytes { return nil }
        var bytes: [UInt8] = []
        do {
            for try await part in request.bodySequence {
                bytes += part
                if bytes.count > Gatekeeper.mostBodyBytes { return nil }
            }
        } catch {
            return nil
        }
        return bytes
    }

    private static func response(_ response: PageResponse) -> HTTPResponse {
        var headers = HTTPHeaders()
        for (name, value) in response.headers { headers[HTTPHeader(name)] = value }
        return HTTPResponse(
            statusCode: HTTPStatusCode(response.status, phrase: phrases[response.status] ?? "Answer"),
            headers: headers, body: Data(response.body))
    }

    private static let phrases = [
        200: "OK", 303: "See Other", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
        404: "Not Found",
        405: "Method Not Allowed", 409: "Conflict", 413: "Content Too Large", 415: "Unsupported Media Type",
        429: "Too Many Requests", 500: "Internal Server Error",
    ]
}
