/// Figures as people read them; the same in every locale.
package enum Format {
    /// `12,345`.
    package static func number(_ value: Int) -> String { TextTable.grouped(value) }

    /// `1 shard`, `12 shards`.
    package static func count(_ value: Int, _ noun: String) -> String {
        "\(number(value)) \(noun)\(value == 1 ? "" : "s")"
    }

    /// A share as per cent with one decimal: `12.5 %`.
    package static func percent(_ share: Double) -> String { "\(tenths(share * 100)) %" }

    /// A loss: `-82 %`.
    package static func loss(_ share: Double) -> String {
        let rounded = Int((share * 100).rounded())
        return rounded == 0 && share > 0 ? "-\(tenths(share * 100)) %" : "-\(rounded) %"
    }

    /// A number for a reader: whole from ten on, else of at most two decimals.
    static func short(_ value: Double) -> String {
        value >= 10 ? number(Int(value.rounded())) : plain((value * 100).rounded() / 100)
    }

    /// A number of at most four decimals without trailing zeros: `0.8`.
    package static func plain(_ value: Double) -> String {
        let scaled = Int((value * 10_000).rounded())
        var decimals = String(scaled % 10_000 + 10_000).dropFirst()
        while decimals.last == "0" { decimals = decimals.dropLast() }
        return decimals.isEmpty ? "\(scaled / 10_000)" : "\(scaled / 10_000).\(decimals)"
    }

    /// With one decimal: `-0.4`.
    package static func tenths(_ value: Double) -> String {
        let scaled = Int((value * 10).rounded())
        return "\(scaled < 0 ? "-" : "")\(abs(scaled) / 10).\(abs(scaled) % 10)"
    }

    /// A difference of shares in percentage points: `+5.8`.
    package static func points(_ share: Double, isSigned: Bool = false) -> String {
        let text = tenths(share * 100)
        return isSigned && share > 0 ? "+" + text : text
    }

    /// A number from 0 on with three decimals: `0.800`.
    package static func thousandths(_ value: Double) -> String {
        let scaled = Int((value * 1000).rounded())
        return "\(scaled / 1000).\(String(1000 + scaled % 1000).dropFirst())"
    }

    /// Set flush right in `width` columns.
    package static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// A word for a shell: as it is where it is plain, else in single quotes.
    package static func shellWord(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
                || "._-/:+,@=".utf8.contains(byte)
        }
        let shown = TerminalText.sanitized(word)
        if plain, !word.isEmpty { return shown }
        return "'" + shown.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
            + "'"
    }
}
