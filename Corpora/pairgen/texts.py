"""Requests to a ferry line: by intent, as a writer of synthetic rows puts them and as passengers type them.

`{slot}` stands for a value.
"""

SLOTS = {
    "port": ["Norwick", "Sandholm", "Port Ellery", "Grey Harbour", "Ardmuir", "St Ola", "Kellan", "Westray Point",
             "Long Quay", "Torness"],
    "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "time": ["the first boat", "the noon boat", "the evening boat", "the last boat", "the early sailing",
             "the night crossing"],
    "who": ["my mother", "two friends", "our choir", "my three children", "a colleague", "my grandparents",
            "the football team", "my husband"],
    "item": ["a grey rucksack", "my umbrella", "a pair of glasses", "a child's coat", "my laptop bag", "a phone charger",
             "a blue scarf", "a violin case"],
    "vehicle": ["a camper van", "a motorbike", "a small trailer", "an estate car", "a cargo bicycle", "a minibus",
                "a horse box"],
    "why": ["the weather forecast looks rough", "a meeting was moved", "the children are on holiday",
            "the train arrives late", "there is a wedding", "my shift was swapped", "the bridge is closed"],
    "animal": ["a big dog", "two cats", "a ferret", "an old spaniel", "a puppy", "a parrot"],
}

# Intent: sentences of the synthetic side, which are whole and clean.
SYNTHETIC = {
    "timetable": ["I would like to know when {time} leaves {port} on {day}.",
                  "Could you please tell me the departure times from {port} to {port} on {day}?",
                  "I am planning a journey to {port} and require the schedule for {day}."],
    "fare": ["Could you please inform me of the price for {who} from {port} to {port}?",
             "I would like to know whether there is a discount for {who} on {day}.",
             "What is the fare for {vehicle} on {time} to {port}?"],
    "cancel": ["I would like to cancel my reservation for {time} to {port} on {day}.",
               "Unfortunately, I have to cancel the tickets for {who}, because {why}.",
               "Please cancel the crossing from {port} that I booked for {day}."],
    "change": ["I would like to move my reservation from {day} to {day}, because {why}.",
               "Is it possible to transfer {who} to {time} from {port}?",
               "Could you please change the name on the ticket for {who}?"],
    "lost": ["I believe that I left {item} on {time} to {port}.",
             "Has anyone handed in {item} at the terminal in {port} since {day}?",
             "I would like to report {item} as lost on the crossing from {port}."],
    "delay": ["Could you please confirm whether {time} from {port} is delayed?",
              "How long will the delay at {port} last on {day}?",
              "I would like to know if {time} will sail, because {why}."],
    "vehicle": ["I would like to bring {vehicle} on {time} to {port}.",
                "What is the maximum height for {vehicle} on the crossing from {port}?",
                "Is there room for {vehicle} on {day}?"],
    "access": ["Does the terminal in {port} have a lift for {who}?",
               "I would like to arrange assistance for {who} on {time}.",
               "Is there step-free boarding at {port} on {day}?"],
}
OPENERS = ["Good morning.", "Good afternoon.", "Hello, I hope you are well.", "Thank you for your time.", "", ""]
CLOSERS = ["I look forward to your reply.", "Your assistance is greatly appreciated.", "Thank you in advance.",
           "Please let me know at your earliest convenience.", "Kind regards.", ""]
REASONS = ["I am asking because {why}.", "I will be travelling with {who}.", "My usual harbour is {port}.",
           "I have not travelled to {port} before.", ""]

# The shape that nobody types: a persona, as a generator of rows was told to put it.
PERSONA = ["As a {role} who values {value}, I wonder how your company ensures {aim} for passengers like me.",
           "Imagine that I am a {role}; which of your services would best support {aim} and {value}?",
           "Speaking as a {role} with a passion for {value}, I seek your guidance on {aim}."]
PERSONA_SLOTS = {
    "role": ["retired geologist", "digital nomad", "busy entrepreneur", "devoted birdwatcher", "history enthusiast",
             "solo adventurer", "culinary blogger", "mindful parent", "landscape painter", "weekend philosopher"],
    "value": ["sustainability", "authentic encounters", "punctuality", "local heritage", "quiet reflection",
              "seamless comfort", "transparency", "meaningful journeys"],
    "aim": ["a memorable voyage", "responsible tourism", "a holistic experience", "inclusive hospitality",
            "peace of mind", "cultural exchange", "an enriching itinerary"],
}

# Intent: what passengers type, before it is typed in haste.
TYPED = {
    "timetable": ["what time does {time} go from {port}", "when is the boat to {port} on {day}",
                  "do you sail to {port} {day}s", "times for {port} to {port} please"],
    "fare": ["how much for {who} to {port}", "price for {vehicle} {port} to {port}", "is it cheaper on {day}",
             "do {who} pay full price on {time}"],
    "cancel": ["need to cancel {day}, {why}", "can I get my money back for {time} to {port}",
               "cancel my booking from {port}", "not going to {port} any more how do I cancel for {who}"],
    "change": ["can I go {day} instead of {day}", "want to move {who} to {time}", "wrong name on the ticket for {who}",
               "missed {time} because {why}, can I take the next one"],
    "lost": ["left {item} on {time}", "did anyone find {item} in {port}", "lost {item} {day} near the cafe",
             "who do I ring about {item} left at {port}"],
    "delay": ["is {time} late", "why is the boat still in {port}", "been waiting at {port} since 7, any news",
              "will {time} run {day}, {why}"],
    "vehicle": ["will {vehicle} fit on {time}", "can I bring {vehicle} to {port}", "how high can {vehicle} be",
                "taking {vehicle} over on {day}, when to check in"],
    "access": ["is there a lift at {port}", "{who} can't do stairs, who helps at {port}",
               "wheelchair for {who} on {day}", "step free at {port} or not"],
    # The intent that no synthetic row covers.
    "pets": ["can I bring {animal} on deck", "where does {animal} stay on {time}", "is {animal} free or do I need a ticket",
             "{animal} gets seasick, can we sit outside", "does {animal} need a muzzle on the boat to {port}",
             "pet cabin for {animal} on {day}"],
}
TYPOS = {"please": "plese", "because": "becuase", "tomorrow": "tommorow", "cancel": "cancle", "ticket": "tikcet",
         "their": "thier", "booking": "boking", "friends": "freinds", "children": "chidlren", "weather": "wheather",
         "price": "pirce", "waiting": "wating", "anyone": "anyoen", "instead": "insted", "motorbike": "moterbike"}
