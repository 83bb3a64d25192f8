import Pipeline

/// Hashes with their postings, in order of coming, in parts by the first bits of the hash.
///
/// Each part is a list of chunks of one size: nothing is moved when it grows, and each part's chunks are freed once
/// it is used.
final class PostingEntries {
    struct Entry {
        var hash: UInt64
        var posting: PostingTable.Posting
    }

    /// The entries of one part.
    struct Part {
        fileprivate var chunks: [UnsafeMutablePointer<Entry>] = []
        fileprivate(set) var count = 0

        /// Calls `body` with each entry, in order.
        @inline(__always)
        func forEach(_ body: (Entry) -> Void) {
            for (place, chunk) in chunks.enumerated() {
                for at in 0..<min(chunkSize, count - place * chunkSize) { body(chunk[at]) }
            }
        }

        /// Calls `body` with each entry, the last first.
        @inline(__always)
        func forEachReversed(_ body: (Entry) -> Void) {
            for (place, chunk) in chunks.enumerated().reversed() {
                for at in (0..<min(chunkSize, count - place * chunkSize)).reversed() { body(chunk[at]) }
            }
        }
    }

    static let partBits = 6
    private let parts: UnsafeMutableBufferPointer<Part>
    private(set) var count = 0

    init() {
        parts = .allocate(capacity: 1 << Self.partBits)
        parts.initialize(repeating: Part())
    }

    deinit {
        for place in parts.indices { free(place) }
        parts.deinitialize()
        parts.deallocate()
    }

    func add(_ probes: ProbeBuffer, text: Int) {
        for probe in probes.probes { add(probe.hash, text: text, place: probe.start) }
    }

    @inline(__always)
    func add(_ hash: UInt64, text: Int, place: UInt32) {
        let part = Int(hash >> UInt64(64 - Self.partBits))
        let at = parts[part].count % chunkSize
        if at == 0 { parts[part].chunks.append(.allocate(capacity: chunkSize)) }
        let entry = Entry(hash: hash, posting: PostingTable.Posting(text: UInt32(text), place: place))
        parts[part].chunks[parts[part].count / chunkSize].advanced(by: at).initialize(to: entry)
        parts[part].count += 1
        count += 1
    }

    /// Calls `body` with each part and the number of its first entry, several at a time; frees each after that.
    func consume(threads: Int, _ body: (_ part: Int, _ first: Int, _ entries: Part) -> Void) throws {
        var firsts: [Int] = []
        var sum = 0
        for part in parts {
            firsts.append(sum)
            sum += part.count
        }
        try parallelFor(firsts.count, threads: threads) { _, part in
            body(part, firsts[part], parts[part])
            free(part)
        }
        count = 0
    }

    private func free(_ part: Int) {
        for chunk in parts[part].chunks { chunk.deallocate() }
        parts[part] = Part()
    }
}

/// Entries of a chunk; 32 KiB.
private let chunkSize = 2048
