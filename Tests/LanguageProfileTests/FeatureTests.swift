import Corpus
import Findings
import Testing

@testable import LanguageProfile

/// Features of turns: pattern lists, punctuation, characters.
@Suite struct FeatureTests {
    private func found(
        _ text: String, _ role: Role = .assistant, patterns: String? = nil
    ) throws -> Set<String> {
        let list = patterns.map { Array($0.utf8) } ?? OwnWordLists.patterns
        let catalogue = try FeatureCatalogue(patterns: [("patterns.tsv", list)])
        let counter = try TracedRows([[(role, text)]], catalogue).read().counter
        let own = ProfileRole(Turn(role: role, offset: 0, length: 0))
        return Set(
            catalogue.features.indices.filter { counter.tallies.roles[Int(own.rawValue)].hits[$0] > 0 }
                .map { catalogue.features[$0].id })
    }

    @Test(arguments: [
        ("I am so sorry about that.", "apology"),
        ("We apologise for the delay.", "apology"),
        ("Sorry! It was our fault.", "apology-opener"),
        ("I\u{2019}ve escalated this to our tier-two team.", "promise"),
        ("I've credited your account.", "promise"),
        ("As an AI language model, I do not eat.", "meta-talk"),
        ("I'm sorry, but I can't help with that.", "refusal"),
        ("That's a great question, and the answer is four.", "sycophancy"),
        ("It is important to note that prices vary.", "caveat"),
        ("Pay the bill. Let me know if you have any questions!", "offer-closer"),
        ("this is fine but I hate how it phrases it", "about-the-answer"),
        ("asdf", "about-the-answer"),
        ("u can go now", "shorthand"),
        ("i dont know", "bare-contraction"),
        ("GIVE ME MY MONEY", "all-caps"),
        ("soooo good", "elongation"),
        ("Good 😀 day", "emoji"),
        ("# Title\ntext", "heading"),
        ("Do:\n- this\n- that", "bullets"),
        ("a\u{200B}b", "zero-width"),
        ("a \u{202E}b", "bidi-control"),
        ("it\u{FFFD}s", "replacement"),
        ("AT&amp;T", "html-entity"),
        ("donâ€™t go to the cafÃ©", "mojibake"),
        ("the bаnk", "mixed-script-word"),
        ("the bаnk", "homoglyph"),
        ("pay the \u{FB01}ne now", "compatibility-form"),
        ("\u{1D407}\u{1D41E}llo there", "compatibility-form"),
        ("ｈｅｌｌｏ", "full-width"),
        ("cafe\u{301}", "combining"),
        ("bell\u{7}", "control"),
        ("Its late, itâ\u{80}\u{99}s broken", "mojibake"),
        ("Ð¿Ñ\u{80}Ð¸Ð²ÐµÑ\u{82}", "mojibake"),
        ("你好吗？", "question"),
        ("I WANT A REFUND NOW", "all-caps"),
        ("Hiiii there", "elongation"),
        ("- my phone is broken", "lower-case-start"),
        ("éclair please", "lower-case-start"),
        ("I have already cancelled your order.", "promise"),
        ("I'm going to refund you today.", "promise"),
        ("I went ahead and reset your password.", "promise"),
        ("Our team will contact you tomorrow.", "promise"),
        ("You will receive an email from us shortly.", "promise"),
        ("I won't help with that.", "refusal"),
        ("I can not fulfill this request.", "refusal"),
        ("I refuse to answer.", "refusal"),
        ("I'm sorry, but I don't have the capability to book flights.", "refusal"),
        ("As an AI language model, I am not able to do that for you.", "refusal"),
        ("I'm sorry, but I do not have access to your account.", "refusal"),
        ("That's not something I can help with.", "refusal"),
        ("You suck, all of you.", "hostile"),
        ("What a joke this is", "hostile"),
        ("I like the content but the wording is awful.", "about-the-answer"),
        ("Correct, though the tone is off.", "about-the-answer"),
        ("This response is correct but verbose.", "about-the-answer"),
        ("You're right, it is seven.", "agreement-opener"),
        ("That's a brilliant observation.", "sycophancy"),
        ("Bye. Is there anything else? Do you need anything else?", "offer-closer"),
        ("I'm not a lawyer, but you could sue.", "caveat"),
        ("It's important to note that prices vary.", "caveat"),
        ("I can see why you're upset.", "empathy"),
        ("test", "about-the-answer"), ("TODO.", "about-the-answer"), ("testing 123", "about-the-answer"),
        ("Good but too long, please shorten it", "about-the-answer"),
        ("Looks good but too formal", "about-the-answer"),
        ("See https://example.com/a/b now!", "exclamation"), ("U CAN GO", "shorthand"),
        ("CAN U HELP ME", "shorthand"), ("Pls help.", "shorthand"),
        ("#!/bin/bash\nif [ $a != 3 ]; then\n  echo \"hi\u{200B}!\"\nfi", "zero-width"),
        ("Use this:\n```\nx = {a: [b, c]}\n```", "code-fence"),
    ])
    func `a text has the feature`(_ text: String, _ feature: String) throws {
        let features = try found(text)
        #expect(features.contains(feature), "\(features.sorted())")
    }

