import CText
import Corpus
import TextForms

/// Collects the texts of eval items for an index.
struct EvalIndexBuilder {
    /// Hashes with their postings, in order of coming.
    struct Entries {
        var hashes: [UInt64] = []
        var postings: [PostingTable.Posting] = []

        mutating func add(_ probes: ProbeBuffer, text: Int) {
            for probe in probes.probes { add(probe.hash, text: text, place: probe.start) }
        }

        mutating func add(_ hash: UInt64, text: Int, place: UInt32) {
            hashes.append(hash)
            postings.append(PostingTable.Posting(text: UInt32(text), place: place))
        }

        func table() -> PostingTable { PostingTable(hashes: hashes, entries: postings) }
    }

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
    private(set) var grams = Entries()
    private(set) var windows = Entries()
    private(set) var segments = Entries()

    private let reader: OverlapText
    private let probes = ProbeBuffer()
    private var known: [TextKey: Int] = [:]

    init() throws { reader = try OverlapText() }

    mutating func add(_ item: EvalItem, set: Int) {
        var indexed = IndexedItem(set: Int32(set), ordinal: Int32(item.ordinal))
        for component in EvalComponent.allCases where !item[component].isEmpty {
            let text = add(item[component], component, set: set)
            indexed.texts[Int(component.rawValue)] = Int32(text ?? -1)
        }
        items.append(indexed)
    }

    /// - Returns: the text's number; `nil` for one without words.
    private mutating func add(_ bytes: [UInt8], _ component: EvalComponent, set: Int) -> Int? {
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
            byteCount: reader.stream.count, windowCount: 0)
        words.append(contentsOf: reader.words)
        places.append(contentsOf: reader.places)
        letters.append(contentsOf: reader.stream)
        for word in 0..<reader.count {
            numbers.append(reader.isNumber(word))
            sentences.append(reader.gaps[word] != 0)
        }
        switch indexed.route {
        case .runs:
            reader.grams(nil, into: probes)
            grams.add(probes, text: text)
            reader.windows(nil, into: probes)
            windows.add(probes, text: text)
            indexed.windowCount = probes.count
        case .segment:
            if let hash = reader.segmentHash { segments.add(hash, text: text, place: 0) }
        case .beside: break
        }
        texts.append(indexed)
        return text
    }

    static func route(_ component: EvalComponent, words: Int) -> IndexedText.Route {
        switch component {
        case .question: words < EvalIndex.shortWords ? .segment : .runs
        case .answer: words < EvalIndex.longAnswerWords ? .beside : .runs
        case .passage, .rubric: words < EvalIndex.shortWords ? .beside : .runs
        }
    }
}
