/// The layouts of the Arrow C data interface (arrow.apache.org, "The Arrow C data interface", format strings).
enum ArrowKind: Equatable {
    case null, boolean
    /// Whole numbers of so many bytes.
    case signed(Int), unsigned(Int)
    case half, single, double
    /// Bytes with offsets, of 64 bits where large.
    case bytes(isText: Bool, isLarge: Bool)
    case byteView(isText: Bool)
    case fixedBytes(Int)
    /// So many bytes, the point before the last `scale` digits.
    case decimal(width: Int, scale: Int)
    case days, milliseconds
    case time(ArrowTimeUnit)
    case timestamp(ArrowTimeUnit, isUTC: Bool)
    case duration(ArrowTimeUnit)
    case list(isLarge: Bool), listView(isLarge: Bool), fixedList(Int)
    case structure, map

    /// `nil` for a format that Parquet files do not hold.
    init?(format: String, unmarkedIsText: Bool) {
        switch format {
        case "n": self = .null
        case "b": self = .boolean
        case "c": self = .signed(1)
        case "s": self = .signed(2)
        case "i": self = .signed(4)
        case "l": self = .signed(8)
        case "C": self = .unsigned(1)
        case "S": self = .unsigned(2)
        case "I": self = .unsigned(4)
        case "L": self = .unsigned(8)
        case "e": self = .half
        case "f": self = .single
        case "g": self = .double
        case "u", "U": self = .bytes(isText: true, isLarge: format == "U")
        case "z", "Z": self = .bytes(isText: unmarkedIsText, isLarge: format == "Z")
        case "vu": self = .byteView(isText: true)
        case "vz": self = .byteView(isText: unmarkedIsText)
        case "tdD": self = .days
        case "tdm": self = .milliseconds
        case "+s": self = .structure
        case "+m": self = .map
        case "+l", "+L": self = .list(isLarge: format == "+L")
        case "+vl", "+vL": self = .listView(isLarge: format == "+vL")
        default:
            guard let kind = Self.parametric(format) else { return nil }
            self = kind
        }
    }

    /// Formats with numbers in them, and times.
    private static func parametric(_ format: String) -> ArrowKind? {
        let text = format.utf8
        if format.hasPrefix("w:") { return Int(format.dropFirst(2)).map { .fixedBytes($0) } }
        if format.hasPrefix("+w:") { return Int(format.dropFirst(3)).map { .fixedList($0) } }
        if format.hasPrefix("d:") {
            let numbers = format.dropFirst(2).split(separator: ",").compactMap { Int($0) }
            guard numbers.count >= 2 else { return nil }
            return .decimal(width: (numbers.count > 2 ? numbers[2] : 128) / 8, scale: numbers[1])
        }
        guard text.count >= 3, let unit = ArrowTimeUnit(letter: Array(text)[2]) else { return nil }
        if format.hasPrefix("tt") { return .time(unit) }
        if format.hasPrefix("tD") { return .duration(unit) }
        if format.hasPrefix("ts") { return .timestamp(unit, isUTC: !format.hasSuffix(":")) }
        return nil
    }

    /// Whether the cells are text.
    var isText: Bool {
        switch self {
        case .bytes(let isText, _), .byteView(let isText): isText
        default: false
        }
    }
}
