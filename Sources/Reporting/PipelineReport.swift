import Findings

/// The gates of a run for build pipelines: counts, names of slices and sets, never a row.
package struct PipelineReport {
    /// The closed list of formats.
    package enum Layout: String, Sendable, CaseIterable {
        case text, json, github, sarif, junit
    }

    /// One thing that a pipeline is told.
    private struct Check {
        /// The gate, or what kept the run from being whole.
        var rule: String
        /// The slice or set that it is judged on; empty for the whole.
        var part: String
        var passed: Bool
        var message: String

        var title: String { part.isEmpty ? rule : "\(rule) \(part)" }
    }

    /// Checks that are reported; a file of more is refused by its readers.
    package static let mostChecks = 1000

    private let summary: RunSummary
    private let toolVersion: String
    private let checks: [Check]

    /// - Parameter gates: results to report, those of the run or others.
    package init(summary: RunSummary, gates: [GateResult], toolVersion: String) {
        self.summary = summary
        self.toolVersion = toolVersion
        let own = gates.map { gate in
            Check(
                rule: gate.name.rawValue, part: TerminalText.sanitized(gate.slice ?? ""), passed: gate.passed,
                message: GateText.figures(gate))
        }
        let causes = summary.causes.filter { $0.code != .gate }.map {
            Check(
                rule: $0.code.rawValue, part: "", passed: false, message: TerminalText.sanitized($0.message))
        }
        checks = causes + own
    }

    private var failed: [Check] { checks.filter { !$0.passed } }

    /// The checks that are reported, the failed ones first, and how many are not.
    private func capped(_ checks: [Check]) -> (shown: [Check], rest: Int) {
        let sorted = checks.filter { !$0.passed } + checks.filter(\.passed)
        return (Array(sorted.prefix(Self.mostChecks)), max(0, sorted.count - Self.mostChecks))
    }

    // MARK: GitHub

    /// Workflow commands: an annotation for each failed gate.
    package func github() -> String {
        let (shown, rest) = capped(failed)
        var lines = shown.map {
            "::error title=\(Self.property("assay \($0.title)"))::\(Self.value($0.message))"
        }
        if rest > 0 { lines.append("::error title=assay::\(rest) more failed gates") }
        if lines.isEmpty { lines = ["::notice title=assay::\(checks.count) gates passed"] }
        return lines.joined(separator: "\n")
    }

    /// A step's summary in Markdown.
    package func markdown() -> String {
        let rows = summary.rows
        var lines = [
            "### Assay: \(failed.isEmpty ? "passed" : "failed")", "",
            "\(Format.number(rows.in)) rows in = \(Format.number(rows.kept)) kept + "
                + "\(Format.number(rows.removed)) removed + "
                + "\(Format.number(rows.quarantined)) quarantined", "",
            "| gate | result | observed |", "|---|---|---|",
        ]
        let (shown, rest) = capped(checks)
        lines += shown.map {
            "| \(Self.cell($0.title)) | \($0.passed ? "passed" : "**failed**") | \(Self.cell($0.message)) |"
        }
        if rest > 0 { lines += ["", "\(rest) more gates are not listed."] }
        let worst = summary.nearDuplicates.slices.filter { $0.removed > 0 }.prefix(10)
        if !worst.isEmpty {
            lines += ["", "| slice | before | after | lost |", "|---|---:|---:|---:|"]
            lines += worst.map {
                "| \(Self.cell("\($0.field)=\($0.value)")) | \(Format.number($0.before)) | "
                    + "\(Format.number($0.after)) | \(Format.loss($0.share)) |"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func value(_ text: String) -> String {
        replacing(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
    }

    private static func property(_ text: String) -> String {
        replacing(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
    }

    /// Text in a cell of a table: no markup, no link, no break.
    private static func cell(_ text: String) -> String {
        var cell = ""
        for scalar in TerminalText.sanitized(text).unicodeScalars {
            switch scalar {
            case "&": cell += "&amp;"
            case "<": cell += "&lt;"
            case "\\", "`", "*", "_", "[", "]", "(", ")", "|", "#", "!", "~", "@", ":":
                cell += "&#\(scalar.value);"
            default: cell.unicodeScalars.append(scalar)
            }
        }
        return cell
    }

    private static func replacing(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
        var replaced = ""
        for scalar in text.unicodeScalars {
            if let escape = escapes[scalar] {
                replaced += escape
            } else {
                replaced.unicodeScalars.append(scalar)
            }
        }
        return replaced
    }

    // MARK: SARIF

    private struct SarifLog: Encodable {
        struct Text: Encodable { var text: String }

        struct Rule: Encodable {
            var id: String
            var shortDescription: Text
        }

        struct Driver: Encodable {
            var name = "assay"
            var version: String
            var rules: [Rule]
        }

        struct Tool: Encodable { var driver: Driver }

        struct Result: Encodable {
            var ruleId: String
            var level = "error"
            var message: Text
        }

        struct Run: Encodable {
            var tool: Tool
            var results: [Result]
        }

        enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case version, runs
        }

        var schema = "https://json.schemastore.org/sarif-2.1.0.json"
        var version = "2.1.0"
        var runs: [Run]
    }

    /// SARIF 2.1.0 with a result for each failed gate, at most ``mostChecks``.
    ///
    /// - Throws: nothing that a summary can cause.
    package func sarif() throws -> [UInt8] {
        let (shown, rest) = capped(failed)
        var results = shown.map { check in
            SarifLog.Result(
                ruleId: check.rule,
                message: .init(text: check.part.isEmpty ? check.message : "\(check.part): \(check.message)"))
        }
        if rest > 0, let last = results.last {
            results[results.count - 1].message.text = "\(last.message.text); and \(rest) more failed gates"
        }
        var rules: [SarifLog.Rule] = []
        for check in shown where !rules.contains(where: { $0.id == check.rule }) {
            rules.append(.init(id: check.rule, shortDescription: .init(text: Self.meaning(of: check.rule))))
        }
        let driver = SarifLog.Driver(version: toolVersion, rules: rules)
        return try JSONBytesEncoder.encode(
            SarifLog(runs: [.init(tool: .init(driver: driver), results: results)]))
    }

    private static func meaning(of rule: String) -> String {
        switch rule {
        case GateName.maxDrop.rawValue: "Share of the rows that the plan removes, identical ones not counted"
        case GateName.maxDropPerSlice.rawValue: "Share of a slice's rows that the plan removes"
        case GateName.maxOverlapItems.rawValue: "Eval items found in training rows"
        case GateName.maxAucRegister.rawValue: "How well register alone tells two samples apart"
        case GateName.maxUncoveredShare.rawValue: "Share of one sample that the other does not cover"
        case GateName.maxFeatureDelta.rawValue: "How far a feature differs between two samples"
        case ExitCause.Code.badRows.rawValue: "More rows quarantined than allowed"
        case ExitCause.Code.unreadableInput.rawValue: "An input that could not be read to its end"
        default: rule
        }
    }

    // MARK: JUnit

    /// JUnit XML with a test case for each gate.
    package func junit() -> String {
        let (shown, rest) = capped(checks)
        let failures = shown.count { !$0.passed }
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites>",
            "  <testsuite name=\"assay\" tests=\"\(shown.count)\" failures=\"\(failures)\">",
        ]
        for check in shown {
            let start = "    <testcase classname=\"assay\" name=\"\(Self.attribute(check.title))\""
            lines.append(
                check.passed
                    ? start + "/>"
                    : start + "><failure message=\"\(Self.attribute(check.message))\"/></testcase>")
        }
        if rest > 0 { lines.append("    <system-out>\(rest) more gates are not listed</system-out>") }
        lines += ["  </testsuite>", "</testsuites>"]
        return lines.joined(separator: "\n")
    }

    private static func attribute(_ text: String) -> String {
        replacing(
            TerminalText.sanitized(text), ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"])
    }
}
