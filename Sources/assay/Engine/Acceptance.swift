import ArgumentParser
import Findings

/// What `apply` refuses unless it is named by `--accept`.
enum Acceptance: Hashable {
    case gate(GateName)
    case incomplete
    case badRows
    case changedInput

    /// - Throws: `ValidationError` for a word that is none of them.
    init(parsing text: String) throws {
        switch text {
        case "incomplete": self = .incomplete
        case "bad-rows": self = .badRows
        case "changed-input": self = .changedInput
        default:
            guard text.hasPrefix("gate:") else {
                throw ValidationError(
                    "--accept takes gate:NAME, incomplete, bad-rows or changed-input, not '\(text)'.")
            }
            guard let name = GateName(rawValue: String(text.dropFirst(5))) else {
                let names = GateName.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError(
                    "--accept gate: there is no gate '\(text.dropFirst(5))'; gates are \(names).")
            }
            self = .gate(name)
        }
    }

    /// As it is typed.
    var word: String {
        switch self {
        case .gate(let name): "gate:\(name.rawValue)"
        case .incomplete: "incomplete"
        case .badRows: "bad-rows"
        case .changedInput: "changed-input"
        }
    }
}
