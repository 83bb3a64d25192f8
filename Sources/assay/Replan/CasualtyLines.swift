import Corpus
import Findings

/// Reads lines of one evidence file of a run by their places.
final class CasualtyLines {
    private let store: RunStore
    private let file: RunFile
    private let reader: FrameReader
    private var frame: (number: Int32, offset: Int)?

    /// - Throws: `FindingsError`.
    init(run: String, store: RunStore, file: RunFile = .casualties) throws {
        self.store = store
        self.file = file
        reader = try FrameReader(path: "\(run)/\(file.name)")
    }

    /// - Throws: `FindingsError`, and what `body` throws.
    func line<Result>(_ record: RemovalRecord, _ body: (UnsafeRawBufferPointer) throws -> Result) throws
        -> Result
    {
        try line(at: record.position, body)
    }

    func line<Result>(at position: FramePosition, _ body: (UnsafeRawBufferPointer) throws -> Result) throws
        -> Result
    {
        if frame?.number != position.frame {
            frame = (position.frame, try store.byteOffset(ofFrame: position.frame, in: file))
        }
        return try reader.line(atFrame: frame?.offset ?? 0, offset: Int(position.offset), body)
    }
}
