import CHunspell
import Synchronization

/// A dictionary of hunspell: a word list with the rules by which its words are inflected.
///
/// `lock` guards the handle: hunspell's own buffers are not for two threads at once.
package final class HunspellDictionary: WordDictionary, @unchecked Sendable {
    private let lock = Mutex<Void>(())
    private let handle: OpaquePointer
    private let isLatin1: Bool
    /// By the dictionary's name: German and Luxembourgish.
    package let capitalisesNouns: Bool

    /// - Parameter path: of the two files, without `.aff` and `.dic`.
    /// - Throws: `ProfileError` for a dictionary in an encoding that is neither UTF-8 nor Latin-1.
    package init(path: String) throws {
        guard let handle = Hunspell_create(path + ".aff", path + ".dic") else {
            throw ProfileError(.list, "\(path).dic: hunspell cannot open it; install the dictionary again")
        }
        self.handle = handle
        let name = path.split(separator: "/").last ?? ""
        capitalisesNouns = name.hasPrefix("de") || name.hasPrefix("lb")
        let encoding = Hunspell_get_dic_encoding(handle).map { String(cString: $0) } ?? ""
        isLatin1 = encoding.hasPrefix("ISO8859-1") || encoding.hasPrefix("ISO-8859-1")
        guard isLatin1 || encoding == "UTF-8" else {
            Hunspell_destroy(handle)
            throw ProfileError(
                .list, "\(path).dic: is in \(encoding); use a dictionary in UTF-8 or ISO 8859-1")
        }
    }

    deinit { Hunspell_destroy(handle) }

    /// Whether the dictionary has the word as it stands, or with a capital (nouns of German).
    package func knows(_ key: UnsafeRawBufferPointer) -> Bool {
        let word = String(decoding: key, as: UTF8.self)
        return lock.withLock { _ in spells(word) || spells(word.prefix(1).uppercased() + word.dropFirst()) }
    }

    private func spells(_ word: String) -> Bool {
        guard isLatin1 else { return Hunspell_spell(handle, word) != 0 }
        var bytes: [CChar] = []
        for scalar in word.unicodeScalars {
            guard let byte = UInt8(exactly: scalar.value) else { return false }
            bytes.append(CChar(bitPattern: byte))
        }
        bytes.append(0)
        return bytes.withUnsafeBufferPointer { Hunspell_spell(handle, $0.baseAddress) != 0 }
    }
}
