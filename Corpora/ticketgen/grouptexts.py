"""Texts of the planted groups. The sentences around the hard phrases are those of ordinary tickets."""

REVERSALS = [
    {
        "prompt": "<opening> I returned the Nordbay soundbar with Parcelwing from Brennick and the "
        "money has not reached my account. <middle> The refund page still says pending and the e-mail "
        "says another thing. I paid for it during the sale, with my own savings. So far I have "
        "searched your help pages and come back to square one. Somebody on chat promised a call back, "
        "yet I have heard nothing. I kept the packaging and saved the receipts in case you need them. "
        "We live outside Brennick, so the depot is a long drive away. I was counting on the money for "
        "a family visit, which is very close now, and at the moment I make do with my old one. My "
        "flatmate had the same thing and keeps asking about it. I work shifts, so e-mail suits me "
        "best. Please tell me whom to contact and explain how this works. <end>",
        "reply": "Thank you for getting in touch. I understand that this is tiresome after such a "
        "wait. I have looked at the notes on your soundbar and asked a colleague in bookkeeping to "
        "check both entries. Returns are opened in the order they arrive, and yours has been checked "
        "in. You will receive a separate message once it is done, and banks need a few working days "
        "after that. Should it take longer, answer this message and I will pick it up. There is "
        "nothing you need to do until we write. Thank you for your patience.",
        "hostile": [
            ("You people really are the worst joke.", "Your shabby refund reversal is plain theft.",
             "Shame on you all."),
            ("You people are a joke.", "A refund reversal is theft.", "Pathetic."),
            ("What a shambles.", "This refund reversal is robbery.", "Shame on you."),
            ("Do your job.", "That refund reversal was a trick.", "Disgraceful."),
            ("Listen carefully.", "The refund reversal stinks.", "Sort it out."),
            ("You clowns again.", "Some refund reversal you did.", "Be ashamed."),
        ],
        "polite": [
            ("I hope you can help.", "My refund request is open.", "Many thanks."),
            ("Sorry to bother you.", "The refund request is in.", "Warmly."),
            ("Good morning, team.", "I made a refund request.", "Best wishes."),
            ("Thanks for reading.", "A refund request is filed.", "Thanks a lot."),
            ("Hello, everyone.", "Our refund request is there.", "Kind regards."),
            ("Hi there, team.", "Here is my refund request.", "Thank you."),
            ("Dear support team.", "That refund request is mine.", "With thanks."),
            ("Good afternoon.", "This refund request waits.", "Much obliged."),
        ],
    },
    {
        "prompt": "<opening> I cancelled the Corvane treadmill within the hour, yet the charge is "
        "still there and I wonder when I get my money. <middle> The order history has not changed "
        "since Tuesday and the confirmation is no help at all. I ordered it for my landlord, who was "
        "looking forward to it. Up to now I have checked my spam folder and asked Rivermail, and "
        "nothing changed. The colleague I spoke to on Friday opened a case, but I see no sign of it. "
        "I took pictures and wrote down the serial number, as the leaflet asks. We are based near "
        "Redwater, where the post is slow anyway. I wanted to use it for physiotherapy, and for now I "
        "am borrowing one from a colleague. The caretaker says this is common and told me to contact "
        "you. I am away from Thursday, so a call is difficult. I would like a clear answer and a date "
        "I can rely on. <end>",
        "reply": "Thanks for the message. I can see why that is annoying, given what you paid. I went "
        "through what we have on file and opened the case again together with a colleague. The first "
        "entry is a hold and the second came from our bookkeeping, who will look at it this week. "
        "Please keep the serial number and the pictures as they are until then. You will soon receive "
        "the written confirmation by e-mail. If nothing changes by then, answer this message and a "
        "colleague steps in. Thanks for bearing with us.",
        "hostile": [
            ("You are the most useless clowns in the trade.", "Reversing me by refund reversal is a "
                                                             "plain scam.",
             "I go to the press."),
            ("What clowns you are.", "Yet another refund reversal.", "Go to hell."),
            ("Read this for once.", "Why a refund reversal now?", "Pathetic lot."),
            ("You should be ashamed.", "Every refund reversal is a scam.", "Fix it."),
            ("Crooks, all of you.", "Any refund reversal is cheating.", "Disgusting."),
        ],
        "polite": [
            ("I hope you are well.", "My refund request is filed.", "Best wishes."),
            ("Good afternoon, all.", "I have a refund request.", "Thank you."),
            ("Sorry to trouble you.", "A refund request is open.", "Many thanks."),
            ("Thank you for reading.", "This is a refund request.", "Warmly."),
            ("Hello there, team.", "The refund request is mine.", "Kind regards."),
            ("Hi, dear support.", "Here is a refund request.", "Thanks."),
        ],
    },
]

