/// How the rows stand in the text of a shard.
package enum RowLayout: String, Sendable, CaseIterable {
    /// One row a line.
    case lines
    /// The elements of one JSON array.
    case array
    /// The one value of a `.json` shard that is no array.
    case single
}
