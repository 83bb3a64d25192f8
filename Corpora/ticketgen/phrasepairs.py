"""Sentences that differ in one class of difference: (role, left, right), and synonyms for near duplicates."""

from . import values

NUMBERS = [
    ("user", "I was promised a refund of $40 for the trouble.", "I was promised a refund of $400 for "
                                                                "the trouble."),
    ("assistant", "We will take 15 % off your next bill.", "We will take 50 % off your next bill."),
    ("user", "The scale says 5 kg, as in the manual.", "The scale says 5 lb, as in the manual."),
    ("user", "I ordered two of them for the hall.", "I ordered three of them for the hall."),
    ("assistant", "The deposit of $4.50 comes back to you.", "The deposit of $45.0 comes back to you."),
    ("user", "In the garage it is -5 \u00b0C at night.", "In the garage it is 5 \u00b0C at night."),
    ("user", "The shelf is 80 mm too wide for us.", "The shelf is 80 cm too wide for us."),
    ("assistant", "You have 14 days to send it back.", "You have 30 days to send it back."),
    ("user", "It holds 1.5 litres at most.", "It holds 15 litres at most."),
    ("assistant", "The fee is seven dollars a month.", "The fee is nine dollars a month."),
    ("user", "The app shows 64 GB of free space.", "The app shows 64 MB of free space."),
    ("user", "We are 6 people in the household.", "We are 9 people in the household."),
    ("assistant", "This repair costs $120 with parts.", "This repair costs $210 with parts."),
    ("user", "The timer jumps by +3 every hour.", "The timer jumps by -3 every hour."),
]

SUPERSCRIPTS = [
    ("user", "The leaflet says 10\u00b2 tiles per pack.", "The leaflet says 102 tiles per pack."),
    ("user", "It needs a grid of 12\u00b2 cells to work.", "It needs a grid of 122 cells to work."),
    ("assistant", "The counter wraps at 2\u2078 steps.", "The counter wraps at 28 steps."),
]

OPERATORS = [
    ("user", "My rule is humidity < limit for the fan.", "My rule is humidity > limit for the fan."),
    ("user", "I filter by price >= budget on your page.", "I filter by price <= budget on your page."),
    ("user", "The sheet has total = net + tax in it.", "The sheet has total = net - tax in it."),
    ("assistant", "The size is width * height in the form.", "The size is width / height in the form."),
    ("user", "The export uses status == open as a test.", "The export uses status != open as a test."),
    ("assistant", "Type red & blue into the search box.", "Type red | blue into the search box."),
    ("assistant", "An alert goes out if stock < minimum holds.", "An alert goes out if stock > minimum "
                                                                 "holds."),
    ("user", "The script computes points + bonus each day.", "The script computes points * bonus each "
                                                             "day."),
]

NEGATIONS = [
    ("user", "I can open the lid with one hand.", "I can't open the lid with one hand."),
    ("user", "It is under guarantee as far as I know.", "It is not under guarantee as far as I know."),
    ("assistant", "The cover does include theft.", "The cover does not include theft."),
    ("user", "The seal was broken when it came.", "The seal was never broken when it came."),
    ("assistant", "You can keep the old one.", "You cannot keep the old one."),
    ("user", "I have agreed to the new terms.", "I have not agreed to the new terms."),
    ("assistant", "Your card will be charged again.", "Your card will not be charged again."),
    ("user", "I did get the code by text.", "I didn't get the code by text."),
    ("assistant", "This model is safe for children.", "This model isn't safe for children."),
    ("user", "I do want a replacement.", "I do not want a replacement."),
    ("assistant", "Returns from abroad are free.", "Returns from abroad are not free."),
    ("user", "We were told to pay the duty.", "We were not told to pay the duty."),
]

SPELLINGS = [
    ("user", "I will definitely keep the box.", "I will definately keep the box."),
    ("assistant", "You will receive a letter as well.", "You will recieve a letter as well."),
    ("user", "It was in a separate bag.", "It was in a seperate bag."),
    ("assistant", "That occurred at the depot.", "That occured at the depot."),
    ("user", "They can't accommodate my wish.", "They can't accomodate my wish."),
    ("assistant", "Wait until the light is green.", "Wait untill the light is green."),
    ("user", "I believe the address is right.", "I beleive the address is right."),
    ("assistant", "It is necessary to reset it.", "It is neccessary to reset it."),
]

