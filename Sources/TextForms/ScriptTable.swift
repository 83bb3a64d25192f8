import CICU
import CText

/// Scripts of letters, for the derived slice `script`; made once from ICU's data.
///
/// `@unchecked Sendable`: there is no lock, since nothing changes after `init`.
package final class ScriptTable: @unchecked Sendable {
    /// The table of this process, made at the first use.
    package static let shared = ScriptTable()

    /// What a text without letters has.
    package static let none = "none"

    private let blocks: UnsafeMutableBufferPointer<UInt16>
    private let scripts: UnsafeMutableBufferPointer<UInt8>
    private let latin = UInt8(cicu_script_latin)

    /// - Complexity: O(letters), about 136,000.
    private init() {
        var flat = [UInt8](repeating: 0, count: CodePoints.limit)
        for range in CodePoints.categoryRanges() where range.isLetter {
            for point in range.points {
                // Common (0) and Inherited (1) are no scripts.
                flat[point] = UInt8(exactly: cicu_script(Int32(point))).map { $0 > 1 ? $0 : 0 } ?? 0
            }
        }
        let table = CodePointTable(flat: flat)
        blocks = .allocate(capacity: table.blocks.count)
        _ = blocks.initialize(from: table.blocks)
        scripts = .allocate(capacity: table.values.count)
        _ = scripts.initialize(from: table.values)
    }

    deinit {
        blocks.deallocate()
        scripts.deallocate()
    }

    /// The script of most letters of a text by ICU's number, 0 if it has no letter; of equals the lower number.
    ///
    /// - Complexity: O(bytes).
    package func dominantScriptCode(of text: UnsafeRawBufferPointer) -> UInt8 {
        guard let bytes = text.assumingMemoryBound(to: UInt8.self).baseAddress else { return 0 }
        return ctext_dominant_script(bytes, text.count, blocks.baseAddress, scripts.baseAddress, latin)
    }

    /// The script of most letters of a text: Unicode's long name (`Latin`, `Han`), or ``none``.
    ///
    /// - Complexity: O(bytes).
    package func dominantScript(of text: UnsafeRawBufferPointer) -> String {
        name(of: dominantScriptCode(of: text))
    }

    /// Unicode's long name of a script by ICU's number.
    package func name(of code: UInt8) -> String {
        guard code > 0, let name = cicu_script_name(Int32(code)) else { return Self.none }
        return String(cString: name)
    }
}
