import Corpus
import Findings
import TextForms

/// Whether one row may be removed for another, by a run's own rules, for two rows at a time: what a plan promises of
/// every casualty and its keeper. One per thread.
package final class PairVerifier {
    /// A row that is ready to be compared.
    package struct Row {
        fileprivate let chunk: SurveyChunk

        fileprivate var record: RowRecord? { chunk.records.bytes.baseAddress.map { RowRecord($0) } }
        fileprivate var textHash: Hash128 { chunk.textHash[0] }
        fileprivate var flags: RowFlags { chunk.flags[0] }

        /// The hash of the row's normal form.
        package var textID: UInt128 { UInt128(textHash.high) << 64 | UInt128(textHash.low) }
    }

    private let configuration: DedupConfiguration
    private let worker: SurveyWorker
    private let shingler: RowShingler
    private let judge: DifferenceJudge
    private let answers: AnswerAgreement
    private let rowSet = StampedSet()
    private let keeperSet = StampedSet()

    /// - Throws: `TextFormsError`.
    package init(configuration: DedupConfiguration) throws {
        self.configuration = configuration
        worker = try SurveyWorker(configuration: configuration)
        shingler = try RowShingler(configuration: configuration)
        judge = DifferenceJudge(configuration: configuration)
        answers = try AnswerAgreement(configuration: configuration)
    }

    /// - Parameters:
    ///   - mapper: holds the row.
    ///   - raw: the row's bytes.
    /// - Complexity: O(bytes of the row).
    package func row(_ mapper: RowMapper, raw: UnsafeRawBufferPointer) -> Row {
        let chunk = worker.makeChunk()
        worker.add(mapper, raw: raw, against: false, to: chunk)
        return Row(chunk: chunk)
    }

    /// The similarity at which the row is a duplicate of the keeper and no rule spares their difference; else `nil`.
    ///
    /// As in a scan: 1 for equal normal forms, the smaller side's Jaccard similarity, or the containment where the run
    /// looks for it and the row is the shorter one; 1 for a proper prefix where the run removes those.
    ///
    /// - Complexity: O(bytes of both).
    package func similarity(of row: Row, to keeper: Row) -> Double? {
        guard let own = row.record, let other = keeper.record, row.flags.contains(.hasText) else {
            return nil
        }
        let sameOutside = row.chunk.outsideHash[0] == keeper.chunk.outsideHash[0]
        for (similarity, isContained) in agreements(row, keeper, own, other) {
            let verdict = judge.judge(
                row: own, keeper: other, sameOutside: sameOutside, contained: isContained)
            if !configuration.sparedClasses.contains(verdict.difference) { return similarity }
        }
        return nil
    }

    /// In which ways the row is a duplicate, each by its own limit.
    private func agreements(
        _ row: Row, _ keeper: Row, _ own: RowRecord, _ other: RowRecord
    ) -> [(similarity: Double, isContained: Bool)] {
        var found: [(Double, Bool)] = []
        let sameParts = own.header.partHash == other.header.partHash
        if sameParts, row.textHash == keeper.textHash { found.append((1, false)) }
        let isPrefix =
            configuration.removesPrefixes && keeper.chunk.prefixes.contains { $0.hash == row.textHash }
        if row.flags.contains(.long) || keeper.flags.contains(.long) {
            return found + (isPrefix ? [(1, true)] : [])
        }
        let counts = shingler.fill(rowSet, with: own.text)
        let others = shingler.fill(keeperSet, with: other.text)
        let prompt = rowSet.countShared(with: shingler.promptHashes)
        let response = rowSet.countShared(with: shingler.responseHashes)
        if sameParts, let sides = smallerSide(counts, others, prompt, response),
            let jaccard = limited(sides, own.text, other.text)
        {
            found.append((Double(jaccard.shared) / Double(jaccard.total), false))
        }
        if isPrefix { found.append((1, true)) }
        if let limit = configuration.containedMillionths, sameParts || own.header.partHash == 0,
            row.chunk.length[0] < keeper.chunk.length[0],
            WordCount.reaches(ContainmentLayer.minimumWords, in: own.text, on: configuration.on)
        {
            let containment = Fraction(shared: prompt + response, total: counts.all)
            if containment.reaches(millionths: limit),
                counts.areContained(prompt: prompt, response: response, millionths: limit),
                !answers.begin(own.text) || answers.isContained(in: other.text, millionths: limit)
            {
                found.append((Double(containment.shared) / Double(containment.total), true))
            }
        }
        return found
    }

    /// A similarity, or that of two preference rows' answers where it is smaller; `nil` where one is below the
    /// threshold.
    private func limited(_ sides: Fraction, _ row: RowText, _ keeper: RowText) -> Fraction? {
        guard answers.begin(row) else { return sides }
        return answers.similarity(to: keeper).map { $0 < sides ? $0 : sides }
    }

    /// The Jaccard similarity of the side where it is smaller; `nil` below the threshold.
    private func smallerSide(
        _ counts: ShingleCounts, _ others: ShingleCounts, _ prompt: Int, _ response: Int
    ) -> Fraction? {
        let onPrompt = Fraction(shared: prompt, total: counts.prompt + others.prompt - prompt)
        let onResponse = Fraction(
            shared: response, total: counts.all - counts.prompt + others.all - others.prompt - response)
        var smaller = onPrompt
        if onPrompt.total == 0 || (onResponse.total > 0 && onResponse < onPrompt) { smaller = onResponse }
        guard smaller.total > 0, smaller.reaches(millionths: configuration.thresholdMillionths) else {
            return nil
        }
        return smaller
    }
}
