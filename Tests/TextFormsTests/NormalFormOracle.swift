import CICU
import Testing

/// The normal form by definition: ICU on the whole text, then white space by its property.
struct NormalFormOracle {
    private let normalizer: OpaquePointer

    init() throws {
        var status: cicu_status = 0
        normalizer = try #require(cicu_nfkc(&status))
    }

    func normalForm(of text: [UInt8]) -> [UInt8] {
        var status: cicu_status = 0
        var source = [UInt16](repeating: 0, count: text.count + 1)
        let sourceCount = text.withUnsafeBytes { bytes in
            cicu_from_utf8(
                &source, Int32(source.count), bytes.assumingMemoryBound(to: CChar.self).baseAddress,
                Int32(text.count), &status)
        }
        precondition(status <= 0)
        return folded(normalized(Array(source[..<Int(sourceCount)])))
    }

    /// ICU's NFKC of UTF-16.
    func normalized(_ source: [UInt16]) -> [UInt16] {
        var status: cicu_status = 0
        var normal = [UInt16](repeating: 0, count: source.count * 18 + 1)
        let count = cicu_normalize(
            normalizer, source, Int32(source.count), &normal, Int32(normal.count), &status)
        precondition(status <= 0)
        return Array(normal[..<Int(count)])
    }

    /// What follows normalisation: case folding, then white space.
    func folded(_ normal: [UInt16]) -> [UInt8] {
        var status: cicu_status = 0
        var folded = [UInt16](repeating: 0, count: normal.count * 3 + 1)
        let foldedCount = cicu_fold_case(&folded, Int32(folded.count), normal, Int32(normal.count), &status)
        precondition(status <= 0)
        let decoded = String(decoding: folded[..<Int(foldedCount)], as: UTF16.self)
        let words = decoded.unicodeScalars.split { $0.properties.isWhitespace }
        return Array(words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ").utf8)
    }
}
