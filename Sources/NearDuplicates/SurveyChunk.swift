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
    var prefixes: [(hash: UInt64, row: UInt32)] = []
    /// Sum over the rows of the hash of their id: order-free.
    package internal(set) var rowCount = 0
    package internal(set) var rowsWithoutText = 0

    init() {}
}

/// Facts about a row in one byte.
package struct RowFlags: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    static let hasText = RowFlags(rawValue: 1)
    static let hasPrompt = RowFlags(rawValue: 2)
    static let hasResponse = RowFlags(rawValue: 4)
    /// Belongs to a corpus of `--against`: compared with, never removed.
    static let against = RowFlags(rawValue: 8)
    static let protected = RowFlags(rawValue: 16)
}
