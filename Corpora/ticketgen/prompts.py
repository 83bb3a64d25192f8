"""Phrases of customers. `[a|b]` is a choice, `{slot}` a value that stays the same in a ticket."""

OPENINGS = {
    "polite": [
        "[Hello|Hi|Good morning|Good afternoon] [there|team|everyone], [I hope you can help me|I hope "
        "this finds you well|thanks for reading this].",
        "Dear [support|customer service|Larkfield team], I [would be grateful for|could use|am hoping "
        "for] [a little help|some advice|a second pair of eyes] [with my {item}|today|with something "
        "odd].",
        "[Sorry to bother you|I know you must be busy], [but I am a bit stuck|but something is off|and "
        "I will keep this short].",
        "[First of all|Before anything else], [thank you for the quick help last time|your shop has "
        "always been lovely to deal with|I like the {item} a lot].",
    ],
    "neutral": [
        "[This is about|I am writing about|Question about|Ticket regarding] [order {order}|my "
        "{product}|the {colour} {item} I bought].",
        "[My name is {person}|{person} here|This is {person}] [from {city}|, a customer since the "
        "spring|, writing on behalf of {who}].",
        "[Order {order}|Reference {order}]: [see below|details follow|a short report].",
        "[I have a question|I need to sort something out|There is something I cannot work out] [about "
        "the {item}|with your website|with what I bought {when}].",
        "", "",
    ],
    "frustrated": [
        "[This is the third time I write about this|I have now spent a whole afternoon on this|I am "
        "running out of patience here].",
        "[Honestly|Frankly|I have to say], [I expected better from {brand}|this has been a mess from "
        "start to finish|I am disappointed].",
        "[Can somebody finally look at order {order}|Is anyone reading these tickets|Does a human work "
        "there]?",
        "[Twice I was told to wait|I was passed from one desk to the next|Your chat closed on me "
        "mid-sentence], [and still nothing has happened|so here I am again|which is just rude].",
    ],
    "hostile": [
        "[You people are a joke|What a shambles of a company|I have never dealt with such clowns].",
        "[Listen carefully|Read this properly for once|Do your job], [because I will not repeat "
        "myself|for a change|since nobody there seems able to].",
    ],
}

DETAILS = [
    "It [happened|started|began] {when}, [while I was getting ready for {event}|and I did not think "
    "much of it at first|with no warning at all].",
    "I [bought it|got it|ordered it] for {who}, [who was looking forward to it|and now I look "
    "foolish|as a surprise].",
    "[The parcel|The box|It] [came|was sent] by {carrier} [to {city}|on a {day}|with a dented corner].",
    "I am [using|on|writing from] {device}, [in case that matters|if that helps|just so you know].",
    "The [page|app|confirmation] [says one thing and the e-mail another|still shows the old state|is "
    "no help at all].",
    "We [live|are based] [near {city}|outside {city}|in {city}], [so the depot is a long drive "
    "away|where the post is slow anyway|and the shop here has closed].",
    "[For what it is worth|By the way|Oddly enough], {part} [looked loose from the start|is fine|was "
    "replaced before].",
    "[A friend|{who}] [had the same thing with a {colour} one|told me to contact you|says this is "
    "common].",
    "I paid {amount} for it [in {month}|during the sale|with my own savings].",
    "The [tracking page|order history|receipt] for {order} [has not changed since {day}|is blank|lists "
    "another item].",
    "I am on the {plan} plan, [which I thought would cover this|since {month}|and have been happy so "
    "far].",
]

TRIED = [
    "I have [already|by now] [restarted everything|read the whole manual|searched your help "
    "pages|cleared the cache], [without luck|but it made no difference|and nothing changed].",
    "[So far|Up to now] I have [tried another socket|reinstalled the app|asked {carrier}|checked my "
    "spam folder] and [given up|got nowhere|come back to square one].",
    "[Somebody on chat|Your phone line|The colleague I spoke to on {day}] [promised a call back|said "
    "it was sorted|opened a case], [yet I have heard nothing|but I see no sign of it|and that was it].",
    "I [took pictures|kept the packaging|saved the receipts|wrote down the serial number] [in case you "
    "need them|just to be safe|as the leaflet asks].",
    "[Holding the button down|Leaving it overnight|Swapping the cable] [worked once|did the trick for "
    "a day|was no use].",
    "", "",
]

