import ArgumentParser
import Findings

/// Limits that a run must keep.
struct GateOptions: ParsableArguments {
    @Option(help: "Share of the rows that may go, identical ones not counted (default: 0.3).")
    var maxDrop: Double?

    /// `--max-drop` where nobody says.
    static let usualMaxDrop = 0.30

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Share of a slice's rows that may go; identical ones with their keeper in it not counted.",
            valueName: "slice:share"))
    var maxDropPerSlice: [String] = []

    @Option(help: "YAML file of gates: the name of each and its limit.")
    var policy: String?

    /// The gates of the policy file, then those of the options.
    func gates() throws -> [Gate] {
        var gates = try given()
        if !gates.contains(where: { $0.name == .maxDrop }) {
            gates.insert(try Gate.maxDrop(Self.usualMaxDrop), at: 0)
        }
        return gates
    }

    /// Those that were named, without the usual ones.
    func given() throws -> [Gate] {
        var gates = try policy.map { try PolicyFile.gates(path: $0) } ?? []
        if let maxDrop {
            gates.removeAll { $0.name == .maxDrop }
            gates.insert(try Gate.maxDrop(maxDrop), at: 0)
        }
        for text in maxDropPerSlice { gates.append(try Gate.maxDropPerSlice(text)) }
        return gates
    }
}
