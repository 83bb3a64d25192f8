import Corpus
import TextForms

/// Slices that every row has without a field of its own.
package enum DerivedSlices {
    /// Dimension of the first derived slice; declared slices lie below.
    package static let firstDimension = 1000
    /// Names in the order of their dimensions.
    package static let names = ["script", "length", "turns"]

    /// A row's derived slices as small numbers.
    struct Codes {
        var script: UInt8
        var length: UInt8
        var turns: UInt8

        /// One number for all.
        var key: UInt64 { UInt64(script) | UInt64(length) << 8 | UInt64(turns) << 16 }
    }

    static func codes(form: UnsafeRawBufferPointer, turns: Int) -> Codes {
        Codes(
            script: ScriptTable.shared.dominantScriptCode(of: form), length: lengthBand(form.count),
            turns: UInt8(turns <= 2 ? turns : turns <= 4 ? 3 : turns <= 8 ? 4 : 5))
    }

    /// Appends the slices in the encoding of `SliceSet`.
    static func append(_ codes: Codes, to bytes: inout [UInt8]) {
        let values = [
            ScriptTable.shared.name(of: codes.script), lengthNames[Int(codes.length)],
            turnNames[Int(codes.turns)],
        ]
        for (place, value) in values.enumerated() {
            SliceSet.append(dimension: firstDimension + place, value: Array(value.utf8), to: &bytes)
        }
    }

    private static let lengthNames = [
        "under 64 bytes", "64-255 bytes", "256-1023 bytes", "1-4 KiB", "4-16 KiB", "over 16 KiB",
    ]
    private static let turnNames = ["0", "1", "2", "3-4", "5-8", "9 and more"]

    /// Bands by bytes of the normal form; borders chosen so that a band is a factor of four.
    private static func lengthBand(_ bytes: Int) -> UInt8 {
        switch bytes {
        case ..<64: 0
        case ..<256: 1
        case ..<1024: 2
        case ..<4096: 3
        case ..<16384: 4
        default: 5
        }
    }
}
