import Findings
import Testing

/// Upper limits of an audit, against published values and a sum by hand.
@Suite struct AuditFigureTests {
    @Test func `two wrong of two hundred in a large run are at most 3.1 percent`() {
        let figure = AuditFigure(audited: 200, drawn: 200, clusters: 1_203_332, wrong: 2)
        #expect(
            figure.description
                == "audited 200 of 1,203,332; 2 wrong; at most 3.1 % wrong (95 %, exact one-sided)")
    }

    /// The rule of three: none of n, so at most about 3 in n.
    @Test func `none wrong`() {
        #expect(
            abs(AuditFigure(audited: 60, drawn: 60, clusters: 1_000_000, wrong: 0).atMost - 0.0487) < 0.0002)
    }

    @Test func `all looked at leaves no doubt`() {
        #expect(AuditFigure(audited: 40, drawn: 40, clusters: 40, wrong: 3).atMost == 3.0 / 40)
        #expect(AuditFigure(audited: 0, drawn: 40, clusters: 40, wrong: 0).atMost == 1)
    }

    /// By counting every sample of a small run.
    @Test func `the limit is the largest number of bad ones that could look so good`() {
        let (clusters, audited) = (12, 5)
        func chance(bad: Int, atMost wrong: Int) -> Double {
            var (fitting, all) = (0, 0)
            for sample in 0..<(1 << clusters) where sample.nonzeroBitCount == audited {
                all += 1
                if (sample & ((1 << bad) - 1)).nonzeroBitCount <= wrong { fitting += 1 }
            }
            return Double(fitting) / Double(all)
        }
        for wrong in 0...audited {
            let possible = (wrong...(clusters - audited + wrong)).filter {
                chance(bad: $0, atMost: wrong) >= 0.05
            }
            let figure = AuditFigure(audited: audited, drawn: audited, clusters: clusters, wrong: wrong)
            #expect(figure.atMost == Double(possible.max() ?? 0) / Double(clusters), "\(wrong)")
        }
    }
}
