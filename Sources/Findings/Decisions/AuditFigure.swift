import Glibc

/// What an audit of clusters drawn at random came to.
package struct AuditFigure: Sendable, Equatable, Codable {
    /// Clusters looked at.
    package var audited: Int
    /// Clusters that were to be looked at.
    package var drawn: Int
    /// All clusters of the run.
    package var clusters: Int
    /// Clusters of which a row was restored or the keeper changed.
    package var wrong: Int
    /// The one-sided upper limit, at 95 %, of the share of wrong clusters.
    package var atMost: Double

    package init(audited: Int, drawn: Int, clusters: Int, wrong: Int) {
        self.audited = audited
        self.drawn = drawn
        self.clusters = clusters
        self.wrong = wrong
        atMost = Self.upperLimit(wrong: wrong, audited: audited, clusters: clusters)
    }

    /// The chance that a statement of this kind is false.
    static let risk = 0.05

    /// The largest share of wrong clusters under which a simple random sample shows so few of them with a chance of at
    /// least 5 %: exact, from the hypergeometric distribution.
    ///
    /// - Complexity: O(audited log clusters).
    package static func upperLimit(wrong: Int, audited: Int, clusters: Int) -> Double {
        guard audited > 0, clusters > 0 else { return 1 }
        // What was not audited may be wrong.
        var low = wrong
        var high = clusters - (audited - wrong)
        while low < high {
            let middle = (low + high + 1) / 2
            if chance(ofAtMost: wrong, audited: audited, bad: middle, of: clusters) >= risk {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return Double(low) / Double(clusters)
    }

    /// The chance of at most `wrong` bad ones among those drawn without replacement.
    private static func chance(ofAtMost wrong: Int, audited: Int, bad: Int, of all: Int) -> Double {
        let least = max(0, audited - (all - bad))
        guard least <= wrong else { return 0 }
        let whole = logBinomial(all, audited)
        return (least...wrong).reduce(0.0) { sum, count in
            guard count <= bad else { return sum }
            return sum + exp(logBinomial(bad, count) + logBinomial(all - bad, audited - count) - whole)
        }
    }

    private static func logBinomial(_ n: Int, _ k: Int) -> Double {
        lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
    }
}

extension AuditFigure: CustomStringConvertible {
    /// `audited 200 of 1,203,332; 2 wrong; at most 3.1 % wrong (95 %, exact one-sided)`.
    package var description: String {
        let tenths = (atMost * 1000).rounded() / 10
        let part = audited < drawn ? " (\(drawn - audited) of the sample not looked at)" : ""
        return
            "audited \(Self.grouped(audited)) of \(Self.grouped(clusters)); \(Self.grouped(wrong)) wrong; at most "
            + "\(tenths) % wrong (95 %, exact one-sided)\(part)"
    }

    private static func grouped(_ number: Int) -> String {
        var digits = Array(String(number))
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return String(digits)
    }
}
