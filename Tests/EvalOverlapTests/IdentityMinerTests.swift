import Testing

@testable import EvalOverlap

@Suite struct IdentityMinerTests {
    private func mined(_ text: String) -> [String] {
        var found: [String] = []
        Array(text.utf8).withUnsafeBytes { bytes in
            IdentityMiner().mine(bytes) { found.append("\($0) \(String(decoding: $1, as: UTF8.self))") }
        }
        return found
    }

    @Test(arguments: [
        ("Write to <Jo.Bell@Example.com>, please.", ["email jo.bell@example.com"]),
        ("mailto:a+b@mail.example.co.uk!", ["email a+b@mail.example.co.uk"]),
        ("see https://Example.com/Orders/17?x=1#top.", ["url example.com/orders/17?x=1"]),
        ("(http://example.com/a/)", ["url example.com/a"]),
        ("Order 58213907 is late", ["orderNumber 58213907"]),
        ("my order no. #48213, thanks", ["orderNumber 48213"]),
        ("ticket: 40817", ["orderNumber 40817"]),
        ("parcel ORD-10293-7 and AB293847!", ["orderNumber ord-10293-7", "orderNumber ab293847"]),
        ("112-3456789-1293567 came", ["orderNumber 112-3456789-1293567"]),
        ("Email:jo@example.com and ticket:40817", ["email jo@example.com", "orderNumber 40817"]),
        ("number 293847561 alone", ["orderNumber 293847561"]),
    ])
    func `identities are found in text`(_ text: String, _ expected: [String]) {
        #expect(mined(text) == expected)
    }

    @Test(arguments: [
        "", "@", "a@b", "jo@example", "@example.com x", "www.example.com", "https://example.com/", "https://",
        "He paid 48213 crowns", "on 2024-01-15 at 12:30:59", "2024-02-29T23:59:59", "order 100000",
        "id 1234567", "covid-19 and utf-8", "x = 1000000007", "3.14159265358979", "$1,000,000", "0x00ff00",
    ])
    func `what names nobody is no identity`(_ text: String) { #expect(mined(text).isEmpty, "\(mined(text))") }

    @Test func `a long run without a break is no identity`() {
        #expect(mined(String(repeating: "7", count: 100_000)).isEmpty)
        #expect(mined(String(repeating: "a", count: 300) + "@example.com").isEmpty)
    }
}
