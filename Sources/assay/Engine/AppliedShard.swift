import Findings
import NearDuplicates
import Shards

/// What `apply` did to one shard.
struct AppliedShard: Sendable {
    var name: String
    var rows = 0
    var removed = 0
    var quarantined = 0
    var out = 0
    var kept = RowSetDigest()
    var isChanged = false
    /// False for a shard of which the run could read nothing: no file is written.
    var isWritten = true
    /// Ordinals of planned removals that were not carried out: another row stands there now.
    var moved: [Int] = []
    /// Ordinals of planned removals that were not carried out: the keeper is not there any more.
    var restored: [Int] = []
}
