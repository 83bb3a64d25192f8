import CText
import Corpus
import TextForms

/// Collects the texts of eval items for an index.
struct EvalIndexBuilder {
    private struct TextKey: Hashable {
        var set: Int
        var component: EvalComponent
        var hash: UInt64
    }

    private(set) var items: [IndexedItem] = []
    private(set) var texts: [IndexedText] = []
    private(set) var words: [UInt64] = []
    private(set) var numbers: [Bool] = []
    private(set) var sentences: [Bool] = []
    private(set) var letters: [UInt8] = []
    private(set) var places: [UInt32] = []
    private let segments = PostingEntries()

    private let reader: OverlapText
    private let probes = ProbeBuffer()
    private var known: [TextKey: Int] = [:]

    /// - Parameter bytes: of all texts; room is asked for once, and memory that is not used costs nothing.
    init(bytes: Int) throws {
        reader = try OverlapText()
        letters.reserveCapacity(bytes)
        words.reserveCapacity(bytes / 4)
        numbers.reserveCapacity(bytes / 4)
        sentences.reserveCapacity(bytes / 4)
        places.reserveCapacity(bytes / 4)
    }

    mutating func add(_ item: EvalItem, set: Int) {
        var indexed = IndexedItem(set: Int32(set), ordinal: Int32(item.ordinal))
        for component in EvalComponent.allCases where !item[component].isEmpty {
            let text = add(item[component], item.turns(of: component), component, set: set)
            indexed.texts[Int(component.rawValue)] = Int32(text ?? -1)
        }
        items.append(indexed)
    }

    /// - Parameter turns: of a joined text, in bytes.
    /// - Returns: the text's number; `nil` for one without words.
    private mutating func add(
        _ bytes: [UInt8], _ turns: [Range<Int>], _ component: EvalComponent, set: Int
    ) -> Int? {
        reader.begin()
        bytes.withUnsafeBytes { reader.append($0) }
        guard reader.count > 0 else { return nil }
        let hash = UnsafeRawBufferPointer(reader.words).baseAddress.map {
            ctext_xxh3_64($0, reader.count * 8, reader.segmentHash ?? 0)
        }
        let key = TextKey(set: set, component: component, hash: hash ?? 0)
        let item = Int32(items.count)
        if let text = known[key] {
            texts[text].items.append(item)
            return text
        }
        let text = texts.count
        known[key] = text
        var indexed = IndexedText(
            set: Int32(set), component: component, route: Self.route(component, words: reader.count),
            items: [item], firstWord: words.count, wordCount: reader.count, firstByte: letters.count,
            byteCount: reader.stream.count)
        words.append(contentsOf: reader.words)
        places.append(contentsOf: reader.places)
        letters.append(contentsOf: reader.stream)
        for word in 0..<reader.count {
            numbers.append(reader.isNumber(word))
            sentences.append(reader.gaps[word] != 0)
        }
        if indexed.route == .segment, let hash = reader.segmentHash {
            segments.add(hash, text: text, place: 0)
        }
        if indexed.route == .runs, !turns.isEmpty {
            indexed.turns = add(turns, of: bytes, component, text: text, words: indexed.wordCount)
        }
        texts.append(indexed)
        return text
    }

    /// Finds the words of each turn; a question's first turn that is short is a segment.
    ///
    /// - Returns: none where the words of the turns are not those of the text.
    private func add(
        _ turns: [Range<Int>], of bytes: [UInt8], _ component: EvalComponent, text: Int, words: Int
    ) -> [Range<Int>] {
        var made: [Range<Int>] = []
        var lead: UInt64?
        for turn in turns {
            reader.begin()
            bytes.withUnsafeBytes { reader.append(UnsafeRawBufferPointer(rebasing: $0[turn])) }
            if made.isEmpty, component == .question, reader.count < EvalIndex.shortWords {
                lead = reader.segmentHash
            }
            let start = made.last?.upperBound ?? 0
            made.append(start..<start + reader.count)
        }
        guard made.last?.upperBound == words else { return [] }
        if let lead { segments.add(lead, text: text, place: 0) }
        return made
    }

    // MARK: Tables, one after another: the entries of one take as much memory as the table.

    func gramTable(threads: Int) throws -> PostingTable {
        let entries = PostingEntries()
        words.withUnsafeBufferPointer { words in
            guard let base = words.baseAddress else { return }
            for (number, text) in texts.enumerated() where text.route == .runs {
                probes.reserve(text.wordCount + 1)
                probes.count = ctext_word_grams(base + text.firstWord, text.wordCount, nil, probes.start)
                entries.add(probes, text: number)
            }
        }
        return try table(entries, threads: threads)
    }

    mutating func windowTable(threads: Int) throws -> PostingTable {
        let entries = PostingEntries()
        // The kernel reads beyond the last letter.
        letters.reserveCapacity(letters.count + Int(CTEXT_OVERLAP_SLACK))
        for (number, text) in texts.enumerated() where text.route == .runs {
            probes.reserve(text.byteCount + 1)
            letters.withUnsafeBufferPointer { letters in
                guard let base = letters.baseAddress else { return }
                probes.count = ctext_stream_windows(base + text.firstByte, text.byteCount, nil, probes.start)
            }
            entries.add(probes, text: number)
        }
        return try table(entries, threads: threads)
    }

    func segmentTable(threads: Int) throws -> PostingTable { try table(segments, threads: threads) }

    private func table(_ entries: PostingEntries, threads: Int) throws -> PostingTable {
        let isLarge = entries.count > Self.manyEntries
        let table = try PostingTable(entries, threads: threads)
        if isLarge { ctext_give_back_memory() }
        return table
    }

    /// Fewer are not worth the page faults of new memory; chosen, about 150 MiB.
    private static let manyEntries = 10_000_000

    static func route(_ component: EvalComponent, words: Int) -> IndexedText.Route {
        switch component {
        case .question: words < EvalIndex.shortWords ? .segment : .runs
        case .answer: words < EvalIndex.longAnswerWords ? .beside : .runs
        case .passage, .rubric: words < EvalIndex.shortWords ? .beside : .runs
        }
    }
}
