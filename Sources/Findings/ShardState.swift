/// How the reading of a shard ended.
package enum ShardState: String, Sendable, CaseIterable, Codable {
    /// Read to its end.
    case complete
    /// Truncated or corrupt: rows before the damage are counted, the rest is unknown.
    case endedEarly = "ended-early"
    /// Nothing could be read.
    case unreadable
}
