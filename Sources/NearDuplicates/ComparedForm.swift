import CText
import Corpus
import TextForms

/// How a row's normal form is laid out in bytes, the same for hashing and for verification.
enum ComparedForm {
    /// Appends a turn's mark and its normal form; 0xFF is in no UTF-8 text, so marks cannot be forged.
    ///
    /// - Returns: where the turn's normal form begins.
    static func appendTurn(
        _ turn: Turn, text: UnsafeRawBufferPointer, normalizer: TextNormalizer, to form: ByteBuffer
    ) -> Int {
        let mark: (UInt8, UInt8) = (0xFF, turn.role.rawValue << 2 | turn.mark.rawValue)
        withUnsafeBytes(of: mark) { form.append($0) }
        let start = form.count
        normalizer.appendNormalForm(of: text, to: form)
        return start
    }

    /// The seed that marks a side's shingles.
    static func seed(of side: Side) -> UInt64 {
        side == .prompt ? 0x9e37_79b9_7f4a_7c15 : 0xc2b2_ae3d_27d4_eb4f
    }
}
