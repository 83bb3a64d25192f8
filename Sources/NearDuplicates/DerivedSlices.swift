import Corpus
import TextForms

/// Slices that every row has without a field of its own.
package enum DerivedSlices {
    /// Dimension of the first derived slice; declared slices lie below.
    package static let firstDimension = 1000
    /// Names in the order of their dimensions.
    package static let names = ["script", "length", "turns"]

    static func append(
        to bytes: inout [UInt8], form: UnsafeRawBufferPointer, turns: Int
    ) {
        let script = ScriptTable.shared.dominantScript(of: form)
        SliceSet.append(dimension: firstDimension, value: script.utf8, to: &bytes)
        SliceSet.append(dimension: firstDimension + 1, value: lengthBand(form.count).utf8, to: &bytes)
        SliceSet.append(dimension: firstDimension + 2, value: turnBand(turns).utf8, to: &bytes)
    }

    /// Bands by bytes of the normal form; borders chosen so that a band is a factor of four.
    static func lengthBand(_ bytes: Int) -> String {
        switch bytes {
        case ..<64: "under 64 bytes"
        case ..<256: "64-255 bytes"
        case ..<1024: "256-1023 bytes"
        case ..<4096: "1-4 KiB"
        case ..<16384: "4-16 KiB"
        default: "over 16 KiB"
        }
    }

    static func turnBand(_ turns: Int) -> String {
        switch turns {
        case ...2: String(turns)
        case ...4: "3-4"
        case ...8: "5-8"
        default: "9 and more"
        }
    }
}
