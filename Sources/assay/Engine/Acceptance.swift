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

/// Reasons for which a run is not applied, with the words that accept them.
struct Refusals {
    private(set) var reasons: [String] = []
    private(set) var words: [Acceptance] = []

    var isEmpty: Bool { reasons.isEmpty }

    /// Notes a reason unless its word was given.
    mutating func add(_ acceptance: Acceptance, _ reason: String, unless accepted: Set<Acceptance>) {
        guard !accepted.contains(acceptance) else { return }
        reasons.append(reason)
        if !words.contains(acceptance) { words.append(acceptance) }
    }

    /// What a finished run alone gives reason for: failed gates, unread input, bad rows.
    mutating func add(_ run: StoredRun, maximumBadRows: Int, unless accepted: Set<Acceptance>) {
        for gate in run.summary.gates where !gate.passed {
            let slice = gate.slice.map { " \($0)" } ?? ""
            add(.gate(gate.name), "gate \(gate.name.rawValue)\(slice) failed", unless: accepted)
        }
        if !run.manifest.complete {
            add(.incomplete, "some input could not be read to its end", unless: accepted)
        }
        let bad = run.summary.rows.quarantined
        if bad > maximumBadRows {
            add(
                .badRows,
                "\(bad) quarantined row\(bad == 1 ? "" : "s") would be left out, \(maximumBadRows) allowed",
                unless: accepted)
        }
    }
}
