import Corpus
import Findings

@testable import EvalOverlap

/// Eval items and training rows made in memory, and what the engine makes of them.
struct OverlapFixture {
    let index: EvalIndex
    let decision: OverlapDecision
    private let judge: OverlapJudge

    static func item(_ question: String, answer: String = "", passage: String = "", rubric: String = "")
        -> EvalItem
    {
        var item = EvalItem()
        item.question = Array(question.utf8)
        item.answer = Array(answer.utf8)
        item.passage = Array(passage.utf8)
        item.rubric = Array(rubric.utf8)
        return item
    }

    /// - Parameter rows: training rows of the survey, beside which others can be judged.
    init(_ items: [EvalItem], rows: [[String]] = []) throws {
        let numbered = items.enumerated().map { place, item in
            var item = item
            item.ordinal = place
            item.name = "\(place)"
            return item
        }
        index = try EvalIndex([EvalSet(name: "set", items: numbered)])
        let surveyor = try OverlapSurveyor(index)
        for row in rows { _ = Self.withRow(row) { surveyor.add($0) } }
        decision = OverlapDecision(index, surveyor.counts)
        judge = try OverlapJudge(decision)
    }

    /// The verdicts on a row, by item.
    func verdicts(_ turns: [String], role: Role = .user) throws -> [Int: OverlapVerdict] {
        try verdicts(turns, roles: turns.map { _ in role })
    }

    /// - Parameter roles: of each turn.
    func verdicts(_ turns: [String], roles: [Role]) throws -> [Int: OverlapVerdict] {
        let text = try OverlapText()
        let prefix = try OverlapText()
        Self.withRow(turns) { text.read($0) }
        let matches = judge.matches(in: text) {
            roles[$0]
        } examples: { turn in
            let bytes = Array(turns[turn].utf8)
            prefix.begin()
            bytes.withUnsafeBytes {
                prefix.append(UnsafeRawBufferPointer(rebasing: $0[..<ExampleList.examples(in: $0)]))
            }
            return prefix.count
        }
        return Dictionary(uniqueKeysWithValues: matches.map { ($0.item, $0.verdict) })
    }

    static func withRow<Result>(_ turns: [String], _ body: (RowText) -> Result) -> Result {
        var bytes: [UInt8] = []
        var made: [Turn] = []
        for (place, turn) in turns.enumerated() {
            let start = bytes.count
            bytes += Array(turn.utf8)
            made.append(
                Turn(role: place % 2 == 0 ? .user : .assistant, offset: start, length: bytes.count - start))
        }
        return bytes.withUnsafeBytes { raw in
            made.withUnsafeBufferPointer { body(RowText(bytes: raw, turns: $0)) }
        }
    }
}
