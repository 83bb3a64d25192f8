/// What `look` finds in the first rows of the shards. Keys are the properties' names, in their order.
package struct LookFigures: Sendable, Equatable, Codable {
    /// Shards that map, lie and are packed alike.
    package struct Group: Sendable, Equatable, Codable {
        package var mapping = ""
        package var format = ""
        /// `none`, `gzip`, `zstd`.
        package var compression = ""
        package var shards = 0
        package var bytes = 0
        /// Rows that the group is expected to hold.
        package var rows = 0

        package init() {}
    }

    package struct Note: Sendable, Equatable, Codable {
        package var text: String
        package var shards: Int
        /// A shard that it holds for; empty for a note on the inputs.
        package var example: String

        package init(text: String, shards: Int, example: String) {
            self.text = text
            self.shards = shards
            self.example = example
        }
    }

    /// What was read.
    package struct Sample: Sendable, Equatable, Codable {
        package var shards = 0
        package var rows = 0
        package var badRows = 0
        package var withoutText = 0
        /// Every row of every shard was read.
        package var isWhole = false

        package init() {}
    }

    /// A field's values in the rows read.
    package struct Field: Sendable, Equatable, Codable {
        package var path = ""
        package var rows = 0
        /// Distinct values; `nil` for too many to count, and for objects.
        package var values: Int?
        package var commonest = CountTable()
        /// Bytes of a string in the mean.
        package var meanBytes = 0.0

        package init() {}
    }

    package struct SystemPrompts: Sendable, Equatable, Codable {
        package var rows = 0
        package var distinct = 0
        /// Rows with the commonest one, and its bytes.
        package var commonestRows = 0
        package var commonestBytes = 0

        package init() {}
    }

    /// Options that would map rows that now have no text, or text that is now left out.
    package struct Suggestion: Sendable, Equatable, Codable {
        package var options: [String] = []
        /// Rows that have the fields.
        package var rows = 0
        /// Shards most of whose rows are meant.
        package var shards: [String] = []

        package init() {}
    }

    package struct BadRow: Sendable, Equatable, Codable {
        package var code: String
        package var rows: Int
        package var shard: String
        package var ordinal: Int

        package init(code: String, rows: Int, shard: String, ordinal: Int) {
            self.code = code
            self.rows = rows
            self.shard = shard
            self.ordinal = ordinal
        }
    }

    /// What a `dedup` would take.
    package struct Estimate: Sendable, Equatable, Codable {
        package var rows = 0
        package var inflatedBytes = 0
        package var comparedBytes = 0
        package var seconds = 0.0
        package var threads = 0
        package var memoryBytes = 0
        package var scratchBytes = 0

        package init() {}
    }

    package var schemaVersion = 1
    package var shards = 0
    package var groups: [Group] = []
    package var notes: [Note] = []
    /// Shards that cannot be read, with the reason.
    package var unreadable: [Note] = []
    package var sample = Sample()
    /// Turns by role.
    package var roles = CountTable()
    /// Turns by a speaker's name that is none of the published ones; they count as user.
    package var unknownSpeakers = CountTable()
    package var systemPrompts = SystemPrompts()
    package var labels: [Field] = []
    package var conversations: [Field] = []
    /// The most useful first.
    package var slices: [Field] = []
    /// Fields of text that lie outside the compared text.
    package var leftOut: [Field] = []
    /// For rows that map to no text.
    package var unmapped: Suggestion?
    /// For prompts whose response is left out.
    package var incomplete: Suggestion?
    package var badRows: [BadRow] = []
    /// Shards that begin with the same rows as another one.
    package var identicalHeads: [[String]] = []
    package var estimate = Estimate()
    /// Words of the command to type next.
    package var command: [String] = []

    package init() {}

    /// The figures as JSON.
    package func encoded() throws -> [UInt8] { try JSONBytesEncoder.encode(self) }
}
