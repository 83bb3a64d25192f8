import CText

/// What a shingle is made of (`--shingle`): `char-N` or `word-N`.
package enum ShingleForm: Sendable, Hashable, CustomStringConvertible {
    /// N consecutive code points of the normal form, spaces included.
    case characters(Int)
    /// N consecutive shingle words.
    case words(Int)
    /// As `words`, but in scripts without spaces each code point is a word; no `--shingle`.
    case tokens(Int)

    /// The sizes that are accepted; chosen: nothing published goes beyond 50.
    package static let sizes = 1...Int(CTEXT_LONGEST_SHINGLE)

    /// Reads `char-5`, `word-3`; `nil` for anything else, and for sizes out of ``sizes``.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let size = Int(parts[1]), Self.sizes.contains(size)
        else { return nil }
        switch parts[0] {
        case "char": self = .characters(size)
        case "word": self = .words(size)
        default: return nil
        }
    }

    package var description: String {
        switch self {
        case .characters(let size): "char-\(size)"
        case .words(let size): "word-\(size)"
        case .tokens(let size): "token-\(size)"
        }
    }

    /// Code points or words of one shingle.
    package var size: Int {
        switch self {
        case .characters(let size), .words(let size), .tokens(let size): size
        }
    }
}
