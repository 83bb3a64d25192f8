import Findings

/// Turns by the labels and scores of their rows; of one thread, or of all once they are merged.
///
/// A score is counted by a step of one part in 64 (whole numbers up to 127 each for itself), so that a field of many
/// different scores is a few hundred steps.
struct LabelTallies: Sendable {
    /// Two groups of rows that a label or a score tells apart.
    struct Comparison: Sendable {
        var first: String
        var second: String
        var of: PartTally
        var against: PartTally
    }

    /// By the lower end of each step, as text.
    private var scores = PartTallies(mostValues: LabelTallies.mostSteps)
    private var labels = PartTallies(mostValues: LabelTallies.mostLabels)
    /// Of the values that were met first, `mostSteps` of them.
    private var steps: [SliceValue: SliceValue?] = [:]

    /// Chosen: scores of any sane scale have fewer steps.
    static let mostSteps = 4_000
    /// A field of more values that are no numbers is free text.
    static let mostLabels = 64

    mutating func add(
        _ row: [FeatureTallies.TurnFeatures], _ union: FeatureReader.Set, _ part: SliceValue,
        _ role: ProfileRole
    ) {
        if let step = step(of: part) {
            scores.add(row, union, step, role)
        } else {
            labels.add(row, union, part, role)
        }
    }

    /// The step of a score; `nil` for what is no number.
    private mutating func step(of part: SliceValue) -> SliceValue? {
        if let known = steps[part] { return known }
        var step: SliceValue?
        if let score = Double(part.value), score.isFinite {
            step = SliceValue(field: part.field, value: Self.name(Self.step(score)))
        }
        if steps.count < Self.mostSteps { steps[part] = .some(step) }
        return step
    }

    mutating func merge(_ other: LabelTallies) {
        scores.merge(other.scores)
        labels.merge(other.labels)
    }

    /// Fields of too many values.
    var leftOut: Set<String> { scores.leftOut.union(labels.leftOut) }

    func parts(_ role: ProfileRole) -> [(part: SliceValue, tally: PartTally)] {
        (scores.parts(role) + labels.parts(role))
            .sorted { ($0.part.field, $0.part.value) < ($1.part.field, $1.part.value) }
    }

    /// The score's step: six binary digits of its mantissa.
    static func step(_ score: Double) -> Double {
        guard score != 0 else { return 0 }
        let ends = score.bitPattern & ~((1 << 46) - 1)
        return Double(bitPattern: ends)
    }

    /// `4` for 4.0.
    static func name(_ score: Double) -> String {
        score == score.rounded() && abs(score) < 1e15 ? "\(Int(score))" : "\(score)"
    }

    // MARK: Comparisons

    /// What is compared: the two values of a field that has two; the higher scores against the lower ones, divided where
    /// the halves come closest to even; each of several labels against the others.
    func comparisons(_ role: ProfileRole) -> [Comparison] {
        let numbers = Dictionary(grouping: scores.parts(role), by: \.part.field)
        let names = Dictionary(grouping: labels.parts(role), by: \.part.field)
        var all: [Comparison] = []
        for field in Set(numbers.keys).union(names.keys).sorted() {
            let own = (names[field] ?? [])
            let steps = (numbers[field] ?? []).map { (score: Double($0.part.value) ?? 0, tally: $0.tally) }
                .sorted { $0.score < $1.score }
            if own.isEmpty {
                all += Self.scores(field, steps)
            } else {
                // Scores beside words are labels too.
                let values =
                    own.map { ($0.part.value, $0.tally) } + steps.map { (Self.name($0.score), $0.tally) }
                all += Self.labels(field, values)
            }
        }
        return all
    }

    private static func scores(_ field: String, _ steps: [(score: Double, tally: PartTally)]) -> [Comparison]
    {
        guard steps.count > 1 else { return [] }
        if steps.count == 2 {
            return [
                Comparison(
                    first: "\(field)=\(name(steps[1].score))", second: "\(field)=\(name(steps[0].score))",
                    of: steps[1].tally, against: steps[0].tally)
            ]
        }
        let total = steps.reduce(0) { $0 + $1.tally.turns }
        var below = 0
        var best = (distance: Int.max, at: 1)
        for at in 1..<steps.count {
            below += steps[at - 1].tally.turns
            let distance = abs(total - 2 * below)
            if distance < best.distance { best = (distance, at) }
        }
        var low = PartTally()
        var high = PartTally()
        for (at, step) in steps.enumerated() {
            if at < best.at { low.merge(step.tally) } else { high.merge(step.tally) }
        }
        let limit = name(steps[best.at].score)
        return [
            Comparison(first: "\(field)>=\(limit)", second: "\(field)<\(limit)", of: high, against: low)
        ]
    }

    private static func labels(_ field: String, _ values: [(value: String, tally: PartTally)]) -> [Comparison]
    {
        guard values.count > 1 else { return [] }
        if values.count == 2 {
            return [
                Comparison(
                    first: "\(field)=\(values[1].value)", second: "\(field)=\(values[0].value)",
                    of: values[1].tally, against: values[0].tally)
            ]
        }
        return values.indices.map { at in
            var rest = PartTally()
            for other in values.indices where other != at { rest.merge(values[other].tally) }
            return Comparison(
                first: "\(field)=\(values[at].value)", second: "other \(field)", of: values[at].tally,
                against: rest)
        }
    }
}
