import CText
import Corpus
import Findings
import NearDuplicates
import Shards

/// What the evidence pass makes of one batch.
struct EvidenceBatch {
    var casualties = LineList<RemovalRecord>()
    var spared = LineList<RemovalRecord>()
    var keepers = LineList<ClusterRecord>()
    var quarantine = LineList<QuarantineRecord>()
    var plan = LineList<Void>()
    var kept = RowSetDigest()
    var removed = RowSetDigest()
    var differingFields: [UInt32: Int] = [:]
    var unlikeText = UnlikeRows()
    var rowCount = 0
    var byteCount = 0
}
