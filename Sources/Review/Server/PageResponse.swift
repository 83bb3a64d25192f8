/// An answer, with the headers that every one of them bears.
package struct PageResponse: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    package init(status: Int, type: String, body: [UInt8], policy: String = Self.emptyPolicy) {
        self.status = status
        self.body = body
        headers = [
            ("Content-Type", type), ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
        ]
    }

    /// Nothing may be loaded or run.
    package static let emptyPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"

    /// A short reason without any datum.
    package static func refusal(_ status: Int, _ reason: String) -> PageResponse {
        PageResponse(status: status, type: "text/plain; charset=utf-8", body: Array("\(reason)\n".utf8))
    }
}
