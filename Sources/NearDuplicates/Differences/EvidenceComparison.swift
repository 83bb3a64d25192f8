import CText

/// Whether two sides' evidence differs; for contained pairs, whether the row has what the keeper lacks.
struct EvidenceComparison {
    private let isContained: Bool
    private let keeperIsFirst: Bool

    init(_ decision: DifferenceDecision) {
        isContained = decision.isContained
        keeperIsFirst = decision.keeperIsFirst
    }

    typealias Keys = ContiguousArray<UInt64>

    func differ(_ first: Keys, _ second: Keys) -> Bool {
        guard isContained else { return first != second }
        return keeperIsFirst ? Self.lacks(first, second) : Self.lacks(second, first)
    }

    /// Whether `keeper` lacks some key of `row`, counted.
    private static func lacks(_ keeper: Keys, _ row: Keys) -> Bool {
        if row.isEmpty { return false }
        var counts: [UInt64: Int] = [:]
        for key in keeper { counts[key, default: 0] += 1 }
        for key in row {
            guard let count = counts[key], count > 0 else { return true }
            counts[key] = count - 1
        }
        return false
    }

    /// Weak number words count only against a number of the other side.
    func numbersDiffer(_ first: DifferenceEvidence, _ second: DifferenceEvidence) -> Bool {
        if first.numbers == second.numbers {
            if first.weakNumbers.isEmpty || second.weakNumbers.isEmpty { return false }
            return differ(first.weakNumbers, second.weakNumbers)
        }
        if first.weakNumbers.isEmpty, second.weakNumbers.isEmpty {
            return differ(first.numbers, second.numbers)
        }
        let all = Keys((first.numbers + first.weakNumbers).sorted())
        let others = Keys((second.numbers + second.weakNumbers).sorted())
        return differ(all, others)
    }

    /// A hyphen between numbers against words alone (`5-10`, `5 to 10`) is wording.
    func operatorsDiffer(_ first: DifferenceEvidence, _ second: DifferenceEvidence) -> Bool {
        if first.allOperators == second.allOperators { return false }
        if !first.allOperators.isEmpty, !second.allOperators.isEmpty {
            return differ(first.allOperators, second.allOperators)
        }
        let isLoneMinus =
            first.allOperators.count + second.allOperators.count == 1
            && (first.allOperators.first ?? second.allOperators.first) == TokenKey.of(sign: "-")
        if isLoneMinus, first.allOperators.isEmpty ? !first.words.isEmpty : !second.words.isEmpty {
            return false
        }
        return differ(first.strongOperators, second.strongOperators)
    }
}
