import Corpus

/// A limit that a run must keep, judged from the summary's figures alone.
package struct Gate: Sendable, Equatable, Codable {
    package let name: GateName
    /// For `maxDropPerSlice`; for `maxOverlapItems` the eval set as field (empty for all) and the verdict as value;
    /// for `maxFeatureDelta` the feature as field.
    package let slice: SliceSelector?
    /// A share, 0 to 1, or a number of items; the observed one may equal it.
    package let limit: Double

    /// - Throws: `wrongUse` for a limit that is no share.
    package static func maxDrop(_ limit: Double) throws -> Gate {
        Gate(name: .maxDrop, slice: nil, limit: try share(limit, of: "--max-drop"))
    }

    /// - Throws: `wrongUse` for a limit that is no share or a slice without a field.
    package static func maxDropPerSlice(_ slice: SliceSelector, _ limit: Double) throws -> Gate {
        guard !slice.field.isEmpty else { throw malformed(slice.description) }
        return Gate(
            name: .maxDropPerSlice, slice: slice, limit: try share(limit, of: "--max-drop-per-slice"))
    }

    /// Reads `SLICE:SHARE`, where SLICE is `FIELD` or `FIELD=VALUE`; the last colon divides.
    ///
    /// - Throws: `wrongUse`.
    package static func maxDropPerSlice(_ text: String) throws -> Gate {
        guard let colon = text.lastIndex(of: ":"), let limit = Double(text[text.index(after: colon)...])
        else {
            throw malformed(text)
        }
        return try maxDropPerSlice(SliceSelector(String(text[..<colon])), limit)
    }

    /// Judges the gate.
    ///
    /// - Returns: one result; for each value of a field all that fail, else the one nearest the limit.
    /// - Throws: `wrongUse` where the run has no figures for the gate's field.
    /// - Complexity: O(slices of the summary).
    package func judge(_ summary: RunSummary) throws -> [GateResult] {
        switch name {
        case .maxDrop:
            let figures = summary.nearDuplicates
            let removed =
                summary.rows.removed - figures.casualties.identical + (figures.unlikeText ?? 0)
            return [result(slice: nil, removed: removed, rows: summary.rows.in)]
        case .maxDropPerSlice:
            guard let slice else { return [] }
            return try judge(slice, summary.nearDuplicates.slices)
        case .maxOverlapItems:
            return try judgeOverlap(summary)
        case .maxAucRegister, .maxUncoveredShare, .maxFeatureDelta:
            return try judgeComparison(summary)
        }
    }

    private func judge(_ slice: SliceSelector, _ losses: [RunSummary.SliceLoss]) throws -> [GateResult] {
        let ofField = losses.filter { $0.field == slice.field }
        guard !ofField.isEmpty else {
            throw FindingsError(
                .wrongUse,
                "the run has no slice of \(slice.field), which gate \(name.rawValue) names; add --slice \(slice.field)"
            )
        }
        if let value = slice.value {
            guard let loss = ofField.first(where: { $0.value == value }) else {
                throw FindingsError(
                    .wrongUse,
                    "gate \(name.rawValue): no row lies in the slice \(slice.description); check its spelling"
                )
            }
            return [result(loss)]
        }
        let results = ofField.map(result)
        let failed = results.filter { !$0.passed }
        if !failed.isEmpty { return failed }
        var nearest: [GateResult] = []
        for one in results where one.observed > nearest.first?.observed ?? -1 { nearest = [one] }
        return nearest
    }

    private func result(_ loss: RunSummary.SliceLoss) -> GateResult {
        let slice = SliceSelector(field: loss.field, value: loss.value)
        let removed = loss.removed - loss.identical + (loss.unlikeText ?? 0)
        return result(slice: slice.description, removed: removed, rows: loss.before)
    }

    private func result(slice: String?, removed: Int, rows: Int) -> GateResult {
        let observed = rows > 0 ? Double(removed) / Double(rows) : 0
        return GateResult(
            name: name, slice: slice, observed: observed, limit: limit, rows: rows, passed: observed <= limit)
    }

    private static func share(_ limit: Double, of option: String) throws -> Double {
        guard limit >= 0, limit <= 1 else {
            throw FindingsError(
                .wrongUse, "\(option): \(limit) is no share; give a fraction from 0 to 1, as 0.30")
        }
        return limit
    }

    private static func malformed(_ text: String) -> FindingsError {
        FindingsError(
            .wrongUse, "--max-drop-per-slice: \(text) is not SLICE:SHARE; write it as queue=refunds:0.30")
    }
}
