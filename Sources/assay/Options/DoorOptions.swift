import ArgumentParser
import Corpus
import EvalOverlap

/// Which doors between the eval sets and the training rows are looked at.
struct DoorOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Fields that name a ticket, user, session or conversation on both sides; values are never written.",
            valueName: "field"))
    var identity: [String] = []

    @Option(help: "Field that tells when a row was made (ISO 8601, or seconds since 1970).")
    var time: String?

    @Option(help: "When the eval sets were collected (2026-03-01): later rows are counted.")
    var evalCollected: String?

    func validate() throws {
        guard (time == nil) == (evalCollected == nil) else {
            throw ValidationError("--time FIELD and --eval-collected DATE go together.")
        }
        if let evalCollected, RowDoors.seconds(evalCollected) == nil {
            throw ValidationError("--eval-collected takes a date as 2026-03-01, not '\(evalCollected)'.")
        }
    }

    var identities: [FieldPath] { identity.map { FieldPath($0) } }

    /// The doors for the sets at hand.
    func doors(_ sets: [EvalSet]) throws -> RowDoors {
        RowDoors(
            identities: identities, time: time.map { FieldPath($0) },
            collected: evalCollected.flatMap { RowDoors.seconds($0) },
            items: sets.flatMap { set in set.items.map { set.isControl ? [] : $0.identities } })
    }
}
