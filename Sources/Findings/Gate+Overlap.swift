import Corpus

extension Gate {
    /// Reads `N`, `SET:N`, `SET=VERDICT:N` or `=VERDICT:N`; the last colon divides.
    ///
    /// - Throws: `wrongUse`.
    package static func maxOverlapItems(_ text: String) throws -> Gate {
        let colon = text.lastIndex(of: ":")
        let number = colon.map { String(text[text.index(after: $0)...]) } ?? text
        guard let limit = Int(number), limit >= 0 else {
            throw FindingsError(
                .wrongUse,
                "--max-overlap-items: \(text) is not N, SET:N or SET=VERDICT:N; write it as gsm8k=verbatim:0")
        }
        return try maxOverlapItems(colon.map { SliceSelector(String(text[..<$0])) }, Double(limit))
    }

    /// - Parameter scope: the eval set (empty for all) and the verdict; `nil` for all of both.
    /// - Throws: `wrongUse` for a limit that is no number of items or a verdict that is none.
    package static func maxOverlapItems(_ scope: SliceSelector?, _ limit: Double) throws -> Gate {
        guard limit >= 0, limit == limit.rounded(), limit < 1e12 else {
            throw FindingsError(
                .wrongUse, "\(GateName.maxOverlapItems.rawValue): \(limit) is no number of items")
        }
        if let verdict = scope?.value, OverlapVerdict(name: verdict) == nil {
            let names = OverlapVerdict.allCases.map(\.name).joined(separator: ", ")
            throw FindingsError(
                .wrongUse,
                "\(GateName.maxOverlapItems.rawValue): there is no verdict \(verdict); verdicts are \(names)")
        }
        return Gate(name: .maxOverlapItems, slice: scope, limit: limit)
    }

    /// Counts the flagged items of each set in scope.
    ///
    /// A set that is itself an input counts with all its items. A set that nothing was searched for, or of which
    /// nothing could be checked, fails: no finding is no proof.
    func judgeOverlap(_ summary: RunSummary) throws -> [GateResult] {
        guard let figures = summary.evalOverlap else {
            throw FindingsError(
                .wrongUse,
                "the run has no eval sets, which gate \(name.rawValue) is judged on; add --eval NAME=FILE")
        }
        let field = slice?.field ?? ""
        let sets = figures.sets.filter { field.isEmpty || $0.name == field }
        guard !sets.isEmpty else {
            throw FindingsError(
                .wrongUse, "the run has no eval set \(field), which gate \(name.rawValue) names")
        }
        var items = 0
        var reasons: [String] = []
        for set in sets {
            if let reason = Self.reason(set) { reasons.append("\(set.name): \(reason)") }
            if !set.inputShards.isEmpty {
                items += set.items
            } else if let verdict = slice?.value {
                items += set.flagged[verdict] + set.labels[verdict]
            } else {
                items += set.flagged.total
            }
        }
        return [
            GateResult(
                name: name, slice: slice?.description, observed: Double(items), limit: limit,
                rows: sets.reduce(0) { $0 + $1.items }, passed: Double(items) <= limit && reasons.isEmpty,
                reason: reasons.isEmpty ? nil : reasons.joined(separator: "; "))
        ]
    }

    /// Why a set fails a gate whatever was found; `nil` where the count decides.
    private static func reason(_ set: EvalOverlapFigures.EvalSetFigures) -> String? {
        if !set.inputShards.isEmpty {
            return
                "the input \(set.inputShards.joined(separator: ", ")) is this set; take it out of the inputs"
        }
        if set.searchedRows == 0 { return "nothing was searched: no row with text" }
        return set.checkable == 0 && set.flaggedItems == 0 ? "no item of it can be checked" : nil
    }
}
