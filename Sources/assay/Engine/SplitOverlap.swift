import Findings
import NearDuplicates
import Reporting

/// Rows of a validation or test split that are duplicates of rows of the train split of the same configuration.
///
/// Counted are verified pairs of a removed row and its keeper, so that the number is a lower bound: two rows removed
/// for the sake of a third are not compared with each other. Rows that another contains or continues are not
/// counted: they are no duplicates of it at the threshold.
struct SplitOverlap {
    /// One held-out split.
    struct Finding: Equatable {
        var place: PublishedSplits.Place
        /// The split's first shard.
        var shard: Int
        var rows: Int
        var duplicates: Int
    }

    private(set) var findings: [Finding] = []

    /// - Complexity: O(rows).
    init(splits: PublishedSplits, inputs: InputSet, accounts: [ShardAccount], decision: DedupDecision) {
        let training = splits.places.prefix(inputs.trainingCount)
        guard Set(training.map(\.split)).count > 1 else { return }
        var heldOut = Set<UInt32>()
        for row in 0..<decision.table.rowCount {
            guard let match = decision.verdicts.casualty(row), Self.isDuplicate(match.kind) else { continue }
            let own = decision.table.shard(of: row)
            let other = decision.table.shard(of: Int(match.keeper))
            guard own < training.count, other < training.count,
                training[own].config == training[other].config
            else { continue }
            let (row, keeper) = (training[own], training[other])
            if row.split == "train", Self.isHeldOut(keeper) { heldOut.insert(match.keeper) }
            if keeper.split == "train", Self.isHeldOut(row) { heldOut.insert(match.row) }
        }
        var places: [Int] = []
        for (index, place) in training.enumerated() where Self.isHeldOut(place) {
            if let known = places.first(where: { findings[$0].place == place }) {
                findings[known].rows += accounts[index].rows
            } else {
                places.append(findings.count)
                findings.append(
                    Finding(place: place, shard: index, rows: accounts[index].rows, duplicates: 0))
            }
        }
        for row in heldOut {
            let place = training[decision.table.shard(of: Int(row))]
            if let index = findings.firstIndex(where: { $0.place == place }) {
                findings[index].duplicates += 1
            }
        }
        findings.removeAll { $0.duplicates == 0 }
    }

    private static func isDuplicate(_ kind: CasualtyKind) -> Bool {
        switch kind {
        case .identical, .exact, .near: true
        case .contained, .prefix: false
        }
    }

    private static func isHeldOut(_ place: PublishedSplits.Place) -> Bool {
        place.split != nil && place.split != "train"
    }

    /// The line of the report.
    static func text(_ finding: Finding, threshold: Double) -> String {
        let split = finding.place.split ?? ""
        let name = finding.place.config.map { "\(split) of config \($0)" } ?? split
        return
            "at least \(Format.number(finding.duplicates)) of the \(Format.number(finding.rows)) rows of split "
            + "\(name) are duplicates of train rows at \(threshold): a score on it counts what was learnt by heart; "
            + "take them out of train by --against"
    }
}
