/// What separates a casualty from its keeper, decided on the original text: the first case that applies.
package enum DifferenceClass: UInt8, Sendable, CaseIterable, Comparable {
    case labelConflict, number, `operator`, negation, identifier, name, spelling, wording
    case `extension`
    case form, fields, identical

    /// The name in reports, options and JSON.
    package var name: String {
        switch self {
        case .labelConflict: "label-conflict"
        case .number: "number"
        case .operator: "operator"
        case .negation: "negation"
        case .identifier: "identifier"
        case .name: "name"
        case .spelling: "spelling"
        case .wording: "wording"
        case .extension: "extension"
        case .form: "form"
        case .fields: "fields"
        case .identical: "identical"
        }
    }

    package init?(name: String) {
        guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
