import Crypto
import Findings
import Foundation
import Mustache

/// `report.html`: one file that opens offline.
///
/// Every datum is escaped by ``PageEscaping``; the page loads nothing, and runs the one script whose digest its
/// Content-Security-Policy names. Lists are cut so that it stays below ``mostBytes``.
package struct ReportPage {
    /// Bytes of a page.
    package static let mostBytes = 5_000_000
    /// Bytes of row text, of which the rest of the page is independent.
    static let mostSampleBytes = 2_000_000

    let content: ReportContent

    /// What the template reads.
    private struct Context {
        var pageTitle: String
        var lead: String
        var warnings: [String]
        var textBanner: String?
        var origin: String
        var sections: [PageSection]
        var script: String
        var style: String
        var scriptHash: String
        var styleHash: String
    }

    package init(_ content: ReportContent) { self.content = content }

    var summary: RunSummary { content.summary }

    /// The page in UTF-8; the same for the same content.
    ///
    /// - Throws: `FindingsError` of code `library` where the built-in templates are broken.
    package func html() throws -> [UInt8] {
        let style = String(decoding: PackageResources.style_css, as: UTF8.self)
        let script = String(decoding: PackageResources.script_js, as: UTF8.self)
        let context = Context(
            pageTitle: "Assay report: \(content.command)", lead: lead, warnings: warnings,
            textBanner: textBanner,
            origin: "assay \(content.toolVersion), configuration \(content.configurationDigest)",
            sections: sections, script: script, style: style, scriptHash: Self.digest(script),
            styleHash: Self.digest(style))
        guard let page = try Self.library().render(context, withTemplate: "report") else {
            throw FindingsError(.library, "the page's template is not there")
        }
        return Array(page.utf8)
    }

    private static func library() throws -> MustacheLibrary {
        MustacheContentTypes.register(PageEscaping(), named: PageEscaping.name)
        let parts = [
            ("report", PackageResources.report_mustache), ("table", PackageResources.table_mustache),
            ("plot", PackageResources.plot_mustache), ("sample", PackageResources.sample_mustache),
        ]
        do {
            let templates = try parts.map { name, bytes in
                (name, try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self)))
            }
            return MustacheLibrary(templates: Dictionary(uniqueKeysWithValues: templates))
        } catch {
            throw FindingsError(.library, "the page's template is broken", cause: "\(error)")
        }
    }

    /// As a Content-Security-Policy names it.
    private static func digest(_ text: String) -> String {
        Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }

    // MARK: Head

    private var lead: String {
        let rows = summary.rows
        var parts =
            isComparison
            ? []
            : [
                "\(Format.number(rows.in)) rows in = \(Format.number(rows.kept)) kept + \(Format.number(rows.removed)) "
                    + "removed + \(Format.number(rows.quarantined)) quarantined."
            ]
        if let decided = content.decisions?.summary.rows {
            parts.append(
                "With the reviewers' decisions \(Format.number(decided.kept)) are kept and "
                    + "\(Format.number(decided.removed)) removed.")
        }
        if let overlap = summary.evalOverlap {
            let flagged = overlap.sets.reduce(0) { $0 + $1.flaggedItems }
            let items = overlap.sets.reduce(0) { $0 + $1.items }
            parts.append(
                "\(Format.number(flagged)) of \(Format.count(items, "eval item")) stand in the rows.")
        }
        if let comparison = summary.comparison { parts.append(comparison.verdict) }
        let failed = summary.gates.count { !$0.passed }
        if !summary.gates.isEmpty {
            parts.append(failed == 0 ? "All gates passed." : "\(Format.count(failed, "gate")) failed.")
        }
        return parts.joined(separator: " ")
    }

    private var warnings: [String] {
        var warnings = summary.causes.map { "Exit status \($0.code.status): \($0.message)" }
        if !summary.complete {
            warnings.insert(
                "Incomplete: a shard could not be read to its end; figures are of what was read.", at: 0)
        }
        return warnings
    }

    /// Whether the run is a comparison alone, whose page never has rows.
    private var isComparison: Bool { content.command == "compare" }

    private var textBanner: String? {
        if isComparison { return "No text of rows is on this page." }
        if !content.holdsText { return "No text of rows: the run was made with --no-raw." }
        if content.showsText { return "This page holds text of rows: treat it as the data itself." }
        return "No text of rows is shown. assay report RUN --show-text -o report.html adds it."
    }

    private var sections: [PageSection] {
        var sections = [rowsSection]
        if let decisions = decisionSection { sections.append(decisions) }
        sections += nearDuplicateSections
        if let overlap = summary.evalOverlap { sections.append(overlapSection(overlap)) }
        if let profile = summary.languageProfile { sections += profileSections(profile) }
        if let comparison = summary.comparison { sections.append(comparisonSection(comparison)) }
        if let quarantine = quarantineSection { sections.append(quarantine) }
        return sections
    }
}
