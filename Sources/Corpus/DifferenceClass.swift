/// What separates a casualty from its keeper, decided on the original text: the first case that applies.
///
/// The cases stand in the order in which they are looked for; their values are those that run stores hold.
package enum DifferenceClass: UInt8, Sendable, CaseIterable, Comparable {
    case labelConflict = 0
    case turn = 12
    case number = 1
    case `operator` = 2
    case negation = 3
    case identifier = 4
    case name = 5
    case spelling = 6
    case wording = 7
    case `extension` = 8
    case order = 13
    case form = 9
    case fields = 10
    case identical = 11

    /// The name in reports, options and JSON.
    package var name: String {
        switch self {
        case .labelConflict: "label-conflict"
        case .turn: "turn"
        case .number: "number"
        case .operator: "operator"
        case .negation: "negation"
        case .identifier: "identifier"
        case .name: "name"
        case .spelling: "spelling"
        case .wording: "wording"
        case .extension: "extension"
        case .order: "order"
        case .form: "form"
        case .fields: "fields"
        case .identical: "identical"
        }
    }

    /// Whether a row that differs so stays unless it is asked for.
    package var sparesByDefault: Bool {
        switch self {
        case .labelConflict, .turn, .number, .operator, .negation: true
        case .identifier, .name, .spelling, .wording, .extension, .order, .form, .fields, .identical: false
        }
    }

    package init?(name: String) {
        guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    /// The place in the order.
    private var rank: Int { Self.ranks[Int(rawValue)] }

    /// By value.
    private static let ranks: [Int] = {
        var ranks = [Int](repeating: 0, count: allCases.count)
        for (place, difference) in allCases.enumerated() { ranks[Int(difference.rawValue)] = place }
        return ranks
    }()
}
