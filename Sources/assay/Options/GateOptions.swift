import ArgumentParser
import Findings

/// Limits that a run must keep.
struct GateOptions: ParsableArguments {
    @Option(help: "Share of the rows that may go, identical ones not counted.")
    var maxDrop = 0.30

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Share of a slice's rows that may go.", valueName: "slice:share"))
    var maxDropPerSlice: [String] = []

    @Option(help: "YAML file of gates: the name of each and its limit.")
    var policy: String?

    /// The gates of the policy file, then those of the options.
    func gates() throws -> [Gate] {
        var gates = try policy.map { try PolicyFile.gates(path: $0) } ?? []
        if !gates.contains(where: { $0.name == .maxDrop }) { gates.append(try Gate.maxDrop(maxDrop)) }
        for text in maxDropPerSlice { gates.append(try Gate.maxDropPerSlice(text)) }
        return gates
    }
}
