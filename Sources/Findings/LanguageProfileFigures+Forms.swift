import Foundation

extension LanguageProfileFigures {
    /// Whether the figures hold every form of the run; a summary has the first `listed` of each kind.
    package var hasAllForms: Bool {
        let flagged = ["listed", "neighbour", "run-together"].reduce(0) { $0 + forms[$1] }
        return formsLeftOut == 0 && flagged <= misspellings.count && forms["entrenched"] <= entrenched.count
    }

    /// Fills the lists of forms with all that the run has found.
    ///
    /// - Throws: `FindingsError` where the run's file is there and cannot be read; without the file nothing changes.
    /// - Complexity: O(forms).
    package mutating func readForms(run: String) throws {
        let path = "\(run)/\(RunFile.misspellings.name)"
        guard !hasAllForms, FileManager.default.fileExists(atPath: path) else { return }
        var all: [Misspelling] = []
        let decoder = JSONDecoder()
        do {
            try FrameReader(path: path).forEachLine { line in
                all.append(try decoder.decode(Misspelling.self, from: Data(line)))
            }
        } catch let error as DecodingError {
            throw FindingsError(.damaged, "\(path): is no list of forms (\(error)); scan again")
        }
        misspellings = all.filter { ["listed", "neighbour", "run-together"].contains($0.kind) }
        entrenched = all.filter { $0.kind == MisspellingKind.entrenched.name }
    }
}

extension LanguageProfileFigures.Misspelling {
    /// Whether a screen may list it among the first: one row says nothing of what a model would learn, unless a list
    /// knows that it is wrong.
    package var isShown: Bool { wrongRows > 1 || kind == MisspellingKind.listed.name }
}
