import CText
import Glibc
import TextForms

/// Reads the features of sampled rows; one per thread.
final class SampledRowReader {
    /// Hashed features are below it; chosen: half as many cost .002 of area on 10,000 rows of 60 letters.
    static let featureCount = 1 << 18
    /// Lengths of the character n-grams, in code points.
    private static let characterGrams = 2...4

    private let tokenizer: TermTokenizer
    private let normalizer: TextNormalizer
    private let form = ByteBuffer()
    private let marker: (any RowMarking)?
    private let features: FeatureList
    private var hashes: [UInt32] = []
    /// By feature, how many times it is in `hashes`; zero between two texts.
    private var counts = [UInt32](repeating: 0, count: SampledRowReader.featureCount)
    private var points: [UInt32] = []
    private var folded: [UInt8] = []
    private var requests = RequestCounter()

    /// - Throws: `TextFormsError`.
    init(features: FeatureList, marker: (any RowMarking)?) throws {
        tokenizer = try TermTokenizer()
        normalizer = try TextNormalizer()
        self.features = features
        self.marker = marker
    }

    /// - Complexity: O(bytes).
    func read(_ row: SampledRow) -> RowReading {
        var reading = RowReading()
        row.text.withUnsafeBytes { text in
            reading.marks = marker?.marks(of: text) ?? RowMarks()
            reading.all = allFeatures(of: text)
            readRegister(text, row, &reading)
            form.removeAll()
            normalizer.appendNormalForm(of: text, to: form)
            readContent(form.bytes, &reading)
        }
        return reading
    }

    // MARK: Words and characters

    /// The features of the test of all that is written, of a text.
    func allFeatures(of text: UnsafeRawBufferPointer) -> [HashedFeature] {
        hashes.removeAll(keepingCapacity: true)
        guard let base = text.assumingMemoryBound(to: UInt8.self).baseAddress else { return [] }
        var last: UInt64 = 0
        for word in tokenizer.words(of: text) {
            let hash = ctext_xxh3_64(base + Int(word.start), Int(word.end - word.start), 1)
            note(hash)
            if last != 0 { note(ctext_mix64(last &* 31 &+ hash)) }
            last = hash
        }
        points.removeAll(keepingCapacity: true)
        var at = 0
        while at < text.count {
            let point = ctext_decode(base, at, text.count)
            points.append(point.value)
            at += Int(max(point.length, 1))
        }
        for start in points.indices {
            var hash: UInt64 = 0x5eed
            for length in 1...Self.characterGrams.upperBound where start + length <= points.count {
                hash = ctext_mix64(hash &+ UInt64(points[start + length - 1]))
                if Self.characterGrams.contains(length) { note(hash) }
            }
        }
        return counted()
    }

    private func readContent(_ text: UnsafeRawBufferPointer, _ reading: inout RowReading) {
        hashes.removeAll(keepingCapacity: true)
        guard let base = text.assumingMemoryBound(to: UInt8.self).baseAddress else { return }
        var last: UInt64 = 0
        var languages = [Int](repeating: 0, count: LanguageMix.shared.languageCount)
        var grammarWords = 0
        for word in tokenizer.words(of: text) {
            reading.wordCount += 1
            let bytes = UnsafeRawBufferPointer(
                start: base + Int(word.start), count: Int(word.end - word.start))
            var hash = self.hash(ofFolded: bytes)
            if let language = LanguageMix.shared.language(of: hash) { languages[language] += 1 }
            if FunctionWords.english.contains(hash) {
                grammarWords += 1
                continue
            }
            // Which number stands there is chance.
            if bytes.allSatisfy({ (0x30...0x39).contains($0) }) { hash = 9 }
            note(hash)
            if last != 0 { note(ctext_mix64(last &* 31 &+ hash)) }
            last = hash
        }
        reading.language =
            LanguageMix.language(words: languages, script: ScriptTable.shared.dominantScript(of: text))
            ?? (grammarWords == 0 && isUnknownLanguage(reading) ? LanguageMix.unknown : nil)
        reading.isCodeMixed =
            languages[0] >= LanguageMix.leastWords
            && languages.dropFirst().contains { $0 >= LanguageMix.leastWords }
        reading.content = counted()
    }

    /// Whether half the judged words or more of a text without one of English grammar are in no word list.
    private func isUnknownLanguage(_ reading: RowReading) -> Bool {
        reading.wordCount >= LanguageMix.leastUnknownWords
            && 2 * reading.marks.unknownWords >= max(reading.marks.judgedWords, LanguageMix.leastUnknownWords)
    }