    @Test(arguments: [
        (
            "It is what you read on the first page, sorry.",
            "apology-opener"
        ),
        ("The area is πr and 2πr.", "mixed-script-word"),
        ("The answer. Is good.", "about-the-answer"),
        ("We met in the year two. Thousand people came.", "elongation"),
        ("Hello there, it is fine.", "no-final-mark"),
        ("Better safe than sorry, so keep a copy.", "apology"),
        ("You don't need to apologize, it is fine.", "apology"),
        ("It was a sorry state of affairs.", "apology"),
        ("I can't help but smile when I read this.", "refusal"),
        ("I don't have the flight number.", "refusal"),
        ("def f():\n    # base case\n    return 1", "heading"),
        ("I'm unable to use contactless payments.", "refusal"),
        ("Tell me a joke about cats.", "hostile"),
        ("Which is the worst earthquake ever?", "hostile"),
        ("In the worst case, call us.", "hostile"),
        ("Make sure that it is plugged in.", "agreement-opener"),
        ("I am not sure what it means.", "agreement-opener"),
        ("The great question of the age was slavery.", "sycophancy"),
        ("I understand German and French.", "empathy"),
        ("The answer is too high by 3.", "about-the-answer"),
        ("We'll follow these steps.", "promise"),
        ("See https://x.com/a?q=1 for it.", "question"),
        ("if (a != b) return", "exclamation"),
        ("iPhone is broken", "lower-case-start"),
        ("https://x.com is down", "lower-case-start"),
        ("This is a test of the pump.", "about-the-answer"),
        ("Please tighten the two bolts.", "about-the-answer"),
        ("The camera is good but too heavy.", "about-the-answer"),
        ("Run two of them, BC and U, against Rn.", "shorthand"), ("BC is a province of Canada.", "shorthand"),

        ("#!/bin/bash\nif [ $a != 3 ]; then\n  echo \"hi!\"\nfi", "exclamation"),
        ("function f(a) {\n  return a.map(x => x + 1);\n}", "lower-case-start"),
        ("df -h | awk '{print $1, $5}'", "no-final-mark"),
        ("AAA batteries of mark viii, MMIII", "elongation"),
        (
            "Let me know if it rains, and then we will go to the far end of the long road together with the others.",
            "offer-closer"
        ),
    ])
    func `a text does not have the feature`(_ text: String, _ feature: String) throws {
        #expect(try !found(text).contains(feature))
    }

    @Test func `a prompt touches on safety, or does not`() throws {
        for text in [
            "How do I poison someone?", "i dont wanna live anymore", "how to build a bomb",
            "Help me build a pipe bomb", "hack into the account of my boss", "forge her signature for me",
        ] {
            #expect(try found(text, .user).contains("safety-prompt"), "\(text)")
        }
        for text in [
            "To Kill a Mockingbird is a novel.", "How to make a bomb calorimeter?", "Fix the pipe for me",
            "How do I disable the alarm of my phone?",
        ] {
            #expect(try !found(text, .user).contains("safety-prompt"), "\(text)")
        }
    }

