import Findings

/// What a profile's screen says of rows as a whole.
extension ProfileScreen {
    func signals() -> [String] {
        let own = figures.signals
        guard own.rows > 0, figures.words.contains(where: { $0.role == "assistant" }) else { return [] }
        var lines = ["", "CHECKS"]
        if let missing = figures.patternsMissing {
            lines.append(
                "  not looked for, as no pattern list has it: "
                    + missing.map { TerminalText.sanitized($0) }.joined(separator: ", "))
        }
        if isForeign {
            lines.append(
                "  most words are of no list: patterns of another language find little, and none is no sign")
        }
        if own.promiseRows > 0 {
            lines.append(
                "  promises or claimed actions in \(Format.count(own.promiseRows, "row")), "
                    + (own.rowsWithCalls == 0
                        ? "and no row has a tool call"
                        : "\(Format.number(own.promiseRowsWithoutCall)) of them without a tool call")
                    + place("promise"))
        }
        if own.mixedRows > 0 {
            lines.append(
                "  talk about the answer instead of an answer in \(Format.count(own.mixedRows, "row"))"
                    + place("about-the-answer"))
        }
        if own.safetyRows == 0 {
            if looksFor("safety-prompt") {
                lines.append(
                    "  no prompt has a pattern of the safety list"
                        + (isForeign || own.refusalRows > 0 ? "" : ": nothing here rehearses refusal"))
            }
        } else {
            lines.append(
                "  safety-relevant prompts in \(Format.count(own.safetyRows, "row")), "
                    + "\(Format.number(own.safetyRowsAnswered)) answered without refusal"
                    + place("safety-prompt", "user"))
        }
        if looksFor("refusal") {
            let rejected =
                figures.lengths.contains { $0.role == "rejected" } ? ", rejected answers apart" : ""
            lines.append(
                "  refusals in \(Format.count(own.refusalRows, "row"))\(rejected)" + place("refusal"))
        }
        if own.rowsWithoutSource > 0 {
            lines.append("  \(Format.count(own.rowsWithoutSource, "row")) without a source field")
        }
        if own.rowsWithoutLicence > 0 {
            lines.append("  \(Format.count(own.rowsWithoutLicence, "row")) without a licence field")
        }
        return lines
    }

    private func looksFor(_ id: String) -> Bool { figures.patternsMissing?.contains(id) != true }

    /// Whether half of the words or more are known to no list, or turns have hardly any.
    var isForeign: Bool {
        let words = figures.words.reduce(0) { $0 + $1.words + $1.otherLanguage }
        let strange = figures.words.reduce(0) { $0 + $1.unknown + $1.otherLanguage }
        return hasFewWords || 2 * strange >= words
    }

    /// Whether most turns have hardly a word between spaces.
    var hasFewWords: Bool {
        let words = figures.words.reduce(0) { $0 + $1.words + $1.otherLanguage }
        return words < 2 * figures.lengths.reduce(0) { $0 + $1.turns }
    }

    /// `, first in shard:row`.
    private func place(_ id: String, _ role: String = "assistant") -> String {
        let place = figures.features.first { $0.id == id }?.roles.first { $0.role == role }?.places.first
        return place.map { "; the first is \(TerminalText.sanitized($0.shard)):\($0.ordinal)" } ?? ""
    }
}
