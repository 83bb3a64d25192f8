/// The shards that the inputs name, and what was left out or read once only.
package struct ResolvedInputs: Sendable {
    /// Ordered by name, bytewise.
    package let shards: [Shard]
    /// Sorted, so that they do not depend on the order on the command line. Not safe for a terminal: they
    /// hold file names.
    package let notes: [String]
}
