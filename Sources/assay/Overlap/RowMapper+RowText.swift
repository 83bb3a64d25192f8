import Corpus

extension RowMapper {
    /// The turns of the row mapped last.
    func withRowText<Result>(_ body: (RowText) -> Result) -> Result {
        text.withUnsafeBytes { bytes in
            turns.withUnsafeBufferPointer { body(RowText(bytes: bytes, turns: $0)) }
        }
    }
}