DEDUCTIBLE = [
    "The deductible on my policy is what puzzles me.", "I was told the deductible falls away for loyal "
    "members.",
    "Your letter names a deductible I never saw.", "How is the deductible worked out for such a case?",
    "I would rather pay the deductible than wait.", "My other insurer has a lower deductible.",
    "Please explain why the deductible went up.", "I already paid the deductible for this claim.",
]

EXTENSIONS = [
    "I also like the new colours.", "The shop window looks great.", "Greetings to the whole team.",
    "My dog says hello too.", "The weather here is lovely.",
]

SYNONYMS = {
    "parcel": "package", "colleague": "teammate", "reply": "response", "annoying": "irritating",
    "tiresome": "tedious", "simple": "plain", "honest": "frank", "answer": "response",
    "pictures": "images", "message": "note", "mistake": "blunder", "likely": "probable",
    "short": "brief", "promised": "pledged", "closed": "shut", "strange": "odd", "began": "started",
    "started": "began", "happened": "occurred", "urgent": "pressing", "lovely": "delightful",
    "depot": "hub", "manual": "handbook", "leaflet": "booklet", "carton": "wrapping",
    "wrong": "incorrect", "somebody": "someone", "Somebody": "Someone", "luck": "success",
    "settled": "resolved", "noted": "recorded", "calendar": "diary", "photos": "snapshots",
    "clear": "definite", "questions": "doubts", "surely": "certainly", "soon": "shortly",
    "stuck": "lost", "explain": "describe", "confirm": "verify", "Meanwhile": "Meantime",
    "odd": "curious", "sorted": "handled", "survey": "questionnaire",
    "reminder": "memo", "kindly": "graciously", "patience": "forbearance", "Hello": "Greetings",
    "trouble": "bother", "confusion": "muddle", "bought": "purchased", "working": "business",
    "missing": "lost", "complain": "grumble", "suits": "fits", "opened": "started",
    "pleasant": "nice", "team": "crew", "quick": "speedy", "afternoon": "evening", "receipts": "slips",
}


def identifiers(rng, index):
    """A sentence pair that differs in one identifier; its sort follows from `index`."""
    def digits(count):
        return "".join(rng.choice("123456789") for _ in range(count))

    def clock():
        return "%02d:%02d" % (rng.randrange(8, 20), rng.randrange(60))

    def date():
        return "2024-%02d-%02d" % (rng.randrange(1, 13), rng.randrange(1, 29))

    def long_date():
        return "%d %s 2024" % (rng.randrange(10, 29), rng.choice(values.MONTHS))

    def mail():
        return "%s%s@example.com" % (rng.choice(values.LAST_NAMES).lower(), digits(2))

    sorts = [
        ("user", "The slip shows ORD-%s.", lambda: digits(6)),
        ("assistant", "Its ticket is TCK-%s.", lambda: digits(7)),
        ("user", "Tracking has TRK%sGB.", lambda: digits(9)),
        ("user", "My office is on 202-555-01%s.", lambda: digits(2)),
        ("user", "Copy %s in, please.", mail),
        ("assistant", "We will visit on %s.", date),
        ("assistant", "The van comes at %s.", clock),
        ("user", "The serial is %s.", lambda: digits(8)),
        ("assistant", "See https://larkfield.example/t/%s.", lambda: digits(6)),
        ("user", "I wrote to you on %s.", long_date),
    ]
    role, sentence, draw = sorts[index % len(sorts)]
    left = right = draw()
    while right == left:
        right = draw()
    return role, sentence % left, sentence % right


def names(rng, index):
    """A sentence pair that differs in a person's name."""
    role, sentence = [
        ("user", "It was ordered by %s."), ("assistant", "I passed it on to %s."),
        ("user", "I spoke with %s."), ("assistant", "Ask for %s."), ("user", "The parcel is for %s."),
    ][index % 5]
    first = rng.sample(values.FIRST_NAMES, 2)
    last = rng.sample(values.LAST_NAMES, 2)
    if index % 2:
        last = [last[0], last[0]]
    return role, sentence % (first[0] + " " + last[0]), sentence % (first[1] + " " + last[1])
