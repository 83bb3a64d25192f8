import CText
import Corpus
import Findings
import LanguageProfile
import NearDuplicates

/// Goes through the traces of one batch after another for the second pass; one per thread.
///
/// `@unchecked Sendable` without a lock: each thread uses its own.
final class ProfileEvidenceWorker: @unchecked Sendable {
    private let stage: ProfileEvidenceStage
    let reader: TraceReader
    private var buffer = ReadBuffer()
    let counts: PairCounts
    private(set) var authors: Set<UInt64> = []
    private(set) var rowsWithoutAuthor = 0
    /// Rows by value, for each of the slices that were asked for.
    private(set) var sliceRows: [[String: Int]]

    init(_ stage: ProfileEvidenceStage) {
        self.stage = stage
        reader = TraceReader(stage.index, stage.tap.sources.features)
        counts = PairCounts(pairs: stage.watch.pairs.count)
        sliceRows = Array(repeating: [:], count: stage.tap.slices.count)
    }

    /// - Throws: `ScratchError`.
    func work(_ traces: TraceStore, _ number: Int) throws {
        let (shard, trace) = try traces.read(number, buffer: &buffer)
        reader.forEachRow(trace) { row in
            let slices = slices(row.slices)
            countSlices(slices)
            var origin = RowOrigin(shard: shard, ordinal: row.ordinal)
            let author = slices?.authors.last
            origin.author = author
            if stage.tap.options.author != nil {
                origin.unit = author
                if author == nil { rowsWithoutAuthor += 1 }
            } else if stage.decision.sharesConversations, row.conversation != 0 {
                origin.unit = row.conversation
            }
            origin.parts = slices?.parts ?? []
            origin.labels = slices?.labels ?? []
            origin.isDrawnByCluster = stage.drawsByCluster
            origin.provenance = row.provenance
            origin.fate = stage.fates?.fate(shard, row.ordinal, stage.accounts[shard])
            reader.endRow(origin)
            if reader.pairs.isEmpty { return }
            let numbers = slices.map(numbers(of:)) ?? []
            for pair in reader.pairs {
                let limit = stage.witnessLimits[Int(pair)]
                counts.add(
                    Int(pair), reader.forms(of: pair), origin.place, unit: origin.unit, slices: numbers,
                    isWitness: limit > 0 && origin.number <= limit)
            }
        }
    }

    /// What the values of a row's slices, labels and author come to.
    private final class RowSlices {
        /// Of the slices that were asked for.
        var declared: [(dimension: Int, value: String)] = []
        var parts: [SliceValue] = []
        /// Of `parts`, as `PairCounts` has them; from the first row with a form on.
        var numbers: [UInt32]?
        var labels: [SliceValue] = []
        var authors: [UInt64] = []
    }

    /// By the values as the trace has them: most rows have those of a row before.
    private var knownSlices: [[UInt8]: RowSlices] = [:]
    private static let slicesKept = 4096

    private var last: (values: [UInt8], slices: RowSlices)?

    /// `nil` for a row without any.
    private func slices(_ values: UnsafeRawBufferPointer) -> RowSlices? {
        if values.isEmpty { return nil }
        if let last, last.values.elementsEqual(values) { return last.slices }
        let key = Array(values)
        let slices = knownSlices[key] ?? readSlices(key)
        last = (key, slices)
        if knownSlices.count < Self.slicesKept { knownSlices[key] = slices }
        return slices
    }

    private func countSlices(_ slices: RowSlices?) {
        guard let slices else { return }
        for item in slices.declared { sliceRows[item.dimension][item.value, default: 0] += 1 }
        for author in slices.authors { authors.insert(author) }
    }

    private func readSlices(_ values: [UInt8]) -> RowSlices {
        let fields = stage.tap.fields
        let slices = RowSlices()
        for item in SliceSet.values(of: values) {
            let part = SliceValue(field: fields[item.dimension], value: item.value)
            if item.dimension < stage.tap.slices.count {
                slices.declared.append(item)
                slices.parts.append(part)
                if stage.tap.sliceIsLabel[item.dimension] { slices.labels.append(part) }
            } else if item.dimension < stage.tap.slices.count + stage.tap.labelFields.count {
                slices.labels.append(part)
            } else {
                slices.authors.append(
                    Array(item.value.utf8).withUnsafeBytes {
                        ctext_xxh3_64($0.baseAddress, $0.count, 11)
                    })
            }
        }
        return slices
    }

    private func numbers(of slices: RowSlices) -> [UInt32] {
        if let known = slices.numbers { return known }
        let numbers = slices.parts.map(counts.number)
        slices.numbers = numbers
        return numbers
    }
}
