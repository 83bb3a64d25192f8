import ArgumentParser
import Comparison
import Corpus
import Findings

/// What of two samples is compared.
struct ComparisonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Whose turns are compared: user, assistant, system, tool or all. Plain text always is.",
            valueName: "role"))
    var role = "user"

    @Flag(help: "Compare the first turn of each row alone: a chat against single messages.")
    var firstTurn = false

    @Option(help: "Rows drawn from each side at most.")
    var sample = ComparisonRequest().sample

    @Option(
        help: ArgumentHelp(
            "With --slice: rows drawn of each value at least, as far as there are; figures are weighted back to all rows.",
            valueName: "rows"))
    var perValue: Int?

    @Option(help: "What the drawing starts from.")
    var seed = 1

    @Option(
        help: ArgumentHelp(
            "Area that the register test may reach, 0.5 to 1: above it the run fails.", valueName: "area"))
    var maxAucRegister: Double?

    @Option(
        help: ArgumentHelp(
            "Share of the right side's rows that may lie in groups that the left side does not cover.",
            valueName: "share"))
    var maxUncoveredShare: Double?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Difference that a feature may have: FEATURE:DELTA, as lower-case-start:0.3 (|Cliff's delta|).",
            valueName: "feature:delta"))
    var maxFeatureDelta: [String] = []

    /// The most that is drawn: beyond, the classifiers would take more memory than the rest of the run.
    static let mostSampled = 50_000

    static let mostPerValue = 2000

    func validate() throws {
        guard sample >= 200, sample <= Self.mostSampled else {
            throw ValidationError("--sample takes a number of rows from 200 to \(Self.mostSampled).")
        }
        if let perValue, perValue < 1 || perValue > Self.mostPerValue {
            throw ValidationError("--per-value takes a number of rows from 1 to \(Self.mostPerValue).")
        }
        if seed < 0 { throw ValidationError("--seed takes a whole number from 0 on.") }
        if roles == nil {
            throw ValidationError("--role takes user, assistant, system, tool or all, not '\(role)'.")
        }
    }

    /// `nil` for a word that is none.
    var roles: Set<Role>? {
        switch role {
        case "all": Set(Role.allCases)
        case "system": [.system, .developer]
        default:
            Role.allCases.first { $0.name == role && $0 != .text && $0 != .developer }.map { [$0] }
        }
    }

    /// What the library is told.
    ///
    /// - Parameters:
    ///   - names: of the two sides.
    ///   - slice: the common slice field.
    func request(names: (left: String, right: String), slice: String?, threads: Int) -> ComparisonRequest {
        var request = ComparisonRequest()
        request.left = names.left
        request.right = names.right
        request.turns = ComparedTurns(roles: roles ?? [.user], onlyFirst: firstTurn)
        request.sample = sample
        request.perValue = perValue ?? 0
        request.seed = UInt64(seed)
        request.slice = slice
        request.threads = threads
        return request
    }

    /// The gates of the options, and those of a policy that they do not name.
    ///
    /// - Throws: `FindingsError`.
    func gates(policy: [Gate]) throws -> [Gate] {
        var gates: [Gate] = []
        if let maxAucRegister { gates.append(try Gate.maxAucRegister(maxAucRegister)) }
        if let maxUncoveredShare { gates.append(try Gate.maxUncoveredShare(maxUncoveredShare)) }
        for text in maxFeatureDelta { gates.append(try Gate.maxFeatureDelta(text)) }
        let given = gates
        return given
            + policy.filter { own in
                own.name.subject == .comparison
                    && !given.contains { $0.name == own.name && $0.slice == own.slice }
            }
    }

    /// What of the options can change a result.
    func record(slice: String?) -> [String: JSONValue] {
        [
            "role": .string(role), "firstTurn": .bool(firstTurn), "sample": .integer(sample),
            "perValue": perValue.map { .integer($0) } ?? .null,
            "seed": .integer(seed), "comparedBy": slice.map { .string($0) } ?? .null,
        ]
    }
}
