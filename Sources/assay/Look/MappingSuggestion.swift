import Corpus
import Findings

/// Finds the options that would map text which now is not compared.
enum MappingSuggestion {
    private static let promptWords = [
        "question", "prompt", "instruction", "query", "input", "request", "user",
    ]
    private static let responseWords = [
        "answer", "output", "response", "completion", "reply", "target", "solution", "continuation",
        "assistant",
    ]
    /// Fields that `--text` is suggested with, at most.
    private static let textFields = 3

    /// For rows that map to no text.
    ///
    /// - Parameter census: of these rows, with no field skipped.
    /// - Returns: `nil` where no field of half of the rows holds text.
    static func forRowsWithoutText(_ census: FieldCensus) -> LookFigures.Suggestion? {
        let fields = census.all.filter { $0.holdsText && $0.rows * 2 >= census.rows }
        guard let longest = fields.max(by: { $0.stringBytes < $1.stringBytes }) else { return nil }
        var suggestion = LookFigures.Suggestion()
        if let prompt = fields.first(where: { side($0.path) == .prompt }),
            let response = fields.first(where: { side($0.path) == .response })
        {
            suggestion.options = ["--prompt", prompt.path, "--response", response.path]
            suggestion.rows = min(prompt.rows, response.rows)
        } else {
            let long = fields.filter { $0.stringBytes * 10 >= longest.stringBytes }.prefix(textFields)
            suggestion.options = ["--text"] + long.map(\.path)
            suggestion.rows = long.map(\.rows).min() ?? 0
        }
        return suggestion
    }

    /// For prompts without a response, or responses without a prompt, beside which a field reads as one.
    ///
    /// - Parameter census: of the fields that the mapping leaves out.
    static func completing(_ mapping: FieldMapping, _ census: FieldCensus) -> LookFigures.Suggestion? {
        let turns = mapping.turnFields.sorted { $0.order < $1.order }
        guard mapping.shape == .pair, !mapping.isExplicit else { return nil }
        let fields = census.all.filter { $0.readsAsText && $0.rows * 2 >= census.rows }
        if turns.allSatisfy({ $0.role == .assistant }) {
            guard let prompt = fields.first(where: { side($0.path) == .prompt }) else { return nil }
            var suggestion = LookFigures.Suggestion()
            suggestion.options = ["--prompt", prompt.path, "--response"] + turns.map(\.name)
            suggestion.rows = prompt.rows
            return suggestion
        }
        guard turns.allSatisfy({ $0.role == .user }) else { return nil }
        let responses = fields.filter { side($0.path) == .response }
        guard !responses.isEmpty else { return nil }
        let prompts = fields.filter { side($0.path) == .prompt }
        var suggestion = LookFigures.Suggestion()
        suggestion.options =
            ["--prompt"] + turns.map(\.name) + prompts.map(\.path) + ["--response"] + responses.map(\.path)
        suggestion.rows = responses.map(\.rows).max() ?? 0
        return suggestion
    }

    /// The side that a field's name tells of; the last name of a path counts.
    static func side(_ path: String) -> Side? {
        let name = (path.split(separator: ".").last ?? "").lowercased()
        if responseWords.contains(where: { name.contains($0) }) { return .response }
        if promptWords.contains(where: { name.contains($0) }) { return .prompt }
        return nil
    }
}
