import Corpus
import TextForms

@testable import NearDuplicates

/// Exact similarities by sets of strings: slow and obviously right.
///
/// Shares with the engine only the normal form, which has an oracle of its own.
final class SimilarityOracle {
    /// Distinct shingles of one row, by side.
    struct Row {
        var prompt: Set<String> = []
        var response: Set<String> = []
        /// The normal forms of the compared turns, each with its role; what `exact` means.
        var turns: [String] = []

        var hasText: Bool { !prompt.isEmpty || !response.isEmpty }
    }

    /// Counts of the side with the smaller similarity.
    struct Similarity: Equatable {
        var shared: Int
        var total: Int

        func reaches(_ millionths: Int) -> Bool { total > 0 && shared * 1_000_000 >= millionths * total }

        static func isLess(_ left: Self, _ right: Self) -> Bool {
            left.shared * right.total < right.shared * left.total
        }
    }

    /// A pair of rows, the later one first.
    struct Pair {
        var row: Int
        var earlier: Int
        var similarity: Similarity
    }

    let rows: [Row]
    private let form: ShingleForm
    private let normalizer: TextNormalizer

    init(_ made: [MadeRow], _ configuration: DedupConfiguration) throws {
        form = configuration.shingle
        normalizer = try TextNormalizer()
        var rows: [Row] = []
        for row in made {
            var result = Row()
            for turn in row.turns {
                guard let side = Self.side(turn.role, configuration.on) else { continue }
                let text = Self.normal(turn.text, normalizer)
                result.turns.append("\(turn.role.name): \(text)")
                let shingles = Self.shingles(text, form)
                if side == .prompt {
                    result.prompt.formUnion(shingles)
                } else {
                    result.response.formUnion(shingles)
                }
            }
            rows.append(result)
        }
        self.rows = rows
    }

    /// DESIGN, "turn, role, side" and `--on`.
    private static func side(_ role: Role, _ on: ComparedSides) -> Side? {
        let isSystem = role == .system || role == .developer
        let isReply = role == .assistant
        switch on {
        case .sides: return isSystem ? nil : isReply ? .response : .prompt
        case .row: return isSystem ? nil : .prompt
        case .prompt: return isSystem || isReply ? nil : .prompt
        case .response: return isReply ? .response : nil
        case .all: return isReply ? .response : .prompt
        }
    }

    private static func normal(_ text: String, _ normalizer: TextNormalizer) -> String {
        let buffer = ByteBuffer()
        Array(text.utf8).withUnsafeBytes { normalizer.appendNormalForm(of: $0, to: buffer) }
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    /// The distinct shingles of one turn's normal form.
    static func shingles(_ text: String, _ form: ShingleForm) -> Set<String> {
        if text.isEmpty { return [] }
        switch form {
        case .characters(let size):
            let points = Array(text.unicodeScalars)
            if points.count < size { return ["whole:" + text] }
            return Set(
                (0...points.count - size).map { start in
                    var shingle = String.UnicodeScalarView()
                    shingle.append(contentsOf: points[start..<start + size])
                    return "window:" + String(shingle)
                })
        case .tokens: preconditionFailure("no --shingle")
        case .words(let size):
            let words = text.unicodeScalars.split { !isWord($0) }.map { String(String.UnicodeScalarView($0)) }
            if words.isEmpty { return ["whole:" + text] }
            if words.count < size { return ["few:" + words.joined(separator: "\0")] }
            return Set(
                (0...words.count - size).map { start in
                    "window:" + words[start..<start + size].joined(separator: "\0")
                })
        }
    }

    private static func isWord(_ point: Unicode.Scalar) -> Bool {
        if point == "_" { return true }
        switch point.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber,
            .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }

    /// Of two rows: both sides must agree, a side that neither has does not count.
    func similarity(_ left: Int, _ right: Int) -> Similarity {
        func jaccard(_ a: Set<String>, _ b: Set<String>) -> Similarity {
            Similarity(shared: a.intersection(b).count, total: a.union(b).count)
        }
        return Self.smaller(
            jaccard(rows[left].prompt, rows[right].prompt), jaccard(rows[left].response, rows[right].response)
        )
    }

    private static func smaller(_ prompt: Similarity, _ response: Similarity) -> Similarity {
        if prompt.total == 0 { return response }
        if response.total == 0 { return prompt }
        return Similarity.isLess(response, prompt) ? response : prompt
    }

    /// The share of a row's shingles that another has, both sides together.
    func containment(of row: Int, in other: Int) -> Similarity {
        let shared =
            rows[row].prompt.intersection(rows[other].prompt).count
            + rows[row].response.intersection(rows[other].response).count
        return Similarity(shared: shared, total: rows[row].prompt.count + rows[row].response.count)
    }

    /// Whether each side of a row lies in the other's to a limit.
    func areSidesContained(_ row: Int, in other: Int, _ millionths: Int) -> Bool {
        let (own, longer) = (rows[row], rows[other])
        return [(own.prompt, longer.prompt), (own.response, longer.response)].allSatisfy { side, holder in
            side.isEmpty
                || Similarity(shared: side.intersection(holder).count, total: side.count).reaches(millionths)
        }
    }

    /// Whether a row's turns are a proper prefix of another's.
    func isPrefix(_ row: Int, of other: Int) -> Bool {
        rows[row].turns.count < rows[other].turns.count && rows[other].turns.starts(with: rows[row].turns)
    }

    /// Every pair that reaches a threshold, by counting for each row how often each earlier row is listed under
    /// one of its shingles.
    func pairs(reaching millionths: Int) -> [Pair] {
        var pairs: [Pair] = []
        var listed: [String: [Int]] = [:]
        for row in rows.indices {
            var prompt: [Int: Int] = [:]
            var response: [Int: Int] = [:]
            for shingle in rows[row].prompt {
                for earlier in listed["P" + shingle, default: []] { prompt[earlier, default: 0] += 1 }
                listed["P" + shingle, default: []].append(row)
            }
            for shingle in rows[row].response {
                for earlier in listed["R" + shingle, default: []] { response[earlier, default: 0] += 1 }
                listed["R" + shingle, default: []].append(row)
            }
            for earlier in Set(prompt.keys).union(response.keys).sorted() {
                let onPrompt = prompt[earlier] ?? 0
                let onResponse = response[earlier] ?? 0
                let similarity = Self.smaller(
                    Similarity(
                        shared: onPrompt,
                        total: rows[row].prompt.count + rows[earlier].prompt.count - onPrompt),
                    Similarity(
                        shared: onResponse,
                        total: rows[row].response.count + rows[earlier].response.count - onResponse))
                if similarity.reaches(millionths) {
                    pairs.append(Pair(row: row, earlier: earlier, similarity: similarity))
                }
            }
        }
        return pairs
    }
}
