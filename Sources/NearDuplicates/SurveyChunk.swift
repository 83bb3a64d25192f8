import TextForms

/// What the survey keeps of one batch: fixed-width columns, a row an element, and blocks for the stores.
package final class SurveyChunk: @unchecked Sendable {  // filled by one worker, then handed to the sink
    var textHash: [Hash128] = []
    var identityHash: [UInt64] = []
    var outsideHash: [UInt32] = []
    var promptHash: [UInt64] = []
    var responseHash: [UInt64] = []
    /// Bytes of the row's normal form.
    var length: [UInt32] = []
    var flags: [RowFlags] = []
    /// Index into `sliceSets`, a row an element.
    var localSliceSet: [UInt32] = []
    var sliceSets: [[UInt8]] = []
    var recordOffset: [UInt32] = []
    var records = RecordBlock()
    /// `MinHash.slotCount` bytes a row.
    var signatures: [UInt8] = []
    /// Hashes of the normal forms of the rows' proper prefixes of turns, with the row's place in the chunk.
    var prefixes: [PrefixEntry] = []
    /// Sum over the rows of the hash of their id: order-free.
    package internal(set) var rowCount = 0
    package internal(set) var rowsWithoutText = 0

    init() {}

    /// The columns as one block of bytes, in the order of `SurveyColumn`.
    ///
    /// - Parameter sliceSets: the table's number of each row's slice set.
    func packedColumns(sliceSets: [UInt32]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(SurveyColumn.totalWidth * rowCount)
        textHash.withUnsafeBytes { bytes.append(contentsOf: $0) }
        identityHash.withUnsafeBytes { bytes.append(contentsOf: $0) }
        promptHash.withUnsafeBytes { bytes.append(contentsOf: $0) }
        responseHash.withUnsafeBytes { bytes.append(contentsOf: $0) }
        outsideHash.withUnsafeBytes { bytes.append(contentsOf: $0) }
        length.withUnsafeBytes { bytes.append(contentsOf: $0) }
        sliceSets.withUnsafeBytes { bytes.append(contentsOf: $0) }
        recordOffset.withUnsafeBytes { bytes.append(contentsOf: $0) }
        flags.withUnsafeBytes { bytes.append(contentsOf: $0) }
        // Every block is a multiple of 16 bytes, so that columns stay aligned.
        bytes.append(contentsOf: repeatElement(0, count: -bytes.count & 15))
        return bytes
    }
}
