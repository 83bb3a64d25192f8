import CText
import Corpus
import TextForms

/// Surveys rows: normal form, hashes, shingles, signature; one per thread.
package final class SurveyWorker {
    /// Bytes of normal form beyond which a row is compared by its whole alone: its shingles would take 24 bytes
    /// a byte in each thread.
    static let maximumComparedBytes = 4 << 20

    private let configuration: DedupConfiguration
    private let normalizer: TextNormalizer
    private let shingler: Shingler
    private let minHash = MinHash(seed: 0x5eed)
    private let form = ByteBuffer()
    private let hashes = HashBuffer()
    /// Slice sets of the chunk, by a hash of declared values and derived codes.
    private var sliceIDs: [UInt64: UInt32] = [:]
    private var lastSliceKey: UInt64?
    private var turnEnds: [Int] = []

    package init(configuration: DedupConfiguration) throws {
        self.configuration = configuration
        normalizer = try TextNormalizer()
        shingler = Shingler(form: configuration.shingle)
    }

    /// A chunk for the next batch.
    package func makeChunk() -> SurveyChunk {
        sliceIDs.removeAll(keepingCapacity: true)
        lastSliceKey = nil
        return SurveyChunk()
    }

    /// Adds the row that the mapper holds.
    ///
    /// - Parameters:
    ///   - raw: the row's bytes, for its id.
    ///   - against: the row belongs to an `--against` corpus.
    /// - Complexity: O(bytes of the row), times the slots of a signature.
    package func add(_ mapper: RowMapper, raw: UnsafeRawBufferPointer, against: Bool, to chunk: SurveyChunk) {
        var sides = SideHashes()
        var flags: RowFlags = against ? .against : []
        buildForm(mapper, sides: &sides, flags: &flags)
        let textHash = Hash128(of: form.bytes)
        if form.count > Self.maximumComparedBytes { flags.insert(.long) }
        if mapper.labelHash != 0 { flags.insert(.labelled) }
        if flags.contains(.hasText) {
            addPrefixes(to: chunk)
        } else {
            chunk.rowsWithoutText += 1
        }
        chunk.textHash.append(textHash)
        chunk.identityHash.append(identity(of: mapper))
        chunk.outsideHash.append(outside(of: mapper))
        chunk.promptHash.append(sides.prompt)
        chunk.responseHash.append(sides.response)
        chunk.length.append(UInt32(form.count))
        chunk.flags.append(flags)
        chunk.recordOffset.append(UInt32(chunk.records.count))
        addSlices(mapper, to: chunk)
        addSignature(to: chunk)
        RowRecord.append(mapper, id: Hash128(of: raw), textID: textHash, to: &chunk.records)
        chunk.rowCount += 1
        if flags.contains(.long) {
            form.removeAll()
            form.shrink(toCapacity: 1 << 20)
        }
    }

    private struct SideHashes {
        var prompt: UInt64 = 0
        var response: UInt64 = 0
    }

    /// Fills `form`, `turnEnds` and `hashes`.
    private func buildForm(_ mapper: RowMapper, sides: inout SideHashes, flags: inout RowFlags) {
        form.removeAll()
        hashes.removeAll()
        turnEnds.removeAll(keepingCapacity: true)
        mapper.text.withUnsafeBytes { text in
            for turn in mapper.turns {
                guard let side = configuration.on.side(of: turn.role) else { continue }
                let start = ComparedForm.appendTurn(
                    turn, text: UnsafeRawBufferPointer(rebasing: text[turn.range]), normalizer: normalizer,
                    to: form)
                turnEnds.append(form.count)
                let bytes = UnsafeRawBufferPointer(rebasing: form.bytes[start...])
                if bytes.isEmpty { continue }
                flags.insert(.hasText)
                if form.count <= Self.maximumComparedBytes {
                    shingler.appendShingles(of: bytes, seed: ComparedForm.seed(of: side), to: hashes)
                }
                let turnHash = ctext_xxh3_64(bytes.baseAddress, bytes.count, UInt64(turn.role.rawValue))
                switch side {
                case .prompt:
                    flags.insert(.hasPrompt)
                    sides.prompt = ctext_mix64(sides.prompt &* 31 &+ turnHash)
                case .response:
                    flags.insert(.hasResponse)
                    sides.response = ctext_mix64(sides.response &* 31 &+ turnHash)
                }
            }
        }
    }

    private func addPrefixes(to chunk: SurveyChunk) {
        guard turnEnds.count > 1 else { return }
        let row = UInt64(chunk.rowCount)
        // A stream would make this linear in the turns; rows of more than 64 turns count their first 64 prefixes.
        for end in turnEnds.dropLast().prefix(64) {
            let prefix = UnsafeRawBufferPointer(rebasing: form.bytes[..<end])
            chunk.prefixes.append(PrefixEntry(hash: Hash128(of: prefix), localRow: row))
        }
    }

    /// Of every turn, tool call, part and mapped field, byte for byte.
    private func identity(of mapper: RowMapper) -> UInt64 {
        var hash = mapper.text.withUnsafeBytes { ctext_xxh3_64($0.baseAddress, $0.count, 7) }
        for turn in mapper.turns {
            let mark =
                UInt64(turn.role.rawValue) << 40 | UInt64(turn.mark.rawValue) << 48 | UInt64(turn.length)
            hash = ctext_mix64(hash &* 31 &+ mark)
        }
        return ctext_mix64(
            hash &+ mapper.labelHash &+ ctext_mix64(mapper.mappedHash &+ 1)
                &+ ctext_mix64(mapper.partHash &+ 2))
    }

    private func outside(of mapper: RowMapper) -> UInt32 {
        mapper.outside.withUnsafeBytes {
            UInt32(truncatingIfNeeded: ctext_xxh3_64($0.baseAddress, $0.count, 8))
        }
    }

    private func addSignature(to chunk: SurveyChunk) {
        let start = chunk.signatures.count
        chunk.signatures.append(contentsOf: repeatElement(0, count: MinHash.slotCount))
        chunk.signatures.withUnsafeMutableBufferPointer { signatures in
            guard let base = signatures.baseAddress else { return }
            minHash.signature(of: hashes.hashes, into: base + start)
        }
    }

    /// Turns as a reader counts them: an instruction and its input are one, and so are two answers of a pair.
    static func changesOfSpeaker(_ turns: [Turn]) -> Int {
        var changes = 0
        var last: Role?
        for turn in turns where turn.role.side != nil && turn.role != last {
            changes += 1
            last = turn.role
        }
        return changes
    }

    /// Interns the row's slices within the chunk.
    private func addSlices(_ mapper: RowMapper, to chunk: SurveyChunk) {
        let codes = DerivedSlices.codes(form: form.bytes, turns: Self.changesOfSpeaker(mapper.turns))
        let declared = mapper.sliceValues
        let key = declared.withUnsafeBytes { ctext_xxh3_64($0.baseAddress, $0.count, codes.key) }
        if key == lastSliceKey, let last = chunk.localSliceSet.last {
            chunk.localSliceSet.append(last)
            return
        }
        lastSliceKey = key
        if let known = sliceIDs[key] {
            chunk.localSliceSet.append(known)
            return
        }
        var bytes = declared
        DerivedSlices.append(codes, to: &bytes)
        let fresh = UInt32(chunk.sliceSets.count)
        chunk.sliceSets.append(bytes)
        sliceIDs[key] = fresh
        chunk.localSliceSet.append(fresh)
    }
}
