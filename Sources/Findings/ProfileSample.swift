/// A form or a feature in its context, for screens that show rows.
package struct ProfileSample: Sendable, Equatable {
    /// The wrong form, or the feature's id.
    package var name: String
    package var shard: String
    package var ordinal: Int
    package var role: String
    /// Bytes of the turn before, in and behind it.
    package var before: [UInt8]
    package var form: [UInt8]
    package var after: [UInt8]

    package init(
        name: String, shard: String, ordinal: Int, role: String, before: [UInt8], form: [UInt8],
        after: [UInt8]
    ) {
        self.name = name
        self.shard = shard
        self.ordinal = ordinal
        self.role = role
        self.before = before
        self.form = form
        self.after = after
    }
}
