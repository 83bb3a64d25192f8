import TestSupport
import Testing

@testable import Review

/// Draws for audits: fair by stratum, the same for every reviewer of a plan.
@Suite struct AuditSampleTests {
    @Test func `strata give their shares, and a plan gives its sample`() throws {
        // 300 clusters of similarity 0.9, 100 of 1.
        let values = (0..<400).map { (cluster: Int) -> [Double] in
            let base = Double(cluster * 3)
            return [base, cluster < 300 ? base + 0.05 : base]
        }
        let run = try FakeRun(values)
        defer { run.remove() }
        let sample = AuditSample(run.table, count: 40, plan: FakeRun.plan)
        #expect(sample.clusters.count == 40 && Set(sample.clusters).count == 40)
        #expect(sample.clusters.count { $0 < 300 } == 30)
        #expect(AuditSample(run.table, count: 40, plan: FakeRun.plan).clusters == sample.clusters)
        let other = AuditSample(run.table, count: 40, plan: String(repeating: "cd", count: 32))
        #expect(other.clusters != sample.clusters)
        #expect(AuditSample(run.table, count: 1000, plan: FakeRun.plan).clusters.count == 400)
    }

    /// Over many plans each cluster is drawn about as often as any other of its stratum.
    @Test func `no cluster is favoured`() throws {
        let run = try FakeRun((0..<100).map { [Double($0 * 3), Double($0 * 3) + 0.1] })
        defer { run.remove() }
        var drawn = [Int](repeating: 0, count: 100)
        for plan in 0..<2000 {
            let digits = String(UInt64(plan) &* 0x9e37_79b9_7f4a_7c15, radix: 16)
            for cluster in AuditSample(run.table, count: 10, plan: digits).clusters {
                drawn[Int(cluster)] += 1
            }
        }
        // 200 expected, standard deviation 13.4.
        #expect(drawn.allSatisfy { (140...260).contains($0) })
    }
}
