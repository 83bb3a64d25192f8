import ArgumentParser
import Corpus
import EvalOverlap
import Findings

/// Which doors between the eval sets and the training rows are looked at.
struct DoorOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Fields that name a ticket, user, session or conversation on both sides.", valueName: "field"))
    var identity: [String] = []

    @Option(
        help: ArgumentHelp(
            "File with a secret of 16 bytes or more, readable by you alone: identities that join rows and items are "
                + "written as HMAC-SHA256 under it. Without it they are only counted.", valueName: "file"))
    var hashKey: String?

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
        try RowDoors(
            identities: identities, time: time.map { FieldPath($0) },
            collected: evalCollected.flatMap { RowDoors.seconds($0) }, sets: sets)
    }

    /// - Throws: `FindingsError` for a key that cannot be used.
    func key() throws -> IdentityKey? { try hashKey.map { try IdentityKey(path: $0) } }

    /// A key that nothing is written under is a misunderstanding.
    ///
    /// - Throws: `UsageError`.
    func check(_ doors: RowDoors) throws {
        let isIdle = doors.kinds.isDisjoint(with: [.field, .email, .orderNumber, .url])
        if hashKey != nil, isIdle {
            throw UsageError(
                "--hash-key: no item has an identity to write under it; name their fields by --identity")
        }
    }

    /// A field that no row has is a misspelt option.
    ///
    /// - Parameter rows: that were searched.
    /// - Throws: `UsageError`.
    func check(_ found: DoorRows, rows: Int) throws {
        guard rows > 0 else { return }
        for (number, field) in identity.enumerated() where !found.fields.contains(number) {
            throw UsageError(
                "--identity \(field): no row has the field \(field); `assay look` lists the fields")
        }
        if let time, found.timed == 0 {
            throw UsageError(
                "--time \(time): no row has a time in the field \(time); `assay look` lists the fields")
        }
    }

    /// Whether none was asked for.
    var isEmpty: Bool { identity.isEmpty && hashKey == nil && time == nil }

    /// What of them can change a result.
    var record: [String: JSONValue] {
        [
            "identity": .array(identity.map { .string($0) }), "time": .array([.string(time ?? "")]),
            "evalCollected": .array([.string(evalCollected ?? "")]),
            "hashesIdentities": .bool(hashKey != nil),
        ]
    }
}
