import Corpus
import Findings
import NearDuplicates

/// The closed list of rules in plan, casualties and spared rows.
///
/// A removed row bears its kind; a spared one the rule that spared it; a quarantined one its code.
enum Rules {
    /// Names in the order of their numbers in the store.
    static let names: [String] = {
        var names = CasualtyKind.allCases.map(\.name)
        names += DifferenceClass.allCases.map(\.name).filter { !names.contains($0) }
        names += ["protect", "keeper", "keep", "floor"]
        return names
    }()

    static func number(of name: String) -> UInt16 { UInt16(names.firstIndex(of: name) ?? 0) }
}
