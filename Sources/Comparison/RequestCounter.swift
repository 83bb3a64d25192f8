/// Counts the question and request clauses of a text: two or more in one input are what a row written from one intent
/// never has.
///
/// A clause begins with a sentence, or behind "and", "also", "but", "then". It asks if it begins with a question word,
/// with an auxiliary and a pronoun or article, with "please", with "I want, need, would like", or with one of some
/// verbs of request. English; known to miss statements that imply a request.
struct RequestCounter {
    private var place = 0
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var countsClause = false
    private(set) var count = 0

    private static func hashes(_ words: String) -> HashTable {
        var table = HashTable()
        for word in words.split(separator: " ") {
            Array(word.utf8).withUnsafeBytes { _ = table.insert(FunctionWords.hash(of: $0)) }
        }
        return table
    }

    private static let borders = hashes("and also but then plus additionally")
    private static let questions = hashes(
        "what how why where when who which what's where's how's who's whats")
    private static let auxiliaries = hashes(
        "can could would will do does did is are was were may should have has am must isn't aren't don't doesn't can't won't"
    )
    private static let subjects = hashes(
        "you i we it there my the this that they he she these those your our any someone u")
    private static let requests = hashes(
        "please pls plz cancel change send give show find book make add remove update check help tell explain let need want fix reset refund return track transfer confirm get reserve"
    )
    private static let wishes = hashes("want need would wanna wish want'd d'like like")
    private static let wish = hashes("i i'd id we we'd")

    mutating func begin() {
        place = 0
        count = 0
        countsClause = false
    }

    /// A sentence ends.
    mutating func endSentence() {
        place = 0
        countsClause = false
    }

    /// The next word, in lower case.
    mutating func take(_ hash: UInt64) {
        if Self.borders.number(of: hash) != nil {
            endSentence()
            return
        }
        place += 1
        guard !countsClause else { return }
        if place == 1 {
            first = hash
            if Self.questions.number(of: hash) != nil || Self.requests.number(of: hash) != nil { found() }
        } else if place == 2 {
            second = hash
            if Self.auxiliaries.number(of: first) != nil, Self.subjects.number(of: hash) != nil { found() }
            if Self.wish.number(of: first) != nil, Self.wishes.number(of: hash) != nil { found() }
        }
    }

    private mutating func found() {
        countsClause = true
        count += 1
    }
}
