import Corpus
import Findings
import LanguageProfile
import Reporting

extension Explainer {
    /// Adds what the profile of the run finds in the row: the run keeps figures and some places, so that the row is read
    /// again where it lies.
    ///
    /// - Parameter shard: the shard's number in the store.
    /// - Throws: `UsageError`, `FindingsError`, `TextFormsError`.
    func addLanguage(to explanation: inout RowExplanation, shard: Int, showText: Bool) throws {
        let (name, ordinal) = (explanation.row.shard, explanation.row.ordinal)
        var language = RowExplanation.Language()
        defer { explanation.language = language }
        guard let raw = rows.rawFromInput(corpus: "training", name, ordinal) else {
            language.notes = ["its shard is not where it was, so that its words cannot be told"]
            return
        }
        let sources = try WordSources(try WordOptions.parse([]))
        if run.manifest.components.contains(where: { $0.name.hasPrefix("patterns:") }) {
            language.notes = ["features by the program's own patterns; the run had others"]
        }
        let pairs = try store.misspellings().map {
            SpellingPair(wrong: $0.wrong, right: $0.right, kind: $0.kind, tokens: 0)
        }
        let spelling = try SpellingWitness(SpellingWatch(pairs), sources.knowledge)
        let features = try FeatureWitness(sources.features, sources.knowledge)
        try MappedRows(run: run.path, manifest: run.manifest).withMapped(raw, shard: shard) { mapper in
            mapper.withRowText { text in
                spelling.read(text)
                language.forms = spelling.hits.filter(\.isWrong).map { hit in
                    let pair = pairs[Int(hit.pair)]
                    return RowExplanation.Language.Form(
                        wrong: pair.wrong, right: pair.right, kind: pair.kind.name, role: hit.role.name,
                        turn: Int(hit.turn))
                }
                language.features = features.read(text).map { hit in
                    let bytes = text.bytes(of: text.turns[hit.turn])
                    return RowExplanation.Language.Feature(
                        id: hit.feature, role: hit.role.name, turn: hit.turn,
                        text: showText ? hit.range.map { String(decoding: bytes[$0], as: UTF8.self) } : nil)
                }
            }
        }
    }
}
