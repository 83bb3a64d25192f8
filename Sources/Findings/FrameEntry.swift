/// One frame of a `.jsonl.zst` file.
package struct FrameEntry: Sendable, Equatable {
    /// Bytes of the file before the frame.
    package let compressedOffset: Int
    /// The 0-based number of the first line in it.
    package let firstLine: Int

    package init(compressedOffset: Int, firstLine: Int) {
        self.compressedOffset = compressedOffset
        self.firstLine = firstLine
    }
}
