/// A stream of bytes that is read once, front to back, by one thread at a time.
protocol ByteSource: AnyObject {
    /// Fills the front of `buffer`.
    ///
    /// - Returns: how many bytes came, at most `buffer.count`; 0 at the clean end alone.
    /// - Throws: `ShardError`; all bytes before the trouble have been returned by earlier calls.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

    /// What a careful reader should know of the container.
    var notes: [String] { get }
}
