import Findings
import Foundation
import Testing

@testable import Reporting

/// Snapshots of the formats for pipelines.
@Suite struct PipelineReportTests {
    private static func report(slice: String = "tone=hostile, 50 %", gates: Int = 1) -> PipelineReport {
        var summary = RunSummary()
        summary.rows.in = 1000
        summary.rows.kept = 640
        summary.rows.removed = 358
        summary.rows.quarantined = 2
        summary.causes = [ExitCause(.badRows, "2 rows quarantined, 0 allowed by --max-bad-rows")]
        var loss = RunSummary.SliceLoss()
        loss.field = "queue"
        loss.value = "a|b"
        loss.before = 20
        loss.removed = 15
        loss.after = 5
        loss.share = 0.75
        summary.nearDuplicates.slices = [loss]
        let results =
            [
                GateResult(
                    name: .maxDrop, slice: nil, observed: 0.25, limit: 0.3, rows: 1000, passed: true)
            ]
            + (0..<gates).map { _ in
                GateResult(
                    name: .maxDropPerSlice, slice: slice, observed: 0.5, limit: 0.1, rows: 20, passed: false)
            }
        return PipelineReport(summary: summary, gates: results, toolVersion: "0.1.0")
    }

    @Test func `annotations of GitHub`() {
        #expect(
            Self.report().github() == """
                ::error title=assay bad-rows::2 rows quarantined, 0 allowed by --max-bad-rows
                ::error title=assay dedup.max_drop_per_slice tone=hostile%2C 50 %25::50.0 %25 of 20 rows, limit 10.0 %25
                """)
    }

    @Test func `the summary of a step`() {
        #expect(
            Self.report().markdown() == """
                ### Assay: failed

                1,000 rows in = 640 kept + 358 removed + 2 quarantined

                | gate | result | observed |
                |---|---|---|
                | bad-rows | **failed** | 2 rows quarantined, 0 allowed by --max-bad-rows |
                | dedup.max&#95;drop&#95;per&#95;slice tone=hostile, 50 % | **failed** | 50.0 % of 20 rows, limit 10.0 % |
                | dedup.max&#95;drop | passed | 25.0 % of 1,000 rows, limit 30.0 % |

                | slice | before | after | lost |
                |---|---:|---:|---:|
                | queue=a&#124;b | 20 | 5 | -75 % |

                """)
    }

    @Test func `SARIF`() throws {
        let log = String(decoding: try Self.report().sarif(), as: UTF8.self)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(log.utf8)) as? [String: Any])
        #expect(object["$schema"] as? String == "https://json.schemastore.org/sarif-2.1.0.json")
        #expect(object["version"] as? String == "2.1.0")
        let run = try #require((object["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        #expect(driver["name"] as? String == "assay" && driver["version"] as? String == "0.1.0")
        let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        #expect(rules == ["bad-rows", "dedup.max_drop_per_slice"])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.compactMap { $0["ruleId"] as? String } == rules)
        #expect(results.allSatisfy { $0["level"] as? String == "error" })
        #expect(
            (results.last?["message"] as? [String: Any])?["text"] as? String
                == "tone=hostile, 50 %: 50.0 % of 20 rows, limit 10.0 %")
    }

    @Test func `JUnit`() {
        #expect(
            Self.report(slice: "tone=\"<b>\"").junit() == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="assay" tests="3" failures="2">
                    <testcase classname="assay" name="bad-rows"><failure message="2 rows quarantined, 0 allowed by --max-bad-rows"/></testcase>
                    <testcase classname="assay" name="dedup.max_drop_per_slice tone=&quot;&lt;b&gt;&quot;"><failure message="50.0 % of 20 rows, limit 10.0 %"/></testcase>
                    <testcase classname="assay" name="dedup.max_drop"/>
                  </testsuite>
                </testsuites>
                """)
    }

    @Test func `control characters and markup of data are inert in every format`() throws {
        let report = Self.report(slice: "a\n::error::b\r<script>\u{1B}[31m[x](y)\u{202E}")
        #expect(report.github().split(separator: "\n").count == 2)
        for text in [
            report.github(), report.markdown(), report.junit(),
            String(decoding: try report.sarif(), as: UTF8.self),
        ] {
            #expect(
                !text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E || $0.value == 0x0D })
        }
        #expect(!report.markdown().contains("<script>") && !report.markdown().contains("[x]"))
        #expect(!report.junit().contains("<script>"))
    }

    @Test func `long lists are cut and say so`() throws {
        let report = Self.report(gates: 3000)
        #expect(report.github().contains("2001 more failed gates"))
        #expect(report.markdown().contains("2002 more gates are not listed"))
        #expect(report.junit().contains("2002 more gates are not listed"))
        #expect(String(decoding: try report.sarif(), as: UTF8.self).contains("2001 more failed gates"))
    }
}