    /// The hash of a word of the normal form, its apostrophe straight.
    private func hash(ofFolded word: UnsafeRawBufferPointer) -> UInt64 {
        guard word.contains(0xE2) else { return FunctionWords.hash(of: word) }
        folded.removeAll(keepingCapacity: true)
        appendStraight(word)
        return folded.withUnsafeBytes { FunctionWords.hash(of: $0) }
    }

    /// Appends a word with U+2019 as an apostrophe.
    private func appendStraight(_ word: UnsafeRawBufferPointer) {
        var at = 0
        while at < word.count {
            if at + 2 < word.count, word[at] == 0xE2, word[at + 1] == 0x80, word[at + 2] == 0x99 {
                folded.append(UInt8(ascii: "'"))
                at += 3
            } else {
                folded.append(word[at])
                at += 1
            }
        }
    }

    // MARK: Register

    /// What the words and the gaps between them add up to.
    private struct Tally {
        var words = 0
        var functionWords = 0
        var letters = 0
        var capitals = 0
        var digits = 0
        var marks = 0
        var wordBytes = 0
        var sentences = 0
        var hasLowerCaseI = false
        var hasSpaceBeforeMark = false
        var hasGreeting = false
    }

    private func readRegister(
        _ text: UnsafeRawBufferPointer, _ row: SampledRow, _ reading: inout RowReading
    ) {
        hashes.removeAll(keepingCapacity: true)
        requests.begin()
        var tally = Tally()
        var last: UInt64 = 2
        var end = 0
        var endsSentence = true
        for word in tokenizer.words(of: text) {
            readGap(text, end..<Int(word.start), &last, &tally, &endsSentence)
            end = Int(word.end)
            readWord(
                UnsafeRawBufferPointer(rebasing: text[Int(word.start)..<end]), &last, &tally, &endsSentence)
        }
        readGap(text, end..<text.count, &last, &tally, &endsSentence)
        noteToken(3, &last)
        if !endsSentence { tally.sentences += 1 }
        reading.requestCount = requests.count
        noteLengths(tally)
        noteMarks(reading.marks)
        reading.register = counted()
        fillNumbers(text, row, tally, &reading)
    }

    private static let greetings = FunctionWords("hi hello hey dear greetings good hiya")

    private func readWord(
        _ word: UnsafeRawBufferPointer, _ last: inout UInt64, _ tally: inout Tally, _ endsSentence: inout Bool
    ) {
        folded.removeAll(keepingCapacity: true)
        appendStraight(word)
        for at in folded.indices {
            switch folded[at] {
            case 0x41...0x5A:
                tally.capitals += 1
                tally.letters += 1
                folded[at] |= 0x20
            case 0x61...0x7A: tally.letters += 1
            case 0x30...0x39: tally.digits += 1
            default: break
            }
        }
        let hash = folded.withUnsafeBytes { FunctionWords.hash(of: $0) }
        requests.take(hash)
        if tally.words == 0, Self.greetings.contains(hash) { tally.hasGreeting = true }
        tally.words += 1
        tally.wordBytes += word.count
        endsSentence = false
        if word.count == 1, word[0] == UInt8(ascii: "i") { tally.hasLowerCaseI = true }
        let shape = WordCase(word)
        if FunctionWords.english.contains(hash) {
            tally.functionWords += 1
            noteToken(ctext_mix64(hash &+ shape.rawValue), &last)
        } else {
            noteToken(16 + shape.rawValue, &last)
        }
    }

