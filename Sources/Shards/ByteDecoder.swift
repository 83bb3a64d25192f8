/// Unpacks a file in steps.
protocol ByteDecoder: AnyObject {
    /// One call of the library.
    ///
    /// - Parameter output: always of the same size, so that what comes before an error does not depend on
    ///   who reads.
    /// - Returns: how many bytes were unpacked; 0 is no end.
    /// - Throws: `ShardError`; the bytes of this step are lost.
    func step(into output: UnsafeMutableRawBufferPointer) throws -> Int

    /// Whether the file has ended cleanly.
    var isFinished: Bool { get }

    /// What a careful reader should know of the container.
    var notes: [String] { get }
}
