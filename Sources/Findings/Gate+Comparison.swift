import Corpus

extension Gate {
    /// - Throws: `wrongUse` for a limit that no area has.
    package static func maxAucRegister(_ limit: Double) throws -> Gate {
        guard limit >= 0.5, limit <= 1 else {
            throw FindingsError(
                .wrongUse,
                "\(GateName.maxAucRegister.rawValue): \(limit) is no area; give a number from 0.5 to 1, as 0.8"
            )
        }
        return Gate(name: .maxAucRegister, slice: nil, limit: limit)
    }

    /// - Throws: `wrongUse` for a limit that is no share.
    package static func maxUncoveredShare(_ limit: Double) throws -> Gate {
        guard limit >= 0, limit <= 1 else {
            throw FindingsError(
                .wrongUse,
                "\(GateName.maxUncoveredShare.rawValue): \(limit) is no share; give a fraction from 0 to 1, as 0.10"
            )
        }
        return Gate(name: .maxUncoveredShare, slice: nil, limit: limit)
    }

    /// - Parameter feature: as the table of features names it.
    /// - Throws: `wrongUse` for a limit that no delta has or a feature without a name.
    package static func maxFeatureDelta(_ feature: String, _ limit: Double) throws -> Gate {
        guard limit >= 0, limit <= 1, !feature.isEmpty else {
            throw FindingsError(
                .wrongUse,
                "\(GateName.maxFeatureDelta.rawValue): \(feature):\(limit) is not FEATURE:DELTA with a delta from 0 to 1; "
                    + "write it as lower-case-start:0.3")
        }
        return Gate(name: .maxFeatureDelta, slice: SliceSelector(field: feature, value: nil), limit: limit)
    }

    /// Reads `FEATURE:DELTA`.
    ///
    /// - Throws: `wrongUse`.
    package static func maxFeatureDelta(_ text: String) throws -> Gate {
        guard let colon = text.lastIndex(of: ":"), let limit = Double(text[text.index(after: colon)...])
        else {
            throw FindingsError(
                .wrongUse,
                "--max-feature-delta: \(text) is not FEATURE:DELTA; write it as lower-case-start:0.3")
        }
        return try maxFeatureDelta(String(text[..<colon]), limit)
    }

    /// Part of the rows that may lack the field by which coverage is judged.
    private static let mostUnjudgedShare = 0.1

    /// Judges a comparison; too few rows for a verdict fail, since nothing was looked at.
    func judgeComparison(_ summary: RunSummary) throws -> [GateResult] {
        guard let figures = summary.comparison else {
            throw FindingsError(
                .wrongUse,
                "the run compares nothing, which gate \(name.rawValue) is judged on; add --production PATH")
        }
        var reason =
            figures.apart == nil
            ? "too few rows: \(ComparisonFigures.leastRows) a side are needed, \(ComparisonFigures.leastDistinctRows) of "
                + "them different" : nil
        var observed: Double
        var rows = figures.left.sampled + figures.right.sampled
        switch name {
        case .maxUncoveredShare:
            observed = figures.coverage?.uncoveredShare ?? 0
            rows = figures.coverage?.rows ?? 0
            if reason == nil {
                switch figures.coverage?.doubt {
                case .unlikeRows:
                    reason =
                        "its rows are too unlike each other for groups of words; name a field of both sides by --slice"
                case .otherTurns:
                    reason =
                        "rows of one side have far more turns, which tells no topic from length; compare first turns, or name a "
                        + "field of both sides by --slice"
                case .otherWords:
                    reason =
                        "most of its words stand in no row of the other side, which tells no topic from a way of writing; name "
                        + "a field of both sides by --slice"
                case nil: break
                }
                if let coverage = figures.coverage, let without = coverage.withoutField,
                    Double(without) > Self.mostUnjudgedShare * Double(coverage.rows)
                {
                    reason =
                        "\(without) of \(coverage.rows) rows have no \(coverage.groupedBy), and what they are about is not judged"
                }
            }
        case .maxFeatureDelta:
            guard let feature = slice?.field else { return [] }
            observed = 0
            if reason != nil {
                break
            } else if let found = figures.features.first(where: { $0.id == feature }) {
                observed = abs(found.delta)
            } else if !figures.alikeFeatures.contains(feature) {
                throw FindingsError(
                    .wrongUse,
                    "gate \(name.rawValue): there is no feature \(feature); the features are in summary.json")
            }
        default: observed = figures.register.auc
        }
        return [
            GateResult(
                name: name, slice: slice?.field, observed: observed, limit: limit, rows: rows,
                passed: observed <= limit && reason == nil, reason: reason,
                isLowerBound: name == .maxUncoveredShare && figures.coverage?.isLowerBound == true
                    ? true : nil)
        ]
    }
}
