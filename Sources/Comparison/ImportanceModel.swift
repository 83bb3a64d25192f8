import Glibc

/// Weights for the left rows under which they look more like the right ones: the ratio of the two densities, from a
/// classifier of words and characters (Bickel, Brückner and Scheffer 2009), clipped.
///
/// `@unchecked Sendable` without a lock: nothing changes after `init`.
package final class ImportanceModel: @unchecked Sendable {
    /// Weights lie between one over it and it, before they are brought to a mean of 1.
    package static let clip = 10.0

    /// By hashed feature; `nan` for a feature that was left out.
    private let weights: [Float]
    private let constant: Double
    /// Brings the mean over the sampled left rows to 1.
    private var scale = 1.0

    /// The weights of a classifier that is trained on the rows that were drawn alike.
    static func train(_ rows: SparseRows, _ sample: RowSample) -> [Double] {
        let members = sample.rows.indices.filter { !sample.rows[$0].isExtra }
        return LinearClassifier.train(rows, members: members, isRight: members.map { sample.isRight[$0] })
    }

    /// - Parameter classifier: weights by column, of a classifier of `rows`.
    init(_ rows: SparseRows, _ sample: RowSample, classifier found: [Double]) {
        let members = sample.rows.indices.filter { !sample.rows[$0].isExtra }
        let isRight = members.map { sample.isRight[$0] }
        weights = rows.columnOfFeature.map { $0 > 0 ? Float(found[Int($0) - 1]) : .nan }
        let right = Double(max(1, isRight.count { $0 }))
        let left = Double(max(1, isRight.count - isRight.count { $0 }))
        constant = (found.last ?? 0) + log(left / right)
        let sampled = found.withUnsafeBufferPointer { found in
            members.filter { !sample.isRight[$0] }.map { row in
                Self.clipped(rows.score(row, found) + log(left / right))
            }
        }
        let mean = sampled.reduce(0, +) / Double(max(1, sampled.count))
        if mean > 0 { scale = 1 / mean }
    }

    private static func clipped(_ logRatio: Double) -> Double {
        exp(min(log(clip), max(-log(clip), logRatio)))
    }

    /// The weight of a row, and whether it was clipped.
    func weight(of features: [HashedFeature]) -> (weight: Double, isClipped: Bool) {
        var sum: Float = 0
        var squares: Float = 0
        for feature in features {
            let weight = weights[Int(feature.number)]
            if weight.isNaN { continue }
            sum += weight * feature.value
            squares += feature.value * feature.value
        }
        let value = constant + (squares > 0 ? Double(sum / squares.squareRoot()) : 0)
        return (Self.clipped(value) * scale, abs(value) > log(Self.clip))
    }
}
