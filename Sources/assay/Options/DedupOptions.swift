import ArgumentParser
import Corpus
import Findings
import NearDuplicates
import TextForms

/// What is compared, which rows go and which stay.
struct DedupOptions: ParsableArguments {
    @Option(help: "Jaccard similarity from which two rows are near duplicates (0.5 to 1).")
    var threshold = 0.8

    @Option(help: "char-N or word-N.")
    var shingle = "char-5"

    @Option(help: "sides (both must reach the threshold), row, prompt, response, or all (with system turns).")
    var on = "sides"

    @Option(help: "Also remove rows contained in a longer one by this share (0.9 is usual), or: prefix.")
    var contained: [String] = []

    @Option(
        help: """
            Which row of a pair stays: first; longest; rarest-slice (the rarest value of --slice, then a row with a \
            label, then the longest); priority:FIELD=a,b,c.
            """)
    var keeper = "rarest-slice"

    @Option(
        help:
            "Rows that stay of each cluster: the keeper, then the farthest from it; of identical ones always one."
    )
    var keep = 1

    @Option(parsing: .upToNextOption, help: ArgumentHelp("Slices of which no row goes.", valueName: "slice"))
    var protect: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Slices that keep at least N rows, by sparing near duplicates.", valueName: "slice:n"))
    var floor: [String] = []

    @Option(help: "Difference classes to remove all the same: turn,number,operator,negation,label-conflict.")
    var removeDiffering: [String] = []

    @Option(
        help: ArgumentHelp(
            "Further difference classes that spare a row, of identifier, name, spelling, wording, extension, order and "
                + "form; or none: no sparing rule at all.",
            valueName: "class,…|none"))
    var spare: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("An existing corpus: rows that duplicate it go, it stays.", valueName: "other"))
    var against: [String] = []

    @Option(help: "Top-level fields that never make two rows differ (a,b,c).")
    var ignoreFields: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Fields by whose values losses are reported (nested by dots).", valueName: "field")
    )
    var slice: [String] = []

    @Option(help: "Report the N commonest values of a slice field; needed over 1,000 values.")
    var sliceTop: Int?

    /// The validated value of the library.
    func configuration(threads: Int, memoryBytes: Int) throws -> DedupConfiguration {
        var configuration = DedupConfiguration()
        guard threshold >= 0.5, threshold <= 1 else {
            throw ValidationError("--threshold takes a number from 0.5 to 1, not \(threshold).")
        }
        configuration.thresholdMillionths = Int((threshold * 1e6).rounded())
        guard let form = ShingleForm(shingle) else {
            throw ValidationError("--shingle takes char-N or word-N (N from 1 to 64), not '\(shingle)'.")
        }
        configuration.shingle = form
        guard let sides = ComparedSides(rawValue: on) else {
            throw ValidationError("--on takes sides, row, prompt, response or all, not '\(on)'.")
        }
        configuration.on = sides
        for value in contained { try addContained(value, to: &configuration) }
        configuration.keeper = try keeperPolicy()
        guard keep >= 1 else { throw ValidationError("--keep takes a whole number from 1 on.") }
        configuration.keptPerCluster = keep
        configuration.protected = protect.map { SliceSelector($0) }
        configuration.floors = try floor.map { try Self.floor($0) }
        try addSparing(to: &configuration)
        configuration.threads = threads
        configuration.memoryBytes = memoryBytes
        return configuration
    }

    private func addContained(_ value: String, to configuration: inout DedupConfiguration) throws {
        if value == "prefix" {
            configuration.removesPrefixes = true
        } else if let share = Double(value), share >= 0.5, share <= 1 {
            configuration.containedMillionths = Int((share * 1e6).rounded())
        } else {
            throw ValidationError("--contained takes a share from 0.5 to 1, or prefix, not '\(value)'.")
        }
    }

    private func keeperPolicy() throws -> KeeperPolicy {
        switch keeper {
        case "first": return .first
        case "longest": return .longest
        case "rarest-slice": return .rarestSlice
        default:
            guard keeper.hasPrefix("priority:"), let equals = keeper.firstIndex(of: "=") else {
                throw ValidationError(
                    "--keeper takes first, longest, rarest-slice or priority:FIELD=a,b,c, not '\(keeper)'.")
            }
            let field = String(keeper[keeper.index(keeper.startIndex, offsetBy: 9)..<equals])
            let values = keeper[keeper.index(after: equals)...].split(separator: ",").map(String.init)
            guard !field.isEmpty, !values.isEmpty else {
                throw ValidationError(
                    "--keeper priority: needs a field and values, as in priority:source=human,model.")
            }
            return .priority(field: field, values: values)
        }
    }

    private static func floor(_ text: String) throws -> SliceFloor {
        guard let colon = text.lastIndex(of: ":"), let rows = Int(text[text.index(after: colon)...]), rows > 0
        else {
            throw ValidationError("--floor takes SLICE:N, as in tone=hostile:20, not '\(text)'.")
        }
        return SliceFloor(slice: SliceSelector(String(text[..<colon])), rows: rows)
    }

    private func apply(_ spare: String, to configuration: inout DedupConfiguration) throws {
        if spare == "none" {
            configuration.sparedClasses = []
            configuration.protected = []
            configuration.floors = []
            configuration.keptPerCluster = 1
            return
        }
        for name in spare.split(separator: ",") {
            guard let difference = DifferenceClass(name: String(name)),
                DedupConfiguration.sparableClasses.contains(difference)
            else {
                let names = DedupConfiguration.sparableClasses.map(\.name).joined(separator: ", ")
                throw ValidationError("--spare takes none or \(names), not '\(name)'.")
            }
            configuration.sparedClasses.insert(difference)
        }
    }

    private func addSparing(to configuration: inout DedupConfiguration) throws {
        if let spare {
            try apply(spare, to: &configuration)
        }
        for name in removeDiffering.flatMap({ $0.split(separator: ",") }) {
            guard let difference = DifferenceClass(name: String(name)),
                DedupConfiguration.defaultSparedClasses.contains(difference)
            else {
                let names = DedupConfiguration.defaultSparedClasses.sorted().map(\.name).joined(
                    separator: ", ")
                throw ValidationError("--remove-differing takes \(names), not '\(name)'.")
            }
            configuration.sparedClasses.remove(difference)
        }
    }

    /// Fields that are mapped as slices: the declared ones, then those that a policy names.
    var sliceFields: [String] {
        var fields = slice
        var named = (protect + floor.map { String($0[..<($0.lastIndex(of: ":") ?? $0.endIndex)]) })
            .map { SliceSelector($0).field }
        if keeper.hasPrefix("priority:"), let equals = keeper.firstIndex(of: "=") {
            named.append(String(keeper[keeper.index(keeper.startIndex, offsetBy: 9)..<equals]))
        }
        for field in named where !fields.contains(field) && !DerivedSlices.names.contains(field) {
            fields.append(field)
        }
        return fields
    }

    var ignoredFields: [String] { ignoreFields.flatMap { $0.split(separator: ",").map(String.init) } }
}
