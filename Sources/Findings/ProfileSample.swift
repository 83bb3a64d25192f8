/// A form in its context, for screens that show rows.
package struct ProfileSample: Sendable, Equatable {
    package var wrong: String
    package var shard: String
    package var ordinal: Int
    package var role: String
    /// Bytes of the turn before, in and behind the form.
    package var before: [UInt8]
    package var form: [UInt8]
    package var after: [UInt8]

    package init(
        wrong: String, shard: String, ordinal: Int, role: String, before: [UInt8], form: [UInt8],
        after: [UInt8]
    ) {
        self.wrong = wrong
        self.shard = shard
        self.ordinal = ordinal
        self.role = role
        self.before = before
        self.form = form
        self.after = after
    }
}
