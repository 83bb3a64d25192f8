import CText

/// Words that carry grammar and manner rather than a topic: what is masked for the content test and kept for the
/// register test. English; our own list.
struct FunctionWords: Sendable {
    private let hashes: HashTable

    static let english = FunctionWords(
        """
        a an the this that these those such some any no every each either neither both all another other others same
        i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself
        we us our ours ourselves they them their theirs themselves one ones someone anyone everyone nobody somebody
        anybody everybody something anything everything nothing who whom whose which what whatever whichever
        am is are was were be been being do does did done doing have has had having can could may might must shall
        should will would ought need get gets got getting let lets make makes made want wants wanted
        and or but nor so yet for if unless until while although though because since whereas whether than as when
        whenever where wherever why how however also too then thus hence therefore else instead besides moreover
        of in on at by to from into onto with without within about above across after against along among around
        before behind below beneath beside between beyond despite down during except inside like near off out outside
        over past per through throughout toward towards under up upon via
        not never none hardly just only even still already again once ever always often sometimes usually here there
        now very really quite rather pretty much many more most less least few little lot lots enough almost maybe
        perhaps please thanks thank thankyou sorry hello hi hey dear kindly ok okay yes no yeah yep nope well oh ah
        hmm um uh actually basically simply certainly definitely absolutely sure
        i'm i've i'll i'd you're you've you'll you'd he's she's it's we're we've we'll we'd they're they've they'll
        they'd that's there's here's what's who's where's how's let's isn't aren't wasn't weren't don't doesn't didn't
        haven't hasn't hadn't can't cannot couldn't won't wouldn't shouldn't mustn't
        im ive ill id youre youve dont doesnt didnt cant couldnt wont wouldnt isnt arent wasnt havent hasnt thats whats
        u ur r pls plz thx ty gonna wanna gotta lemme cuz bc idk btw
        """)

    /// - Parameter text: words in lower case between spaces and line breaks.
    init(_ text: String) {
        let words = text.split(whereSeparator: { $0 == " " || $0.isNewline })
        var hashes = HashTable(capacity: words.count)
        for word in words {
            Array(word.utf8).withUnsafeBytes { _ = hashes.insert(Self.hash(of: $0)) }
        }
        self.hashes = hashes
    }

    /// The hash of a word in lower case.
    @inline(__always)
    static func hash(of word: UnsafeRawBufferPointer) -> UInt64 {
        ctext_xxh3_64(word.baseAddress, word.count, 21)
    }

    /// - Parameter hash: by `hash(of:)`.
    @inline(__always)
    func contains(_ hash: UInt64) -> Bool { hashes.number(of: hash) != nil }
}
