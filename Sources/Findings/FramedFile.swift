/// A finished `.jsonl.zst` file.
package struct FramedFile: Sendable, Equatable {
    package let digest: FileDigest
    package let frames: [FrameEntry]
    package let lineCount: Int
}
