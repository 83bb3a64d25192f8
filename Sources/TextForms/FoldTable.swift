import CICU
import CText

/// What each code point becomes on its own under NFKC, case folding and white-space collapsing, and whether it
/// interacts with its neighbours; made once from ICU's data.
///
/// `@unchecked Sendable`: there is no lock, since nothing changes after `init`.
final class FoldTable: @unchecked Sendable {
    /// The table for the C kernel; valid as long as this object.
    let kernel: ctext_fold_table
    private let blocks: UnsafeMutableBufferPointer<UInt16>
    private let entries: UnsafeMutableBufferPointer<UInt64>
    private let pool: UnsafeMutableBufferPointer<UInt8>

    /// The table of this process, made at the first use.
    static let shared = Result<FoldTable, any Error> { try FoldTable() }

    /// A code point that stays as it is and leaves its neighbours alone, as unassigned ones do.
    private static let inert =
        UInt64(CTEXT_FOLD_BOUNDARY) | UInt64(CTEXT_FOLD_QUICK_YES) | UInt64(CTEXT_FOLD_IDENTITY)

    /// - Throws: ``TextFormsError`` if ICU has no normalisation data.
    /// - Complexity: O(assigned code points), about 290,000.
    init() throws {
        let normalizer = try SegmentNormalizer()
        let form = ByteBuffer()
        var flat = [UInt64](repeating: Self.inert, count: CodePoints.limit)
        var pooled: [UInt8] = []
        for range in CodePoints.categoryRanges() where range.isAssigned {
            for point in range.points {
                let action = Self.action(of: point, normalizer: normalizer)
                // No letter without case (Lo) has a folding; most code points are such.
                let isCaseless = range.category == CodePoints.otherLetter
                if isCaseless, action & UInt64(CTEXT_FOLD_QUICK_YES) != 0 {
                    flat[point] = action | UInt64(CTEXT_FOLD_IDENTITY)
                } else {
                    flat[point] = action | Self.result(of: point, normalizer: normalizer, form, &pooled)
                }
            }
        }
        let table = CodePointTable(flat: flat)
        blocks = .allocate(capacity: table.blocks.count)
        _ = blocks.initialize(from: table.blocks)
        entries = .allocate(capacity: table.values.count)
        _ = entries.initialize(from: table.values)
        pool = .allocate(capacity: pooled.count + 1)
        _ = pool.initialize(from: pooled + [0])
        kernel = ctext_fold_table(
            blocks: blocks.baseAddress, entries: entries.baseAddress, pool: pool.baseAddress)
    }

    deinit {
        blocks.deallocate()
        entries.deallocate()
        pool.deallocate()
    }

    /// The part of an entry that says how a code point acts on its neighbours.
    private static func action(of point: Int, normalizer: SegmentNormalizer) -> UInt64 {
        let code = Int32(point)
        var entry = UInt64(cicu_combining_class(code))
        if normalizer.hasBoundaryBefore(code) { entry |= UInt64(CTEXT_FOLD_BOUNDARY) }
        if cicu_is_nfkc_quick(code) != 0 { entry |= UInt64(CTEXT_FOLD_QUICK_YES) }
        return entry
    }

    /// The part of an entry that says what a code point becomes; long results go into `pool`.
    private static func result(
        of point: Int, normalizer: SegmentNormalizer, _ form: ByteBuffer, _ pool: inout [UInt8]
    ) -> UInt64 {
        guard let scalar = Unicode.Scalar(UInt32(point)) else { return UInt64(CTEXT_FOLD_IDENTITY) }
        // Behind a byte that is no space, so that a leading space stays.
        form.removeAll()
        form.append(UInt8(ascii: "x"))
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { form.append(byte) }
        let source = form.count
        normalizer.append(
            UnsafeRawBufferPointer(rebasing: form.bytes[1..<source]), to: form, origin: 0)
        let result = UnsafeRawBufferPointer(rebasing: form.bytes[source...])
        if result.elementsEqual(form.bytes[1..<source]) { return UInt64(CTEXT_FOLD_IDENTITY) }
        var entry: UInt64 = result.first == UInt8(ascii: " ") ? UInt64(CTEXT_FOLD_SPACE) : 0
        if result.count <= 6 {
            entry |= UInt64(result.count) << UInt64(CTEXT_FOLD_LENGTH_SHIFT)
            for (at, byte) in result.enumerated() {
                entry |= UInt64(byte) << UInt64(Int(CTEXT_FOLD_VALUE_SHIFT) + at * 8)
            }
            return entry
        }
        precondition(result.count <= Int(CTEXT_FOLD_LONGEST), "a code point folds to too many bytes")
        entry |= UInt64(CTEXT_FOLD_POOLED)
        entry |= UInt64(pool.count) << UInt64(CTEXT_FOLD_VALUE_SHIFT)
        entry |= UInt64(result.count) << UInt64(CTEXT_FOLD_POOL_LENGTH_SHIFT)
        pool.append(contentsOf: result)
        return entry
    }
}
