import CText
import Corpus
import TextForms

/// Parts of one message that say something else.
extension DifferenceClassifier {
    /// Adds the parts of two messages that the other lacks: those with one label, else at one place, as pairs.
    ///
    /// - Parameters:
    ///   - own: the turn, its text, and the bytes that a part may have.
    func addParts(
        _ own: (index: Int, text: RowText, limit: UInt32),
        _ other: (index: Int, text: RowText, limit: UInt32),
        to unlike: inout UnlikeTurns
    ) {
        let (message, theirs) = (own.text.turns[own.index], other.text.turns[other.index])
        guard max(message.length, theirs.length) <= Self.maximumMessageLength else { return }
        if message.role == .text, !Self.isRendered(own.text.bytes(of: message)) { return }
        let prefix = own.text.bytes(of: message).commonPrefix(other.text.bytes(of: theirs))
        func cut(_ turn: Turn, _ text: RowText) -> [MessagePart]? {
            MessagePart.parts(of: turn.range, in: text.bytes, from: turn.range.lowerBound + prefix)
        }
        guard let all = cut(message, own.text), let allOthers = cut(theirs, other.text) else { return }
        let (keys, otherKeys) = (keys(of: all, own.text), keys(of: allOthers, other.text))
        var parts = UnlikeTurns.places(of: keys, lackingIn: otherKeys).map { all[$0] }
        var others = UnlikeTurns.places(of: otherKeys, lackingIn: keys).map { allOthers[$0] }
        // A text of its own, and a long list, are looked at for inputs alone.
        if message.role == .text || max(parts.count, others.count) > Self.mostParts {
            parts.removeAll { !isInput($0, own.text) }
            others.removeAll { !isInput($0, other.text) }
        }
        if max(parts.count, others.count) > Self.maximumTurns { return }
        func place(_ part: MessagePart, _ turn: (index: Int, text: RowText, limit: UInt32)) -> TurnPlace {
            let range = turn.text.turns[turn.index].range
            return TurnPlace(
                index: turn.index, range: part.range, isField: false, isPart: true,
                isSlot: !part.label.isEmpty && !isInput(part, turn.text)
                    && !hasLabel(part, turn.text, of: catalogue.contentLabels),
                previous: part.previous,
                isLate: 2 * (part.range.lowerBound - range.lowerBound) > range.count)
        }
        func addPair(_ part: MessagePart, _ theirs: MessagePart) {
            guard part.range.count <= own.limit, theirs.range.count <= other.limit else { return }
            var (place, their) = (place(part, own), place(theirs, other))
            (place.isPaired, their.isPaired) = (true, true)
            if isInput(part, own.text) {
                (place.isField, their.isField, place.staysInPlace) = (true, true, true)
            } else if !Self.mayBeOther(bytes(of: part, own.text), bytes(of: theirs, other.text)) {
                return
            }
            unlike.addPair(place, their)
        }
        parts.removeAll { part in
            guard !part.label.isEmpty,
                let match = others.firstIndex(where: { hasSameLabel(part, own.text, $0, other.text) })
            else { return false }
            addPair(part, others.remove(at: match))
            return true
        }
        if parts.count == others.count {
            for (part, theirs) in zip(parts, others) { addPair(part, theirs) }
        } else {
            unlike.addUnpaired(
                parts.filter { $0.range.count <= own.limit }.map { place($0, own) },
                others.filter { $0.range.count <= other.limit }.map { place($0, other) })
        }
    }

    /// Whether a text has the marks of a prompt template.
    private static func isRendered(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let marks: [StaticString] = ["###", "[INST]"]
        return marks.contains { bytes.firstOffset(of: $0) != nil }
    }

    /// Chosen: so many paragraphs that two messages do not share are other messages.
    private static let mostParts = 24
    /// Chosen: a longer message is a document.
    private static let maximumMessageLength: UInt32 = 64 << 10

    private func bytes(of part: MessagePart, _ text: RowText) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: text.bytes[part.range])
    }

    private func keys(of parts: [MessagePart], _ text: RowText) -> [UInt64] {
        parts.map { part in
            let bytes = bytes(of: part, text)
            return ctext_xxh3_64(bytes.baseAddress, bytes.count, 0)
        }
    }

    private func hasSameLabel(
        _ part: MessagePart, _ text: RowText, _ other: MessagePart, _ otherText: RowText
    )
        -> Bool
    {
        UnsafeRawBufferPointer(rebasing: text.bytes[part.label])
            .isEqual(to: UnsafeRawBufferPointer(rebasing: otherText.bytes[other.label]))
    }

    /// Whether the label says that what follows is what the request is about.
    private func isInput(_ part: MessagePart, _ text: RowText) -> Bool {
        hasLabel(part, text, of: catalogue.inputLabels)
    }

    private func hasLabel(_ part: MessagePart, _ text: RowText, of labels: Set<UInt64>) -> Bool {
        String(decoding: text.bytes[part.label], as: UTF8.self)
            .split(whereSeparator: { $0 == " " || $0 == "_" || $0 == "-" })
            .contains { labels.contains(TokenKey.of(word: String($0))) }
    }

    /// Whether a part greets or takes leave, or stands under what does.
    ///
    /// - Parameter otherWeight: of what it says besides, without names.
    func greetsOrEnds(_ place: TurnPlace, _ otherWeight: Int, of text: RowText) -> Bool {
        (otherWeight <= Self.mostBesides && isSalutation(place.range, text))
            || (place.isLate && place.previous.count <= Self.longestClosing
                && isSalutation(place.previous, text))
    }

    /// Chosen: two words ("Hope you are having a great week"); "Hi, my lamp has arrived broken" says more.
    private static let mostBesides = 4
    /// "Mit freundlichen Grüßen aus Hamburg". Chosen.
    private static let longestClosing = 48

    private func isSalutation(_ range: Range<Int>, _ text: RowText) -> Bool {
        guard range.count <= Self.longestSalutation else { return false }
        firstSample.removeAll(keepingCapacity: true)
        tokeniser.tokenise(text.bytes, range, into: &firstSample)
        let words = firstSample.filter { $0.kind == .word }
        if words.count <= Self.mostSalutationWords,
            words.prefix(Self.salutationReach).contains(where: { catalogue.salutations.contains($0.key) })
        {
            return true
        }
        // In Chinese, Japanese and Korean anywhere in it.
        guard text.bytes[range].contains(where: { $0 >= 0xE3 }) else { return false }
        let bytes = UnsafeRawBufferPointer(rebasing: text.bytes[range])
        return catalogue.salutationSubstrings.contains { part in
            part.withUnsafeBufferPointer { bytes.firstOffset(of: $0) != nil }
        }
    }

    /// Chosen: "Hello, I hope this finds you well." and "Thanks in advance for your quick reply".
    private static let mostSalutationWords = 10
    /// "With kind regards", "Please see the enclosed pictures".
    private static let salutationReach = 4
    private static let longestSalutation = 80
}
