/// One line of `plan.jsonl.zst`: what `apply` would do to a row that is not plainly kept.
package struct PlanLine: Sendable, Equatable {
    package enum Action: String, Sendable, CaseIterable {
        case remove, spare, quarantine
    }

    /// The shard's name.
    package var shard: String
    /// The row's 0-based position in the shard, blank lines not counted.
    package var ordinal: Int
    /// 128-bit XXH3 of the row's bytes.
    package var id: UInt128
    package var action: Action
    /// `dedup`, `overlap`, `shards`, …
    package var detector: String
    package var rule: String

    package init(
        shard: String, ordinal: Int, id: UInt128, action: Action, detector: String, rule: String
    ) {
        self.shard = shard
        self.ordinal = ordinal
        self.id = id
        self.action = action
        self.detector = detector
        self.rule = rule
    }

    /// - Parameter quotedShard: `shard` as JSON, where many lines share it.
    package func write(to json: inout JSONBytes, quotedShard: [UInt8]? = nil) {
        json.beginObject()
        if let quotedShard { json.field("shard", written: quotedShard) } else { json.field("shard", shard) }
        json.field("ordinal", ordinal)
        json.field("id", hexadecimal: id)
        json.field("action", action.rawValue)
        json.field("detector", detector)
        json.field("rule", rule)
        json.endObject()
    }
}
