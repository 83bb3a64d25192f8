extension InputSet {
    /// The training shards alone.
    var training: InputSet {
        var copy = self
        copy.shards = Array(shards.prefix(trainingCount))
        copy.mappings = Array(mappings.prefix(trainingCount))
        return copy
    }
}