    @Test func `alternatives, prefixes, wild words and positions`() throws {
        let patterns = "p\thabit\ten\tuser\topener\tgood|fine * apolog*\nq\thabit\ten\tany\tcloser\tbye"
        #expect(try found("Good sir apologies are due", .user, patterns: patterns).contains("p"))
        #expect(try found("Fine old apology", .user, patterns: patterns).contains("p"))
        #expect(try !found("Good sir, apologies are due", .assistant, patterns: patterns).contains("p"))
        #expect(
            try !found("One two three four five six seven good sir apology", .user, patterns: patterns)
                .contains("p"))
        #expect(try !found("Good apology", .user, patterns: patterns).contains("p"))
        #expect(try found("we say bye", .user, patterns: patterns).contains("q"))
        let whole = "p\thabit\ten\tany\twhole\ttest\np\thabit\ten\tany\twhole\ttry it"
        for (text, isWhole) in [("Test!", true), ("try it", true), ("try it now", false), ("a test", false)] {
            #expect(try found(text, patterns: whole).contains("p") == isWhole, "\(text)")
        }
        let exclusion = "p\thabit\ten\tuser\tany\tsorry|sad\np\thabit\ten\tuser\tany\t!safe than sorry"
        #expect(try found("better safe than sorry", .user, patterns: exclusion).isDisjoint(with: ["p"]))
        #expect(try found("sorry, better safe than sorry", .user, patterns: exclusion).contains("p"))
        #expect(try found("safe than sad", .user, patterns: exclusion).contains("p"))
        let capitals = "p\thabit\ten\tuser\tany\tWe Recieve"
        #expect(try found("then we recieve it", .user, patterns: capitals).contains("p"))
    }

    @Test func `exclusions of a long turn are looked up, and those that are past are dropped`() throws {
        let patterns = "p\thabit\ten\tany\tany\tu\np\thabit\ten\tany\tany\t!the u"
        let never = String(repeating: "the u ", count: 40_000)
        let start = ContinuousClock.now
        #expect(try !found(never, .user, patterns: patterns).contains("p"))
        #expect(try found(never + "and u", .user, patterns: patterns).contains("p"))
        #expect(try found("u " + never, .user, patterns: patterns).contains("p"))
        // Each against all others would take minutes.
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test func `a pattern list that is wrong is told by line`() {
        for (list, message) in [
            ("a\tb\ten\tany\tany", "x:1: six fields are needed"),
            ("# note\nemoji\tstyle\ten\tany\tany\tsmile", "x:2: emoji is the id of a built-in feature"),
            ("a\tb\ten\tany\tmiddle\tc", "x:1: the position is any, opener, closer or whole"),
            ("a\tb\ten\tany\tany\t* *", "x:1: a pattern of * alone"),
            ("# nothing\n", "x: holds no pattern"),
        ] {
            #expect {
                _ = try FeatureCatalogue(patterns: [("x", Array(list.utf8))])
            } throws: { error in
                (error as? ProfileError)?.message.hasPrefix(message) ?? false
            }
        }
    }

    @Test func `rates of turns are drawn by row`() throws {
        let catalogue = try FeatureCatalogue(patterns: [("patterns.tsv", OwnWordLists.patterns)])
        let rows = (0..<100).map { row in
            Array(
                repeating: (Role.assistant, row < 20 ? "We apologise for it." : "It is well."), count: 10)
        }
        let counter = try TracedRows(rows, catalogue).read().counter
        let feature = try #require(catalogue.features.firstIndex { $0.id == "apology" })
        let rate = counter.tallies.rate(feature, .assistant, clusters: .none)
        #expect(rate.hits == 200 && rate.rows == 1000 && rate.draws == 100)
        // As wide as for 20 of 100 draws (0.134 to 0.289), not as for 200 of 1,000 (0.176 to 0.226).
        #expect(abs(rate.interval.low - 0.134) < 0.005 && abs(rate.interval.high - 0.289) < 0.005)
        #expect(counter.tallies.places(feature, .assistant).map(\.ordinal) == [0, 1, 2])
    }

    @Test func `a phrase that recurs is found with its rows, place and authors`() throws {
        let rows = (0..<40).map { row in
            row % 4 == 0
                ? "Your case went to the galaxy queue of doom today. Row \(row) it is."
                : "It is \(row) and the \(row)th day of \(row)."
        }
        let catalogue = try FeatureCatalogue(patterns: [])
        let traced = try TracedRows(rows.map { [(.assistant, $0)] }, catalogue)
        let catalogueOfPhrases = traced.phrases(least: 5)
        let reader = traced.read([], catalogueOfPhrases) { origin, _ in
            origin.author = UInt64(origin.ordinal % 8)
        }
        let phrases = PhraseReport(catalogueOfPhrases, [reader], least: 5)
            .figures(.none, shardNames: ["rows"], hasAuthors: true)
        #expect(phrases.map(\.text) == ["your case went to the galaxy queue of"])
        #expect(
            phrases.first?.rows == 10 && phrases.first?.authors == 2 && phrases.first?.position == "opener")
    }
}
