/// Packs a stream of bytes; the same bytes in the same pieces or others give the same bytes out.
protocol ByteCompressor: AnyObject {
    /// Takes bytes and hands packed ones to `sink` as they come.
    func append(_ bytes: UnsafeRawBufferPointer, to sink: (UnsafeRawBufferPointer) throws -> Void) throws

    /// Hands the rest to `sink`; nothing may be appended afterwards.
    func finish(to sink: (UnsafeRawBufferPointer) throws -> Void) throws
}
