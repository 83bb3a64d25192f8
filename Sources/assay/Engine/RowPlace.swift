import Corpus
import Findings
import NearDuplicates
import Shards

/// A row as a line of casualties names it.
struct RowPlace {
    var isAgainst: Bool
    var shard: String
    var ordinal: Int
    var id: UInt128

    init(isAgainst: Bool, shard: String, ordinal: Int, id: UInt128) {
        self.isAgainst = isAgainst
        self.shard = shard
        self.ordinal = ordinal
        self.id = id
    }

    init?(_ node: JSONNode?) {
        guard let node, let shard = node.field("shard")?.string, let number = node.field("ordinal"),
            number.kind == .number, let idText = node.field("id")?.string,
            let id = UInt128(hexadecimal: idText)
        else { return nil }
        var digits: [UInt8] = []
        number.appendText(to: &digits)
        guard let ordinal = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        isAgainst = node.field("corpus") != nil
        self.shard = String(decoding: shard, as: UTF8.self)
        self.ordinal = ordinal
        self.id = id
    }
}
