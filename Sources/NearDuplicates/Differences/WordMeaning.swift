/// What one word means to the difference classes in one language.
struct WordMeaning {
    struct Roles: OptionSet {
        let rawValue: UInt32

        static let negation = Roles(rawValue: 1)
        static let number = Roles(rawValue: 2)
        /// Counts as a number only where the other text has a number at the same place (`one`, German `ein`).
        static let weakNumber = Roles(rawValue: 4)
        static let ordinal = Roles(rawValue: 8)
        static let ordinalSuffix = Roles(rawValue: 16)
        static let and = Roles(rawValue: 32)
        /// A month, or one of 年 月 日.
        static let date = Roles(rawValue: 64)
        /// A date word only when it begins with a capital (`May`).
        static let capitalDate = Roles(rawValue: 128)
        static let dateFiller = Roles(rawValue: 256)
        static let time = Roles(rawValue: 512)
        static let label = Roles(rawValue: 1024)
        static let labelMark = Roles(rawValue: 2048)
        static let title = Roles(rawValue: 4096)
        static let noName = Roles(rawValue: 8192)
        static let unit = Roles(rawValue: 16384)
        static let counter = Roles(rawValue: 32768)
        static let weekday = Roles(rawValue: 65536)
        static let capitalWeekday = Roles(rawValue: 131072)
        static let numeral = Roles(rawValue: 262144)
        static let arithmetic = Roles(rawValue: 524288)
        static let courtesy = Roles(rawValue: 1_048_576)
    }

    var roles: Roles = []
    /// Words of one key negate alike (`cannot` and `don't` as `not`).
    var negation: UInt64 = 0
    /// The value; below zero for a fraction, `-2` for a half.
    var number = 0
    /// Units of one key are one unit.
    var unit: UInt64 = 0
}
