import ArgumentParser

/// Where a run is written and what is printed.
struct RunOptions: ParsableArguments {
    @Option(name: [.customLong("out")], help: "The run's folder (default: assay-runs/<verb>-<first shard>).")
    var out: String?

    @Flag(help: "Overwrite an existing run that holds no decisions.")
    var force = false

    @Option(help: "Folder for scratch files (default: beside --out).")
    var scratch: String?

    @Option(help: "Memory for rows before they go to scratch: 512M, 1G, ...")
    var memory = "1G"

    @Option(help: "Quarantined rows beyond which the exit status is 3.")
    var maxBadRows = 0

    @Flag(help: "Print summary.json instead of the screen.")
    var json = false

    @Flag(help: "No progress.")
    var quiet = false

    @Flag(help: "Show rows on the screen: diffs and examples.")
    var showText = false

    @Flag(help: "Leave row text out of the run's files.")
    var noRaw = false

    @Option(
        name: [.customShort("c"), .customLong("config")],
        help: "YAML file with any of these options; flags override.")
    var config: String?

    func validate() throws {
        if memoryBytes == nil {
            throw ValidationError("--memory takes a size as 512M or 2G, not '\(memory)'.")
        }
        if maxBadRows < 0 { throw ValidationError("--max-bad-rows takes a whole number from 0 on.") }
    }

    var memoryBytes: Int? {
        let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
        guard let last = memory.last else { return nil }
        if let unit = units[Character(last.uppercased())] {
            guard let value = Double(memory.dropLast()), value > 0, value < 1e6 else { return nil }
            return Int(value * Double(unit))
        }
        guard let bytes = Int(memory), bytes >= 1 << 20 else { return nil }
        return bytes
    }
}
