extension WordCharacters {
    /// The bitmap for kernels of other targets: bit p % 64 of word p / 64 for code point p; valid as long as the set.
    package var kernelBitmap: UnsafePointer<UInt64> { bitmap }
}
