/// A training row and an eval item that a door joins.
package struct DoorJoinRecord: Sendable, Hashable, Comparable {
    package var door: String
    /// The identity as HMAC-SHA256 (hexadecimal); `nil` without a key, and for doors without identities.
    package var hmac: String?
    /// The row's place among the readable rows of all shards.
    package var row: Int
    package var shard: Int
    package var ordinal: Int
    /// The item's number in the store.
    package var item: Int

    package init(door: String, hmac: String?, row: Int, shard: Int, ordinal: Int, item: Int) {
        self.door = door
        self.hmac = hmac
        self.row = row
        self.shard = shard
        self.ordinal = ordinal
        self.item = item
    }

    package static func < (first: DoorJoinRecord, second: DoorJoinRecord) -> Bool {
        (first.door, first.row, first.item, first.hmac ?? "")
            < (second.door, second.row, second.item, second.hmac ?? "")
    }
}
