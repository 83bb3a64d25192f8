import Corpus
import Findings
import Synchronization

/// Why a row that matched stays. `keeper`: it is contained in another row, but rows were removed for its sake.
package enum SparingRule: UInt8, Sendable, CaseIterable {
    case labelConflict, turn, number, `operator`, negation, otherDifference, protect, keeper, keep, floor

    /// The name in files; sparing by difference bears the class's name.
    package func name(difference: DifferenceClass) -> String {
        switch self {
        case .labelConflict: "label-conflict"
        case .turn: "turn"
        case .number: "number"
        case .operator: "operator"
        case .negation: "negation"
        case .otherDifference: difference.name
        case .protect: "protect"
        case .keeper: "keeper"
        case .keep: "keep"
        case .floor: "floor"
        }
    }

    init(sparing difference: DifferenceClass) {
        switch difference {
        case .labelConflict: self = .labelConflict
        case .turn: self = .turn
        case .number: self = .number
        case .operator: self = .operator
        case .negation: self = .negation
        default: self = .otherDifference
        }
    }
}
