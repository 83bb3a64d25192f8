import TestSupport
import Testing

@testable import Review

/// Who is let in, attack by attack; a refusal holds no datum.
@Suite struct GatekeeperTests {
    private static let host = "127.0.0.1:4000"

    private func request(
        _ method: String = "GET", _ path: String = "/api/state", cookie: String? = nil,
        _ more: [String: String] = [:],
        query: [String: String] = [:], body: [UInt8] = []
    ) -> PageRequest {
        var headers = ["host": Self.host]
        if let cookie { headers["cookie"] = "theme=dark; " + cookie }
        return PageRequest(
            method: method, path: path, query: query, headers: headers.merging(more) { $1 }, body: body)
    }

    private func status(_ admission: Gatekeeper.Admission) -> Int {
        switch admission {
        case .admitted: 200
        case .welcome: 303
        case .refused(let response): response.status
        }
    }

    /// A gatekeeper with somebody in.
    private func entered() throws -> (Gatekeeper, cookie: String) {
        var keeper = Gatekeeper(port: 4000, now: 0)
        let token = String(try #require(keeper.makeLink().split(separator: "=").last))
        guard
            case .welcome(let header) = keeper.admit(
                request("GET", "/enter", query: ["token": token]), now: 0)
        else {
            throw CancellationError()
        }
        #expect(header.hasSuffix("; HttpOnly; SameSite=Strict; Path=/"))
        return (keeper, String(try #require(header.split(separator: ";").first)))
    }

    private static let post = [
        "origin": "http://127.0.0.1:4000", "content-type": "application/json",
        "sec-fetch-site": "same-origin",
    ]

    @Test func `the browser with the cookie is let in`() throws {
        var (keeper, cookie) = try entered()
        #expect(status(keeper.admit(request(cookie: cookie), now: 0)) == 200)
        #expect(status(keeper.admit(request("POST", "/api/undo", cookie: cookie, Self.post), now: 0)) == 200)
        #expect(
            status(keeper.admit(request(cookie: cookie, ["host": "localhost:4000"]), now: 0)) == 200)
    }

    @Test func `nobody else is`() throws {
        var (keeper, cookie) = try entered()
        let attacks: [(String, PageRequest, Int)] = [
            ("no cookie", request(), 401),
            ("another cookie", request(cookie: "assay-review=" + String(repeating: "0", count: 32)), 401),
            ("a prefix of the cookie", request(cookie: String(cookie.dropLast())), 401),
            ("the page without a cookie", request("GET", "/"), 401),
            (
                "a guessed link",
                request("GET", "/enter", query: ["token": String(repeating: "0", count: 32)]), 401
            ),
            ("a link without a token", request("GET", "/enter"), 401),
            ("DNS rebinding", request(cookie: cookie, ["host": "evil.example:4000"]), 403),
            ("no port in the host", request(cookie: cookie, ["host": "127.0.0.1"]), 403),
            ("another port", request(cookie: cookie, ["host": "127.0.0.1:4001"]), 403),
            ("another site's page reads", request(cookie: cookie, ["sec-fetch-site": "cross-site"]), 403),
            ("another port's page reads", request(cookie: cookie, ["sec-fetch-site": "same-site"]), 403),
            (
                "CSRF with an origin",
                request(
                    "POST", "/api/undo", cookie: cookie,
                    Self.post.merging(["origin": "http://evil.example"]) { $1 }),
                403
            ),
            (
                "CSRF without an origin",
                request("POST", "/api/undo", cookie: cookie, ["content-type": "application/json"]), 403
            ),
            (
                "CSRF from the other loopback name",
                request(
                    "POST", "/api/undo", cookie: cookie,
                    Self.post.merging(["origin": "http://localhost:4000"]) { $1 }),
                403
            ),
            (
                "a form",
                request(
                    "POST", "/api/undo", cookie: cookie,
                    Self.post.merging(["content-type": "text/plain"]) { $1 }),
                415
            ),
            ("another method", request("DELETE", "/api/state", cookie: cookie), 405),
            (
                "a long body",
                request(
                    "POST", "/api/undo", cookie: cookie, Self.post,
                    body: [UInt8](repeating: 0x20, count: Gatekeeper.mostBodyBytes + 1)), 413
            ),
        ]
        for (name, request, expected) in attacks {
            let answer = keeper.admit(request, now: 1000)
            #expect(status(answer) == expected, "\(name)")
        }
    }

    @Test func `a link is good once, and a new one shuts the old browser out`() throws {
        var (keeper, cookie) = try entered()
        let token = String(try #require(keeper.makeLink().split(separator: "=").last))
        let enter = request("GET", "/enter", query: ["token": token])
        #expect(status(keeper.admit(enter, now: 0)) == 303)
        #expect(status(keeper.admit(enter, now: 0)) == 401)
        #expect(status(keeper.admit(request(cookie: cookie), now: 0)) == 401)
    }

    @Test func `guesses run into a limit, and time lifts it`() throws {
        var keeper = Gatekeeper(port: 4000, now: 0)
        _ = keeper.makeLink()
        let guess = request("GET", "/enter", query: ["token": "x"])
        for _ in 0..<20 { #expect(status(keeper.admit(guess, now: 0)) == 401) }
        #expect(status(keeper.admit(guess, now: 0)) == 429)
        #expect(status(keeper.admit(guess, now: 60)) == 401)
    }

    @Test func `tokens and cookies are 128 bits, each another`() throws {
        var keeper = Gatekeeper(port: 4000, now: 0)
        let links = Set((0..<100).map { _ in keeper.makeLink() })
        #expect(links.count == 100 && links.allSatisfy { $0.split(separator: "=")[1].count == 32 })
    }
}
