/// Dates and times in the forms of ISO 8601, in the proleptic Gregorian calendar.
enum ISOTime {
    /// `2024-02-29`; a year beyond four digits with its sign.
    static func date(days: Int64) -> String {
        let (year, month, day) = civil(days)
        return "\(yearText(year))-\(padded(Int64(month), 2))-\(padded(Int64(day), 2))"
    }

    /// `23:59:59`, with as many digits of the second as the unit has.
    static func time(_ value: Int64, unit: ArrowTimeUnit) -> String {
        let (seconds, fraction) = floorDivided(value, by: unit.count)
        let clock =
            "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        return unit.digits == 0 ? clock : "\(clock).\(padded(fraction, unit.digits))"
    }

    /// `2024-02-29T23:59:59.000`, with `Z` where the column is in UTC.
    static func timestamp(_ value: Int64, unit: ArrowTimeUnit, isUTC: Bool) -> String {
        let (days, rest) = floorDivided(value, by: unit.count * 86_400)
        return "\(date(days: days))T\(time(rest, unit: unit))\(isUTC ? "Z" : "")"
    }

    /// `PT1.5S`: seconds, with as many digits as the unit has.
    static func duration(_ value: Int64, unit: ArrowTimeUnit) -> String {
        let magnitude = value.magnitude
        let whole = magnitude / UInt64(unit.count)
        let fraction = Int64(magnitude % UInt64(unit.count))
        let seconds = unit.digits == 0 ? "\(whole)" : "\(whole).\(padded(fraction, unit.digits))"
        return "\(value < 0 ? "-" : "")PT\(seconds)S"
    }

    /// The quotient rounded down, and what is left, which is never negative.
    static func floorDivided(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// Year, month and day of a day since 1970-01-01: eras of 400 years of 146,097 days, years from March on
    /// (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013).
    private static func civil(_ days: Int64) -> (year: Int64, month: Int, day: Int) {
        let (era, dayOfEra) = floorDivided(days + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = Int(dayOfYear - (153 * shifted + 2) / 5) + 1
        let month = Int(shifted < 10 ? shifted + 3 : shifted - 9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func yearText(_ year: Int64) -> String {
        if (0...9999).contains(year) { return padded(year, 4) }
        return "\(year < 0 ? "-" : "+")\(padded(Int64(clamping: year.magnitude), 5))"
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
