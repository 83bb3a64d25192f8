import TextForms

/// Whether a text mixes languages: function words of English beside those of another language, or letters of two
/// scripts in words of their own.
///
/// Our own short lists; known to miss languages that are not in them and borrowed content words.
struct LanguageMix: Sendable {
    /// Function words that a text must have of each of two languages.
    static let leastWords = 2
    /// What a text of so many words is written in where neither these lists nor the word lists know it.
    static let unknown = "an unknown language"
    static let leastUnknownWords = 5

    private let languages: HashTable
    private let languageOfWord: [UInt8]
    private static let englishOnly =
        "the is are was my i you your it this that what how why where when can could would please of to and with have has not don't for"

    /// Words of a language that are no English words.
    private static let others: [String] = [
        "el los las una unos del por para que como pero porque donde cuando mi su estoy está tengo quiero puedo gracias hola muy también más",
        "le les du un une est sont avec dans pas je vous nous mon ma votre notre mais où quand comment bonjour merci très aussi",
        "der das dem ein eine einen ist sind mit für nicht ich sie wir mein meine ihr und oder aber wo wann wie bitte danke sehr auch mehr",
        "os uma um não com para por que como mas porque onde quando meu minha você estou tenho quero posso obrigado obrigada muito também mais",
        "il gli della che sono una mio mia quando dove perché ciao grazie molto anche più vorrei posso",
        "het een niet voor ik je jij wij mijn jouw maar waar wanneer hoe bedankt graag ook heel",
        "hai nahi nahin kya kaise kab mera meri mere aap tum aur lekin kyun kyu bhi raha rahi karna karo chahiye mujhe",
        "yang dan tidak saya anda dengan untuk dari ini itu bisa mau sudah belum apa bagaimana kapan terima kasih",
    ]

    static let shared = LanguageMix()

    private init() {
        var table = HashTable()
        var owners: [UInt8] = []
        for (language, words) in ([Self.englishOnly] + Self.others).enumerated() {
            for word in words.split(separator: " ") {
                let number = Array(word.utf8).withUnsafeBytes { table.insert(FunctionWords.hash(of: $0)) }
                if number == owners.count {
                    owners.append(UInt8(language))
                } else if owners[number] != language {
                    // A word of two of these languages tells neither.
                    owners[number] = .max
                }
            }
        }
        languages = table
        languageOfWord = owners
    }

    /// Which language a word speaks for, 0 for English; `nil` for a word of none or several.
    func language(of hash: UInt64) -> Int? {
        guard let number = languages.number(of: hash), languageOfWord[number] != .max else { return nil }
        return Int(languageOfWord[number])
    }

    var languageCount: Int { Self.others.count + 1 }

    /// Names of the languages, by their numbers.
    private static let names = [
        "English", "Spanish", "French", "German", "Portuguese", "Italian", "Dutch", "Hindi in Latin letters",
        "Indonesian",
    ]

    /// What a text is written in, where that is not English or another language in Latin letters that the lists do not
    /// know: another script, or a language most of whose function words stand in it.
    ///
    /// - Parameters:
    ///   - words: function words of each language in the text.
    ///   - script: as Unicode names it.
    static func language(words: [Int], script: String) -> String? {
        if !latinOrNone.contains(script) { return "\(script) script" }
        guard let most = words.indices.dropFirst().max(by: { words[$0] < words[$1] }),
            words[most] >= leastWords, words[most] > 2 * words[0]
        else { return nil }
        return names[most]
    }

    private static let latinOrNone: Set = ["Latin", "Common", "Inherited", "Unknown", ScriptTable.none]
}
