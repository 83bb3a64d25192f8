import Crypto
import Findings

/// Who is let in: one browser, that was given the link on the terminal.
///
/// The link's token is 128 random bits and good for one use; it is exchanged for a cookie of as many bits that is sent
/// to this host alone and never across sites. Host and Origin are checked against the address that is served, so that no
/// other site's page can speak to this one, whatever name it resolves to 127.0.0.1.
package struct Gatekeeper: Sendable {
    package enum Admission: Sendable {
        /// Set the cookie and go to the page.
        case welcome(cookie: String)
        case admitted
        case refused(PageResponse)
    }

    /// Bytes of a request's body.
    package static let mostBodyBytes = 64 << 10

    /// The port that is served.
    package let port: Int
    private var token: String?
    private var session: String?
    private var requests: RateLimit
    private var failures: RateLimit

    /// - Parameter now: seconds of a monotonic clock.
    package init(port: Int, now: Double) {
        self.port = port
        requests = RateLimit(most: 200, perSecond: 50, now: now)
        failures = RateLimit(most: 20, perSecond: 0.5, now: now)
    }

    /// A fresh link for the terminal; who was in before is out once it is used.
    package mutating func makeLink() -> String {
        let fresh = Self.randomDigits()
        token = fresh
        return "http://127.0.0.1:\(port)/enter?token=\(fresh)"
    }

    private static func randomDigits() -> String {
        SymmetricKey(size: .bits128).withUnsafeBytes { bytes in
            bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }

    /// - Parameter now: seconds of a monotonic clock.
    package mutating func admit(_ request: PageRequest, now: Double) -> Admission {
        guard requests.take(now: now) else { return refused(429, "too many requests; wait a second") }
        guard isOwnHost(request) else { return fail(403, "not served under this name", now) }
        guard request.method == "GET" || request.method == "POST" else {
            return refused(405, "GET or POST")
        }
        if let site = request.headers["sec-fetch-site"], site != "same-origin", site != "none" {
            return fail(403, "another site's page may not ask", now)
        }
        if request.method == "GET", request.path == "/enter" { return enter(request, now) }
        guard let session, let cookie = Self.cookie(of: request), Self.isEqual(cookie, session) else {
            return fail(401, "open the link that assay review printed", now)
        }
        guard request.method == "POST" else { return .admitted }
        guard request.headers["origin"] == request.headers["host"].map({ "http://\($0)" }) else {
            return fail(403, "another site's page may not ask", now)
        }
        guard request.headers["content-type"]?.hasPrefix("application/json") ?? false else {
            return refused(415, "application/json alone")
        }
        guard request.body.count <= Self.mostBodyBytes else {
            return refused(413, "more than \(Self.mostBodyBytes) bytes")
        }
        return .admitted
    }

    private mutating func enter(_ request: PageRequest, _ now: Double) -> Admission {
        guard let token, let given = request.query["token"], Self.isEqual(given, token) else {
            return fail(
                401,
                "the link was used already, or is another's; press Enter where assay review runs for a new one",
                now)
        }
        self.token = nil
        let fresh = Self.randomDigits()
        session = fresh
        return .welcome(cookie: "\(Self.cookieName)=\(fresh); HttpOnly; SameSite=Strict; Path=/")
    }

    private static let cookieName = "assay-review"

    private func isOwnHost(_ request: PageRequest) -> Bool {
        request.headers["host"] == "127.0.0.1:\(port)" || request.headers["host"] == "localhost:\(port)"
    }

    private static func cookie(of request: PageRequest) -> String? {
        for part in (request.headers["cookie"] ?? "").split(separator: ";") {
            let pair = part.drop { $0 == " " }
            if pair.hasPrefix("\(cookieName)=") { return String(pair.dropFirst(cookieName.count + 1)) }
        }
        return nil
    }

    /// In a time that does not depend on where they differ.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private mutating func fail(_ status: Int, _ reason: String, _ now: Double) -> Admission {
        guard failures.take(now: now) else { return refused(429, "too many refused requests; wait a minute") }
        return refused(status, reason)
    }

    private func refused(_ status: Int, _ reason: String) -> Admission { .refused(.refusal(status, reason)) }
}
