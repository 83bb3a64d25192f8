import Foundation
import Testing

@testable import Shards

/// Dates and times, held against Foundation's calendar and by hand at the ends of the range.
struct ISOTimeTests {
    @Test func `dates are those of the proleptic Gregorian calendar`() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for days in stride(from: -100_000, to: 200_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(days) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            // Foundation changes to the Julian calendar in 1582.
            guard let year = parts.year, let month = parts.month, let day = parts.day, year > 1582 else {
                continue
            }
            #expect(ISOTime.date(days: Int64(days)) == String(format: "%04d-%02d-%02d", year, month, day))
        }
    }

    @Test func `ends of the range have a text`() {
        #expect(ISOTime.date(days: -719_528) == "0000-01-01")
        #expect(ISOTime.date(days: -719_529) == "-00001-12-31")
        #expect(ISOTime.date(days: 2_932_897) == "+10000-01-01")
        for unit in [ArrowTimeUnit.seconds, .milliseconds, .microseconds, .nanoseconds] {
            for value in [Int64.min, -1, 0, .max] {
                #expect(ISOTime.timestamp(value, unit: unit, isUTC: true).hasSuffix("Z"))
                #expect(ISOTime.duration(value, unit: unit).hasSuffix("S"))
                #expect(!ISOTime.time(value, unit: unit).isEmpty)
            }
        }
        #expect(
            ISOTime.timestamp(-1, unit: .nanoseconds, isUTC: false) == "1969-12-31T23:59:59.999999999")
        #expect(ISOTime.duration(-1500, unit: .milliseconds) == "-PT1.500S")
        #expect(ISOTime.time(86_399_000, unit: .milliseconds) == "23:59:59.000")
    }

    @Test func `decimals have all their digits`() {
        func text(_ bytes: [UInt8], _ scale: Int) -> String {
            bytes.withUnsafeBytes { ArrowDecimal($0, scale: scale).text }
        }
        #expect(text([0], 0) == "0")
        #expect(text([0, 0], 2) == "0.00")
        #expect(text([0x7B, 0], 2) == "1.23")
        #expect(text([0xFF, 0xFF], 3) == "-0.001")
        #expect(text([5], -3) == "5000")
        #expect(
            text([UInt8](repeating: 0, count: 15) + [0x80], 0) == "-170141183460469231731687303715884105728")
        #expect(text([UInt8](repeating: 0xFF, count: 31) + [0x7F], 0).count == 77)
    }
}