    private func readGap(
        _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ last: inout UInt64, _ tally: inout Tally,
        _ endsSentence: inout Bool
    ) {
        var isFirst = true
        for at in range {
            let byte = text[at]
            if byte == 0x20 {
                isFirst = false
                continue
            }
            if byte == 0x0A {
                noteToken(4, &last)
            } else {
                tally.marks += 1
                if !isFirst, at > 0, text[at - 1] == 0x20, Self.closingMarks.contains(byte) {
                    tally.hasSpaceBeforeMark = true
                }
                noteToken(256 + UInt64(byte), &last)
            }
            if byte == 0x0A || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "?")
                || byte == UInt8(ascii: "!")
            {
                if !endsSentence { tally.sentences += 1 }
                endsSentence = true
                requests.endSentence()
            }
            isFirst = false
        }
    }

    private static let closingMarks: Set<UInt8> = [0x21, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F]

    /// A token of the row's skeleton, alone and behind the one before.
    private func noteToken(_ token: UInt64, _ last: inout UInt64) {
        note(ctext_mix64(token &+ 0x7e57))
        note(ctext_mix64(last &* 31 &+ token))
        last = token
    }

    private static let steps: [Double] = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512]
    private static let shares: [Double] = [0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5]

    /// Lengths and shares as flags for each step that they reach, so that a linear sum can follow any curve.
    private func noteLengths(_ tally: Tally) {
        func flags(_ value: Double, _ steps: [Double], _ stream: UInt64) {
            for (place, step) in steps.enumerated() where value >= step {
                note(ctext_mix64(stream << 32 &+ UInt64(place)))
            }
        }
        let words = Double(max(tally.words, 1))
        flags(Double(tally.words), Self.steps, 1)
        flags(words / Double(max(tally.sentences, 1)), Self.steps, 2)
        flags(Double(tally.wordBytes) / words, [2, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7], 3)
        flags(Double(tally.marks) / Double(max(tally.wordBytes, 1)), Self.shares, 4)
        flags(Double(tally.capitals) / Double(max(tally.letters, 1)), Self.shares, 5)
        flags(Double(tally.functionWords) / words, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7], 6)
    }

    private func noteMarks(_ marks: RowMarks) {
        var rest = marks.found
        while rest != 0 {
            note(ctext_mix64(7 << 32 &+ UInt64(rest.trailingZeroBitCount)))
            rest &= rest - 1
        }
        let share = Double(marks.unknownWords) / Double(max(marks.judgedWords, 1))
        for (place, step) in Self.shares.enumerated() where marks.unknownWords > 0 && share >= step {
            note(ctext_mix64(8 << 32 &+ UInt64(place)))
        }
    }

    private func fillNumbers(
        _ text: UnsafeRawBufferPointer, _ row: SampledRow, _ tally: Tally, _ reading: inout RowReading
    ) {
        var numbers = [Float](repeating: 0, count: features.features.count)
        func set(_ feature: FeatureList.Own, _ value: Double) { numbers[feature.rawValue] = Float(value) }
        func set(_ feature: FeatureList.Own, _ flag: Bool) { numbers[feature.rawValue] = flag ? 1 : 0 }
        let words = Double(max(tally.words, 1))
        let bytes = Double(max(text.count, 1))
        // Of a row that was cut: as if the rest were alike.
        let whole = Double(row.byteCount) / bytes
        set(.words, (Double(tally.words) * whole).rounded())
        set(.characters, (Double(points.count) * whole).rounded())
        set(.turns, Double(row.turns))
        set(.wordLength, Double(tally.wordBytes) / words)
        set(.wordsPerSentence, words / Double(max(tally.sentences, 1)))
        set(.capitals, Double(tally.capitals) / Double(max(tally.letters, 1)))
        set(.digits, Double(tally.digits) / bytes)
        set(.punctuation, Double(tally.marks) / bytes)
        set(.functionWords, Double(tally.functionWords) / words)
        set(
            .unknownWords, Double(reading.marks.unknownWords) / Double(max(reading.marks.judgedWords, 1)))
        set(.requests, Double(requests.count))
        set(.comma, text.contains(UInt8(ascii: ",")))
        set(.apostrophe, text.contains(UInt8(ascii: "'")))
        set(.lowerCaseI, tally.hasLowerCaseI)
        set(.lineBreak, text.contains(0x0A) && row.turns <= 1)
        set(.doubleSpace, zip(text, text.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 })
        set(.spaceBeforeMark, tally.hasSpaceBeforeMark)
        set(.greeting, tally.hasGreeting)
        set(.number, tally.digits > 0)
        set(.twoRequests, requests.count > 1)
        let own = FeatureList.Own.allCases.count
        for mark in 0..<features.features.count - own where reading.marks.found >> UInt128(mark) & 1 == 1 {
            numbers[own + mark] = 1
        }
        reading.numbers = numbers
    }

    // MARK: Counting

    @inline(__always)
    private func note(_ hash: UInt64) {
        hashes.append(UInt32(truncatingIfNeeded: hash) & UInt32(Self.featureCount - 1))
    }

    /// The features noted so far, in order of their first places: 1 for one time, more by the logarithm.
    private func counted() -> [HashedFeature] {
        for hash in hashes { counts[Int(hash)] &+= 1 }
        var features: [HashedFeature] = []
        features.reserveCapacity(hashes.count)
        for hash in hashes {
            let count = Int(counts[Int(hash)])
            if count == 0 { continue }
            counts[Int(hash)] = 0
            features.append(
                HashedFeature(
                    number: hash,
                    value: count < Self.values.count ? Self.values[count] : 1 + Float(log(Double(count)))))
        }
        return features
    }

    /// By how many times a feature stands in a row.
    private static let values: [Float] = [0] + (1..<64).map { 1 + Float(log(Double($0))) }
}