IMPACT = [
    "I [need it for|was counting on it for|wanted to use it at] {event}[, which is very close now|].",
    "[At the moment|Right now|For now] I [am borrowing one from {who}|am without one|make do with my "
    "old one].",
    "[It is not the end of the world|This is not urgent], [but I would like to know where I "
    "stand|though it nags me|so take your time].",
    "{who} [depends on it every day|keeps asking about it|has started to complain].",
    "[I work shifts|I am away from {day}|I look after a toddler], so [a call is difficult|e-mail suits "
    "me best|please do not ring in the morning].",
    "", "", "",
]

ASKS = [
    "[Could you|Would you|Can you] [please|kindly|] [look into this|tell me what went wrong|put this "
    "right|check what is going on]?",
    "[What should I do next|What are my options|How do we fix this|Where do I go from here]?",
    "[Please|Kindly] [let me know how long this will take|tell me whom to contact|confirm that you "
    "have this on file|explain how this works].",
    "[Is there a way to|Is it possible to|May I] [sort this out by {day}|speak to somebody who knows "
    "the {item}|get this in writing]?",
    "[I would like|I want|I am hoping for] [a clear answer|a simple fix|a date I can rely on|an honest "
    "explanation].",
    "[Do you need anything else from me|Shall I send the photos|Should I keep the box], or [is this "
    "enough|can you take it from here|do I just wait]?",
]

CLOSINGS = {
    "polite": [
        "[Thank you so much|Many thanks|Thanks in advance|With kind regards], {person}", "[Thanks a "
        "lot|Much obliged] [for your time|for looking at this|and have a "
        "good {day}].", "[Best wishes|Warmly|Kind "
        "regards], {first}",
    ],
    "neutral": ["{person}", "Regards, {person}", "[Reach me at|You can write to] {email}.", "", "",
                "[Phone|Mobile|Best number]: {phone}", "Thanks."],
    "frustrated": [
        "[I expect a reply by {day}|Please do better|I would like this to be the last message].",
        "[Not impressed|A tired customer|Still waiting], {first}", "",
    ],
    "hostile": ["[Do not send me another canned reply|Spare me the excuses|Sort it out or I go to the "
    "press].",
                "[Shame on you|You should be embarrassed|Pathetic]."],
}

# Customers who type in a hurry (a habit for later features).
SHORTHAND = [(" please ", " pls "), ("Please ", "pls "), (" you ", " u "), (" your ", " ur "),
             ("Thanks", "thx"), ("Thank you", "ty"), (" because ", " bc "), (" to be ", " 2 be "),
             ("I am ", "im "), (" are ", " r ")]

FOLLOW_UPS = [
    "[Thanks|Right|All right|Understood], [but one more thing|and one question more]: {follow}",
    "[That helps|Good to know|I see]. {follow}",
    "[I did that|I tried it just now|Done as you said]. {follow}",
    "[Hm|Hold on|Wait], [that is not quite it|there is more]. {follow}",
]

FOLLOW = [
    "{part} of the {item} {symptom} [as well|now|since {day}].",
    "[will the {colour} one be treated the same way|does that also hold for what I ordered {when}]?",
    "[could it go to {city} instead|can {who} sign for it|may I drop it off on {day}]?",
    "[who pays for {carrier}|what happens if {carrier} is late again|how do I reach {carrier} myself]?",
    "[the e-mail never came to {email}|I wrote the reference down as {order}|the amount should be "
    "{amount}].",
    "[I would rather wait until after {event}|it has to be settled before {event}|{event} is on {day}].",
    "[does the {plan} plan change anything|I moved to the {plan} plan in {month}|is the {plan} plan "
    "worth it]?",
]
