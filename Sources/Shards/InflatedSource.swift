/// The unpacked bytes of a file.
///
/// The decoder always gets room for the same number of bytes: in the reader's own buffer where that has them,
/// else in a stage of its own. libzstd loses what a call unpacked before an error; with equal calls the loss is
/// the same whatever the size of a batch.
final class InflatedSource: ByteSource {
    /// `ZSTD_DStreamOutSize()`: one full block of zstd.
    static let stepBytes = 128 << 10

    private let decoder: any ByteDecoder
    private let stage = UnsafeMutableRawBufferPointer.allocate(byteCount: stepBytes, alignment: 64)
    private var staged = 0..<0
    private var pending: (any Error)?
    var notes: [String] { decoder.notes }

    init(_ decoder: any ByteDecoder) { self.decoder = decoder }

    deinit { stage.deallocate() }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            if !staged.isEmpty {
                let count = min(staged.count, room.count)
                room.copyBytes(from: stage[staged.prefix(count)])
                staged.removeFirst(count)
                filled += count
            } else if pending != nil || decoder.isFinished {
                break
            } else if room.count >= Self.stepBytes {
                filled += step(into: UnsafeMutableRawBufferPointer(rebasing: room[..<Self.stepBytes]))
            } else {
                staged = 0..<step(into: stage)
            }
        }
        if filled == 0, let pending { throw pending }
        return filled
    }

    /// One step; an error is kept until the bytes before it are handed out.
    private func step(into output: UnsafeMutableRawBufferPointer) -> Int {
        do {
            return try decoder.step(into: output)
        } catch {
            pending = error
            return 0
        }
    }
}
