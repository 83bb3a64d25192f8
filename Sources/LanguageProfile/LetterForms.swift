import CText
import TextForms

/// What the letters of a word tell that is not plain ASCII; one per thread.
///
/// - mixed scripts: Latin, and Cyrillic or Greek that looks like Latin, in one word;
/// - homoglyph: the word looks like one in plain ASCII (the skeleton of UTS #39) and has a letter of another script;
///   a word wholly of another script counts only if the lists know what it looks like;
/// - compatibility forms: ligatures, mathematical, enclosed and other letters that NFKC replaces. Full-width forms have
///   a feature of their own, and signs such as the ellipsis or ² are usual.
final class LetterForms {
    struct Findings: OptionSet, Sendable {
        let rawValue: UInt8

        static let mixedScripts = Findings(rawValue: 1)
        static let homoglyph = Findings(rawValue: 2)
        /// Wholly of another script, and looks like a known word: a homoglyph where the text is Latin.
        static let lookalikeWord = Findings(rawValue: 4)
        static let compatibility = Findings(rawValue: 8)
    }

    private let checker: LookalikeChecker
    private let knowledge: SpellingKnowledge?
    /// The last word met in each place, by the hash of its bytes.
    private var hashes = [UInt64](repeating: 0, count: LetterForms.cacheSize)
    private var findings = [Findings](repeating: [], count: LetterForms.cacheSize)

    private static let cacheSize = 1 << 12
    /// Letters of a word that is wholly of another script.
    private static let leastLetters = 4

    /// - Parameter knowledge: the word lists; `nil` leaves words of one script out.
    /// - Throws: `TextFormsError`.
    init(_ knowledge: SpellingKnowledge?) throws {
        checker = try LookalikeChecker()
        self.knowledge = knowledge
    }

    /// - Complexity: O(bytes of the word).
    func findings(_ word: UnsafeRawBufferPointer) -> Findings {
        let hash = ctext_xxh3_64(word.baseAddress, word.count, 17) | 1
        let slot = Int(truncatingIfNeeded: hash >> 1) & (Self.cacheSize - 1)
        if hashes[slot] == hash { return findings[slot] }
        let found = look(word)
        hashes[slot] = hash
        findings[slot] = found
        return found
    }

    private func look(_ word: UnsafeRawBufferPointer) -> Findings {
        guard let base = word.assumingMemoryBound(to: UInt8.self).baseAddress else { return [] }
        var found: Findings = []
        var latin = 0
        var other = 0
        var hasLookalike = false
        var at = 0
        while at < word.count {
            let point = ctext_decode(base, at, word.count)
            switch point.value {
            case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: latin += 1
            case 0x400...0x52F:
                other += 1
                hasLookalike = true
            case 0x370...0x3FF:
                other += 1
                hasLookalike = hasLookalike || Self.lookalikes.contains(point.value)
            // Armenian, Cherokee, Coptic, Lisu.
            case 0x530...0x58F, 0x13A0...0x13FF, 0x2C80...0x2CFF, 0xA4D0...0xA4FF, 0xAB70...0xABBF: other += 1
            default: if Self.isCompatibility(point.value) { found.insert(.compatibility) }
            }
            at += Int(point.length)
        }
        guard other > 0 else { return found }
        if latin > 0, hasLookalike { found.insert(.mixedScripts) }
        guard latin > 0 || other >= Self.leastLetters, let skeleton = checker.plainSkeleton(of: word) else {
            return found
        }
        if latin > 0 {
            found.insert(.homoglyph)
        } else if looksKnown(skeleton) {
            found.insert(.lookalikeWord)
        }
        return found
    }

    private func looksKnown(_ skeleton: [UInt8]) -> Bool {
        guard let knowledge else { return false }
        let plain = skeleton.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        // The skeleton of m is rn.
        let joined = String(decoding: plain, as: UTF8.self).split(
            separator: "rn", omittingEmptySubsequences: false
        )
        .joined(separator: "m")
        return [plain, Array(joined.utf8)].contains { key in
            key.withUnsafeBytes { knowledge.state(of: $0) == .known }
        }
    }

    private static func isCompatibility(_ point: UInt32) -> Bool {
        switch point {
        // Ligatures and presentation forms; letterlike, enclosed and squared ones; mathematical letters.
        case 0xFB00...0xFB06, 0xFB13...0xFB17, 0xFB50...0xFDFF, 0xFE70...0xFEFC, 0x2100...0x2121,
            0x2123...0x214F,
            0x2160...0x217F, 0x2460...0x24FF, 0x3200...0x33FF, 0xF900...0xFAFF, 0x1D400...0x1D7FF,
            0x1F100...0x1F16A:
            // Degree, ohm and the like, №, ™ and ℠ are usual.
            ![0x2103, 0x2109, 0x2116, 0x2117, 0x2120, 0x2126].contains(point)
        default: false
        }
    }

    /// Greek letters that look like Latin ones; others stand in formulas.
    private static let lookalikes: Set<UInt32> = [
        0x391, 0x392, 0x395, 0x396, 0x397, 0x399, 0x39A, 0x39C, 0x39D, 0x39F, 0x3A1, 0x3A4, 0x3A5, 0x3A7,
        0x3BF, 0x3BD, 0x3C1, 0x3BA, 0x3B9, 0x3C5,
    ]
}
