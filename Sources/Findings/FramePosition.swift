/// Where a line of a `.jsonl.zst` file begins.
package struct FramePosition: Sendable, Equatable {
    /// The frame's number in the file, from 0.
    package let frame: Int32
    /// Bytes of uncompressed content before the line in its frame.
    package let offset: Int32

    package init(frame: Int32, offset: Int32) {
        self.frame = frame
        self.offset = offset
    }
}
