/// How much of a run has been decided.
package struct ReviewProgress: Sendable, Equatable, Codable {
    package var clusters: Int
    package var decidedClusters: Int
    /// Eval items in rows.
    package var findings: Int
    package var decidedFindings: Int

    package init(clusters: Int, decidedClusters: Int, findings: Int, decidedFindings: Int) {
        self.clusters = clusters
        self.decidedClusters = decidedClusters
        self.findings = findings
        self.decidedFindings = decidedFindings
    }

    /// `12 of 566 clusters and 3 of 3 eval findings decided`.
    package var description: String {
        var parts: [String] = []
        if clusters > 0 { parts.append("\(decidedClusters) of \(clusters) clusters") }
        if findings > 0 { parts.append("\(decidedFindings) of \(findings) eval findings") }
        return parts.joined(separator: " and ") + " decided"
    }
}
