/// One quarantined row.
package struct QuarantineRecord: Sendable, Equatable {
    package var shard: Int32
    package var ordinal: Int
    package var byteOffset: Int
    package var code: String
    package var message: String
    package var position: FramePosition

    package init(
        shard: Int32, ordinal: Int, byteOffset: Int, code: String, message: String, position: FramePosition
    ) {
        self.shard = shard
        self.ordinal = ordinal
        self.byteOffset = byteOffset
        self.code = code
        self.message = message
        self.position = position
    }
}
