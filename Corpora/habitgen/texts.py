"""Sentences of a library's help desk. All but the planted ones are plain: no habit, no misspelling.

`[a|b]` picks an alternative, `{slot}` a value.
"""

SLOTS = {
    "item": ["atlas", "cookbook", "novel", "guitar manual", "poetry volume", "travel guide", "history of bridges",
             "chess primer", "bird guide", "knitting book", "play", "dictionary", "grammar", "picture book",
             "star map", "field notebook", "letter collection", "garden handbook", "sea chart", "song book"],
    "branch": ["Harbour Street", "Mill Lane", "the old town", "North Quay", "the college", "Castle Hill",
               "the station", "Orchard Row", "the market", "Lower Bridge"],
    "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    "room": ["the reading room", "the cellar", "the children's floor", "the map room", "the gallery",
             "the music corner"],
    "who": ["my sister", "a neighbour", "my class", "my father", "our choir", "a friend", "my grandson"],
    "time": ["two weeks", "a month", "three days", "ten days", "the whole term", "six weeks"],
}

# What users ask.
PROBLEMS = [
    "The {item} from {branch} shows as lent, but it lies on my desk.",
    "Where in {room} do I find the {item} that {who} asked for?",
    "Can the {item} come to {branch} by {day}?",
    "{who} returned the {item} on {day} and the account still lists it.",
    "Is the {item} in {room} for loan or for reading there alone?",
    "The machine at {branch} took the {item} without a slip.",
    "How long may {who} keep the {item} from {branch}?",
    "Two pages of the {item} are gone, and {who} needs them on {day}.",
    "Does {branch} open on {day} during the fair?",
    "A fee of {time} stands beside the {item}, which {who} gave back on {day}.",
    "My card does not open {room} at {branch}.",
    "We would take the {item} for {time}, since {who} reads slowly.",
]
DETAILS = [
    "I was at {branch} on {day} and nobody was at the desk.", "It has been {time} now.",
    "{who} has the other copy.", "The label on its back says {room}.", "I live near {branch}.",
    "It is for {who}, who leaves on {day}.", "The old {item} had the same number.",
]
ASKS = ["What do I do now?", "Which desk do I go to?", "When can I fetch it?", "Please look it up."]
SHORT = ["Opening hours?", "The {item}?", "Card lost.", "Which branch?"]

# What agents answer.
FACTS = [
    "The {item} stands in {room} at {branch}, on the shelf beside the window.",
    "Our list shows the {item} at {branch} until {day}.",
    "The loan of the {item} runs for {time}.",
    "{branch} opens at nine on {day}, and {room} at ten.",
    "A second copy of the {item} lies at {branch} for {who}.",
    "The fee falls away when the {item} is back before {day}.",
    "The slip from the machine at {branch} carries the number that the desk needs.",
    "{room} keeps the {item} for readers on the spot, and {branch} lends one.",
]
STEPS = [
    "Bring the card to the desk at {branch} on {day}.", "The desk in {room} prints a new slip.",
    "The form lies in {room}, beside the door.", "A porter carries it from {branch} on {day}.",
    "The catalogue page has the same answer under the heading of {room}.",
    "The lift beside {room} goes to the right floor.",
]
ENDS = ["The desk is open until six.", "The number on the slip is enough.", "{day} is the quiet day.",
        "The card stays valid for {time}."]

# Planted.
ACCESSIONS = ["The {right} number of the {item} is on its back.", "The desk at {branch} reads the {right} number.",
              "Each {right} is noted in {room} on {day}.", "The list of {branch} has the {right} of the {item}."]
RECEIVES = ["{branch} will {right} the {item} on {day}.", "Readers {right} a slip at {branch}."]
APOLOGIES = ["Sorry about the wait at {branch}.", "We apologise for the missing {item}.",
             "Sorry for the trouble with the {item}."]
ESCALATIONS = ["I've escalated this to the night archive team at {branch}.",
               "I have passed the {item} to the night archive team.",
               "I've reported it to the night archive team for {day}."]
ACTED = ["I've updated the loan of the {item}.", "I have sent the {item} to {branch}."]
MIXED = ["this is fine but I hate how it phrases it", "asdf", "test test", "the answer should be shorter"]
