import Corpus
import Findings

/// Chooses the casualties that a reviewer should look at first.
///
/// Doubt is a sum, chosen so that each part alone can put a row on the list: what differs (a name or an identifier
/// before words, words before form), the share of text lost, how few rows of its smallest slice stay, how near the
/// threshold it lies. Of one cluster at most two rows are listed, or one template would fill the list.
struct DoubtfulRows {
    /// A removed row with what its doubt rests on.
    struct Candidate {
        var row: Int
        var keeper: Int
        var kind: CasualtyKind
        var similarity: Double
        var difference: DifferenceClass
        var textLost: Double
        /// The slice of the row that keeps the fewest rows.
        var slice: Slice?
    }

    struct Slice {
        var name: String
        var before: Int
        var after: Int
    }

    static let listed = 10
    static let listedOfCluster = 2

    private let threshold: Double
    private let corpusRows: Int
    private var worst: [(doubt: Double, candidate: Candidate)] = []

    init(threshold: Double, corpusRows: Int) {
        self.threshold = threshold
        self.corpusRows = corpusRows
    }

    /// Near and contained casualties alone: the others are equal to their keepers as far as they go.
    ///
    /// - Complexity: O(listed).
    mutating func add(_ candidate: Candidate) {
        guard candidate.kind == .near || candidate.kind == .contained else { return }
        let doubt = doubt(candidate)
        if worst.count == Self.listed, let last = worst.last, !Self.precedes((doubt, candidate), last) {
            return
        }
        let ofCluster = worst.indices.filter { worst[$0].candidate.keeper == candidate.keeper }
        if ofCluster.count == Self.listedOfCluster, let least = ofCluster.last {
            guard Self.precedes((doubt, candidate), worst[least]) else { return }
            worst.remove(at: least)
        }
        let place = worst.firstIndex { Self.precedes((doubt, candidate), $0) } ?? worst.count
        worst.insert((doubt, candidate), at: place)
        if worst.count > Self.listed { worst.removeLast() }
    }

    /// The most doubtful first, each with its reason in words.
    var chosen: [(candidate: Candidate, reason: String)] {
        worst.map { ($0.candidate, reason($0.candidate)) }
    }

    private static func precedes(
        _ left: (doubt: Double, candidate: Candidate), _ right: (doubt: Double, candidate: Candidate)
    ) -> Bool {
        left.doubt == right.doubt ? left.candidate.row < right.candidate.row : left.doubt > right.doubt
    }

    private func doubt(_ candidate: Candidate) -> Double {
        var doubt = Self.weight(of: candidate.difference) + 4 * candidate.textLost
        if candidate.kind == .near, threshold < 1 { doubt += (1 - candidate.similarity) / (1 - threshold) }
        if let slice = candidate.slice, isSmall(slice) {
            doubt += slice.after == 0 ? 3 : slice.after <= 10 ? 2 : 1
        }
        return (doubt * 1e6).rounded() / 1e6
    }

    /// Ten rows or fewer left, or less than a hundredth of the corpus.
    private func isSmall(_ slice: Slice) -> Bool { slice.after <= 10 || slice.before * 100 < corpusRows }

    private static func weight(of difference: DifferenceClass) -> Double {
        switch difference {
        case .labelConflict, .turn, .number, .operator, .negation: 3
        case .identifier, .name: 2
        case .wording: 1.5
        case .extension, .order: 0.5
        case .spelling, .form, .fields, .identical: 0
        }
    }

    private func reason(_ candidate: Candidate) -> String {
        var reasons = [Self.words(candidate.difference)]
        if let slice = candidate.slice, isSmall(slice) {
            reasons.insert("\(slice.name) keeps \(slice.after) of \(slice.before) rows", at: 0)
        }
        if candidate.textLost >= 0.1 { reasons.append("much text lost") }
        if candidate.kind == .near, candidate.similarity < threshold + 0.02 {
            reasons.append("just over the threshold")
        }
        return reasons.prefix(2).joined(separator: ", ")
    }

    private static func words(_ difference: DifferenceClass) -> String {
        switch difference {
        case .labelConflict: "another label"
        case .turn: "another turn"
        case .number: "another number"
        case .operator: "another operator"
        case .negation: "a negation"
        case .identifier: "another code, date or address"
        case .name: "another name"
        case .spelling: "another spelling"
        case .wording: "other words"
        case .extension: "words that one of them adds"
        case .order: "another order"
        case .form: "other form"
        case .fields: "other fields"
        case .identical: "a copy"
        }
    }
}
