extension InputSet {
    /// Finds the shards of two sides.
    ///
    /// - Throws: `ShardError` for an input that cannot be used at all; `UsageError`.
    static func sides(
        _ options: InputOptions, left: SideOption, right: SideOption, spoolFolder: String
    ) throws -> InputSet {
        guard !(left.inputs.contains("-") && right.inputs.contains("-")) else {
            throw UsageError("standard input (-) can be one side alone")
        }
        let sets = try [left, right].map { side in
            var own = try options.ofSide(side.name, among: [left.name, right.name])
            own.inputs = side.inputs
            return try InputSet(options: own, against: [], spoolFolder: spoolFolder)
        }
        return try InputSet(left: sets[0], right: sets[1], names: (left.name, right.name))
    }

    /// The shards of two sides, the left ones as training rows.
    ///
    /// - Throws: `UsageError` where a file lies on both sides.
    init(left: InputSet, right: InputSet, names: (left: String, right: String)) throws {
        if let twice = right.shards.first(where: { one in left.shards.contains { $0.isSameFile(as: one) } }) {
            throw UsageError(
                "\(twice.name) lies on both sides, \(names.left) and \(names.right); leave it out of one")
        }
        self = left
        shards += right.shards
        mappings += right.mappings
        notes += right.notes.filter { !left.notes.contains($0) }
    }

    /// Whether a shard lies on the right side.
    func isRight(_ shard: Int) -> Bool { shard >= trainingCount }
}
