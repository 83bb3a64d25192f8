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

/// A finished `.jsonl.zst` file.
package struct FramedFile: Sendable, Equatable {
    package let digest: FileDigest
    package let frames: [FrameEntry]
    package let lineCount: Int
}