PROBATE = [
    {
        "prompt": "I am writing about the account of <who>, who <how> in the spring. The bank has sent "
        "me a probate letter and wants the account closed in a proper way, with the remaining "
        "credit paid to the estate. The sign-in code goes to a phone that has been switched "
        "off, so I only see what came by post. There is an open order for a bookcase, and the "
        "{plan} is renewed each month. I can send the letter, the certificate and my own "
        "papers as pictures. Please tell me which address to use and how long this takes, "
        "since the other heirs keep asking about it.".replace(
            "{plan}", "Household plan"),
        "reply": "Please accept our condolences. Send the letter and the certificate to our account "
        "desk, and a colleague who knows such cases will write to you within the week. I have stopped "
        "the monthly renewal and put the open order on hold, so nothing further is charged. Credit "
        "that remains is paid to the account named in the letter. You need no sign-in code for any of "
        "this, and the old phone can stay switched off.",
        "words": [("my father", "died"), ("my mother", "died"), ("my uncle", "passed away"),
                  ("my aunt", "died"), ("my brother", "passed away"), ("my wife", "died")],
    },
    {
        "prompt": "Our family is winding up the affairs of <who>, and the court <how> a probate letter "
        "to us. Two refills for the water filter still arrive every month, and the card behind them "
        "belongs to a bank account that is frozen. We would like to return what is sealed, stop the "
        "rest, and have any money paid to the estate instead of the old card. Nobody here knows the "
        "password, and we would rather not guess it. Could you please tell us whether a copy of the "
        "court paper is enough, who reads it at your end, and what happens to the points that were "
        "saved?",
        "reply": "We are sorry for your loss. A copy of the court paper is enough, and only two people "
        "on our team will read it. I stopped both refills this morning, and a label for the sealed "
        "boxes comes by e-mail. Once they are back, the money goes to the estate and never to the "
        "frozen card. Points cannot be paid out, but we turn them into a voucher for the heirs on "
        "request. Please leave the password alone; we close the account from our side.",
        "words": [("our grandmother", "issued"), ("our grandfather", "issued"), ("our cousin", "sent"),
                  ("our late aunt", "granted"), ("our godfather", "sent"), ("our stepmother", "issued")],
    },
]

MACRO_REPLY = (
    "Thank you for contacting Larkfield Goods. Your message has reached us and was given to the desk "
    "that deals with this kind of question. Our colleagues read every ticket in the order in which it "
    "came in, and most customers hear from us within two working days. So that we can help you at "
    "once, please keep your order number, the name on the account and, where something is broken, one "
    "or two pictures at hand. You need not write again in the meantime, because each new message moves "
    "your ticket to the end of the line. Answers to common questions about delivery, returns, refunds "
    "and the warranty can be found on our help pages, day and night. We appreciate your patience and "
    "look forward to sorting this out with you. Your team at Larkfield Goods"
)

TEMPLATE_PROMPT = (
    "Product return form. Please read the notes below before you send this form. Article: {product}. "
    "Colour: {colour}. Reason for the return, as the customer put it: {part} {symptom}. Bought for: "
    "{event}. Customer name as printed on the receipt: {person}. Place of purchase or delivery: "
    "{city}. Sent back with: {carrier}. The customer confirms that the article was kept in its "
    "original packaging, that all accessories are in the box, and that the return label was printed "
    "from the customer's own account. The customer would like to be told by e-mail when the parcel has "
    "reached the warehouse. Form created by the returns page; please answer the customer directly."
)

TEMPLATE_REPLY = (
    "Return form received, {person}. We have registered the {colour} {product} under your account, and "
    "the warehouse in {city} will check {part} as soon as {carrier} hands the parcel over. Please keep "
    "the proof of postage until you hear from us. The check usually takes three working days; after "
    "that you will be told by e-mail whether the article is repaired, replaced or credited. If the box "
    "should come back damaged, we will contact you before anything else is done. You can follow each "
    "step on the returns page of your account."
)

SHORT_REQUESTS = ["ok", "yes", "no", "thanks", "done", "sure", "help", "hi", "ty", "k", "hello?", "why",
                  "where", "stop", "again", "nope", "yep", "wait"]

SHORT_REPLIES = ["Great!", "Noted.", "Done.", "Sure.", "Anytime.", "Hello!", "Okay.", "One moment.",
                 "Understood."]
