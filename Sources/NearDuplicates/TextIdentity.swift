import Corpus
import TextForms

/// The `textId` of rows that no dedup looks at: of their compared text by sides. One per thread.
package final class TextIdentity {
    private let normalizer: TextNormalizer
    private let form = ByteBuffer()

    /// - Throws: `TextFormsError`.
    package init() throws { normalizer = try TextNormalizer() }

    /// The hash of the row's normal form, as a dedup by sides gives it.
    ///
    /// - Complexity: O(bytes of the row).
    package func id(of row: RowText) -> UInt128 {
        form.removeAll()
        for turn in row.turns where ComparedSides.sides.side(of: turn.role) != nil {
            _ = ComparedForm.appendTurn(turn, text: row.bytes(of: turn), normalizer: normalizer, to: form)
        }
        let hash = Hash128(of: form.bytes)
        return UInt128(hash.high) << 64 | UInt128(hash.low)
    }
}
