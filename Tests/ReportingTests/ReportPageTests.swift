import Crypto
import Findings
import Foundation
import Testing

@testable import Reporting

@Suite struct ReportPageTests {
    /// Markup, an attribute's end, a template's tag.
    static let hostile = "<img src=x onerror=alert(1)>\"\u{301}'><script>{{style}}{{{script}}}</script>"

    private static func content(casualties: Int = 3, pieceLength: Int = 40) -> ReportContent {
        var summary = RunSummary()
        summary.rows.in = 100
        summary.rows.kept = 90
        summary.rows.removed = 10
        var shard = RunSummary.Shard()
        shard.name = hostile
        shard.rows = 100
        shard.kept = 90
        shard.removed = 10
        shard.notes = [hostile]
        summary.shards = [shard]
        var loss = RunSummary.SliceLoss()
        loss.field = "queue"
        loss.value = hostile
        loss.before = 20
        loss.after = 12
        loss.removed = 8
        loss.share = 0.4
        loss.textLost = 0.25
        summary.nearDuplicates.slices = [loss]
        summary.nearDuplicates.casualties.near = 10
        var content = ReportContent(summary: summary)
        content.command = "dedup"
        content.hasNearDuplicates = true
        content.showsText = true
        content.similarities = (0...100).map { $0 == 85 ? 10 : 0 }
        content.clusterSizes = [("2", 4), ("3", 3)]
        content.recall = (0...100).map { Double($0) / 100 }
        content.casualties = (0..<casualties).map { number in
            ReportContent.Casualty(
                group: "Slice \(hostile)", shard: hostile, ordinal: number, keeperShard: "b",
                keeperOrdinal: 1,
                kind: "near", similarity: 0.85, textLost: 0.2, difference: "wording",
                diff: DiffSample(pieces: [
                    .same(String(repeating: "x", count: pieceLength)), .lost(hostile), .kept("y"),
                ]))
        }
        return content
    }

    private static func page(_ content: ReportContent) throws -> String {
        String(decoding: try ReportPage(content).html(), as: UTF8.self)
    }

    @Test func `data opens no tag, closes no attribute and runs no template`() throws {
        let page = try Self.page(Self.content())
        #expect(!page.contains("<img") && !page.contains("onerror=alert(1)>"))
        #expect(page.components(separatedBy: "<script>").count == 2)
        #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;&quot"))
        // The tag of a template in data is text.
        #expect(page.contains("{{style}}"))
    }

    @Test func `the policy allows the page's own style and script alone`() throws {
        let page = try Self.page(Self.content())
        let policy = try #require(page.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)?.1)
        #expect(policy.hasPrefix("default-src 'none'; "))
        #expect(!policy.contains("unsafe"))
        for (element, name) in [("style", "style-src"), ("script", "script-src")] {
            let start = try #require(page.range(of: "<\(element)>")?.upperBound)
            let end = try #require(page.range(of: "</\(element)>")?.lowerBound)
            let digest = Data(SHA256.hash(data: Data(page[start..<end].utf8))).base64EncodedString()
            #expect(policy.contains("\(name) 'sha256-\(digest)'"))
        }
    }

    @Test func `nothing is loaded, and no handler or style stands in an attribute`() throws {
        let page = try Self.page(Self.content())
        let start = try #require(page.range(of: "</head>")?.upperBound)
        let body = page[start...]
        #expect(!body.contains(/<[^>]*\s(src|on[a-z]+|style)\s*=/))
        #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("url("))
    }

    @Test func `anchors are unique, and every link of the page leads somewhere`() throws {
        let page = try Self.page(Self.content())
        let anchors = page.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
        #expect(Set(anchors).count == anchors.count)
        for link in page.matches(of: /href="#([^"]*)"/) {
            #expect(anchors.contains(String(link.1)), "\(link.1)")
        }
    }

    @Test func `without permission there is no text, and the page says how to get it`() throws {
        var content = Self.content()
        content.showsText = false
        content.casualties = content.casualties.map { row in
            var row = row
            row.diff = nil
            return row
        }
        let page = try Self.page(content)
        #expect(page.contains("assay report RUN --show-text") && !page.contains("xxxxxxxx"))
    }

    @Test func `a page of very many rows stays small and says what is left out`() throws {
        let page = try Self.page(Self.content(casualties: 10_000, pieceLength: 100_000))
        #expect(page.utf8.count < ReportPage.mostBytes)
        #expect(page.contains("Further rows are left out"))
    }

    @Test func `the same content makes the same bytes`() throws {
        #expect(try ReportPage(Self.content()).html() == ReportPage(Self.content()).html())
    }
}
