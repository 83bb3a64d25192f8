import Corpus
import Findings
import LanguageProfile
import Reporting
import Shards

extension Explainer {
    /// Adds what the profile of the run finds in the row: the run keeps figures and some places, so that the row is
    /// read again where it lies.
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
        let log = try? RunLog(run: run.path)
        if hasChanged(shard: name, log) {
            language.notes.append(
                "its shard has changed since the run: this is the row that stands there now")
        }
        let sources: WordSources
        do {
            sources = try wordSources(log)
        } catch {
            language.notes.append(
                "the word lists of the run cannot be read, so that its words cannot be told")
            return
        }
        let lists = Set(sources.components.map { "\($0.name) \($0.version)" })
        if !lists.isSubset(of: Set(run.manifest.components.map { "\($0.name) \($0.version)" })) {
            language.notes.append("read with other word lists than the run's, which are not as they were")
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

    /// Whether a shard of the training corpus has another size than the run read.
    private func hasChanged(shard name: String, _ log: RunLog?) -> Bool {
        guard let input = run.manifest.inputs.first(where: { $0.corpus == "training" && $0.name == name }),
            let path = log?.inputs.first(where: { $0.corpus == "training" && $0.name == name })?.path
        else { return false }
        let shard = try? Shard.reopen(name: name, path: path, format: run.format)
        return shard.map { Int($0.byteCount) != input.bytes } ?? true
    }

    /// The word lists by the options that the run was started with.
    private func wordSources(_ log: RunLog?) throws -> WordSources {
        let arguments = log?.arguments ?? []
        func values(of option: String) -> [String] {
            guard let start = arguments.lastIndex(of: option) else { return [] }
            return arguments[(start + 1)...].prefix { !$0.hasPrefix("-") }.map { value in
                value.hasPrefix("/") || option == "--language"
                    ? value : "\(log?.workingFolder ?? ".")/\(value)"
            }
        }
        var options: [String] = []
        for option in ["--lexicon", "--language"] where !values(of: option).isEmpty {
            options += [option] + values(of: option)
        }
        return try WordSources(
            try WordOptions.parse(options), misspellings: values(of: "--misspellings"),
            patterns: values(of: "--patterns"))
    }
}
