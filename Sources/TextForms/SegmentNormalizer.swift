import CICU

/// NFKC and full case folding of short texts by ICU, with white space made spaces; for one thread.
final class SegmentNormalizer {
    /// Most code points of one segment. Unicode's Stream-Safe Text Format (UAX #15) allows 30 marks in a row;
    /// sorting the marks of a longer segment would take quadratic time.
    static let longestSegment = 256

    // A code point has at most 2 UTF-16 units; NFKC makes at most 18 units of one (U+FDFA), case folding at
    // most 3, and a unit at most 3 bytes.
    private static let sourceUnits = 2 * longestSegment
    private static let normalUnits = 18 * sourceUnits
    private static let foldedUnits = 3 * normalUnits

    private let normalizer: OpaquePointer
    private let source: UnsafeMutablePointer<UInt16>
    private let normal: UnsafeMutablePointer<UInt16>
    private let folded: UnsafeMutablePointer<UInt16>

    /// - Throws: ``TextFormsError`` if ICU has no normalisation data.
    init() throws {
        var status: cicu_status = 0
        guard let normalizer = cicu_nfkc(&status), status <= 0 else {
            throw TextFormsError.unicodeLibrary("NFKC data", status: status)
        }
        self.normalizer = normalizer
        source = .allocate(capacity: Self.sourceUnits)
        normal = .allocate(capacity: Self.normalUnits)
        folded = .allocate(capacity: Self.foldedUnits)
    }

    deinit {
        source.deallocate()
        normal.deallocate()
        folded.deallocate()
    }

    /// Whether a string that starts with the code point may be normalised apart from what precedes it.
    func hasBoundaryBefore(_ point: Int32) -> Bool { cicu_has_boundary_before(normalizer, point) != 0 }

    /// Appends the form of a segment of at most ``longestSegment`` code points.
    ///
    /// - Parameters:
    ///   - origin: where the text's normal form starts in `output`: no space is put there.
    /// - Complexity: O(bytes of the segment), but for the sorting of its marks.
    func append(_ segment: UnsafeRawBufferPointer, to output: ByteBuffer, origin: Int) {
        var status: cicu_status = 0
        let sourceCount = segment.withMemoryRebound(to: CChar.self) {
            cicu_from_utf8(source, Int32(Self.sourceUnits), $0.baseAddress, Int32($0.count), &status)
        }
        let normalCount = cicu_normalize(
            normalizer, source, sourceCount, normal, Int32(Self.normalUnits), &status)
        let foldedCount = cicu_fold_case(folded, Int32(Self.foldedUnits), normal, normalCount, &status)
        precondition(status <= 0, "ICU failed within the bounds of a segment")
        encode(Int(foldedCount), to: output, origin: origin)
    }

    /// Writes the folded units as UTF-8, each run of white space as one space.
    private func encode(_ unitCount: Int, to output: ByteBuffer, origin: Int) {
        output.reserve(unitCount * 3)
        let target = output.start.assumingMemoryBound(to: UInt8.self)
        var end = output.count
        var at = 0
        while at < unitCount {
            var point = UInt32(folded[at])
            at += 1
            if point & 0xFC00 == 0xD800, at < unitCount {
                point = (point & 0x3FF) << 10 + UInt32(folded[at] & 0x3FF) + 0x10000
                at += 1
            }
            if cicu_is_white_space(Int32(point)) != 0 {
                if end > origin, target[end - 1] != 0x20 {
                    target[end] = 0x20
                    end += 1
                }
                continue
            }
            end += Self.write(point, to: target + end)
        }
        output.count = end
    }

    /// Writes one code point as UTF-8; returns the number of bytes.
    private static func write(_ point: UInt32, to target: UnsafeMutablePointer<UInt8>) -> Int {
        func continuation(_ shift: UInt32) -> UInt8 {
            0x80 | UInt8(truncatingIfNeeded: point >> shift & 0x3F)
        }
        switch point {
        case 0..<0x80:
            target[0] = UInt8(truncatingIfNeeded: point)
            return 1
        case 0x80..<0x800:
            target[0] = 0xC0 | UInt8(truncatingIfNeeded: point >> 6)
            target[1] = continuation(0)
            return 2
        case 0x800..<0x10000:
            target[0] = 0xE0 | UInt8(truncatingIfNeeded: point >> 12)
            target[1] = continuation(6)
            target[2] = continuation(0)
            return 3
        default:
            target[0] = 0xF0 | UInt8(truncatingIfNeeded: point >> 18)
            target[1] = continuation(12)
            target[2] = continuation(6)
            target[3] = continuation(0)
            return 4
        }
    }
}
