"""Slot values: made-up brands, goods, places and people. A slot keeps one value within a ticket."""


def choices(text):
    """The values of a list that is written with bars between them."""
    return text.replace("\n", "").split("|")


BRANDS = """Halden Orrin Vexley Tamsin Brightmoor Calder Quillon Nordbay Pellworth Isoryn Marlowe
Kestrel Ondine Fenwick Sablewood Larkspur Tessaly Uvanna Wystan Drumlin Aldergate Corvane Eskdale
Junipera Lumenor Mirefield Pinehart Rookwell Silverlane Thornby Velloway Zephrine Ashcombe Birchgrove
Copperline""".split()

GOODS = choices("""kettle|espresso machine|desk lamp|floor heater|air purifier|robot vacuum|standing desk
|office chair|noise-cancelling headset|wireless keyboard|tablet cover|doorbell camera|baby monitor
|smart thermostat|garden sprinkler|hedge trimmer|camping stove|trail backpack|rain jacket|hiking boots
|yoga mat|rowing machine|treadmill|bike helmet|child seat|pushchair|toaster oven|stand mixer|rice cooker
|water filter|pillow set|weighted blanket|wall shelf|bookcase|projector|soundbar|record player|e-reader
|photo printer|label maker|sewing machine|guitar tuner|electric piano|telescope|fish tank|litter box
|dog harness|bird feeder|electric scooter|tyre pump|dash camera|roof box""")

COLOURS = choices("""navy|sage green|charcoal|ivory|rust red|mustard|slate|lilac|teal|sand|burgundy
|matte black""")

CITIES = choices("""Harrowgate Point|Lower Maddox|Brennick|Saltmere|Tolverton|Oakhollow|Port Ansel|Greyfen
|Westering|New Carrow|Millbrook Cross|Ferncliff|Aldmoor|Stonehaven Quay|Little Avery|Duncastle
|Pembury Vale|Redwater|Coldharbour|Eastmarch""")

FIRST_NAMES = """Marta Joanne Halvard Rosalind Tobias Imogen Desmond Priya Leopold Yasmin Gideon Beatrix
Callum Noemi Anselm Farida Winston Odette Rupert Saskia Bernard Lucinda Matthias Harriet Cedric Ingrid
Fergus Paloma Quentin Adelaide""".split()

LAST_NAMES = """Brandt Quist Pereira Holloway Vance Okonjo Lindqvist Marchetti Abernathy Castellan
Drummond Eastwick Farrow Greaves Hathaway Ilves Jankowski Kettering Lomax Montrose Northcote Ormond
Pemberton Ravencroft Standish Thackeray Underhill Vellacott Whitlock Yarrow""".split()

DAYS = choices("Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday")

MONTHS = choices("January|February|March|April|May|June|July|August|September|October|November|December")

WHEN = choices("""yesterday morning|last weekend|earlier this week|the day before yesterday
|at the start of the month|just after lunch|late last night|about a fortnight ago|on my way to work
|the evening it arrived|over the holidays|right after the update|during the storm|while I was travelling
|before the long weekend|as soon as I got home|sometime last month|this morning at breakfast
|in the middle of a call|around the time we moved""")

CARRIERS = choices("""Swiftlane|Parcelwing|Northpost|Bluecart Freight|Hopline|Dashmark|Rivermail
|Acorn Couriers""")

DEVICES = choices("""an older Android phone|my work laptop|a shared family tablet|the kitchen smart display
|a borrowed iPad|the desktop in my study|a brand new phone|my partner's laptop|the library computer
|a Linux machine|two different browsers|the television app""")

PLANS = choices("Basic|Household|Studio|Plus|Premier|Team|Student|Annual Saver|Family Duo|Workshop")

WHO = choices("""my mother|my neighbour|a colleague|my flatmate|my eldest son|our office manager
|my sister-in-law|the caretaker|my grandfather|a friend from choir|our receptionist|my landlord
|the nursery|my running group|our book club|my godchild|the school secretary|a client of mine""")

EVENTS = choices("""a birthday|our house move|a wedding|exam week|a camping trip|the school fair
|a product launch|my first week in a new job|a family visit|a charity run|the trade show|a christening
|our open day|a long flight|physiotherapy|the winter market|a studio day|the allotment show""")

PARTS = choices("""the left hinge|the power cord|the lid|the charging port|the display|one of the feet
|the handle|the strap|the filter door|the remote|the main switch|the battery cover|the side panel
|the wheel|the motor|the seal|the back plate|the volume dial|the zip|the fan""")

SYMPTOMS = choices("""makes a grinding noise|gets far too hot|switches itself off|smells of burning plastic
|blinks orange|loses its settings overnight|leaks from underneath|wobbles on a flat floor
|hums even when idle|refuses to hold a charge|drops the connection every few minutes
|shows a blank screen|scratches the floor|trips the fuse|runs for a moment and then stalls
|beeps at random|peels along the edge|sticks halfway|rattles at low speed|starts by itself at night""")

AGENTS = """mira.kessel tobin.hale dorrit.vane ansel.row petra.lund osric.dane lina.faro jonah.pike
ruth.calloway emeric.stone vida.marsh colm.ashby""".split()

# Two agents who misspell; the habit is a rate, not a rule (see rows.py).
MISSPELLING_AGENTS = {
    "tobin.hale": {"definitely": "definately", "separate": "seperate"},
    "dorrit.vane": {"receive": "recieve", "until": "untill"},
}

# The rarest queue must stay more frequent than tone "hostile", which is to be the rarest slice value.
QUEUE_WEIGHTS = {
    "shipping": 13, "refunds": 10, "technical": 11, "billing": 10, "account": 9, "orders": 9, "warranty": 7,
    "setup": 6, "subscriptions": 6, "payments": 5, "exchanges": 5, "claims": 4, "loyalty": 3, "privacy": 3,
}

SYSTEM_PROMPTS = [
    "You are a support agent of Larkfield Goods. Be brief, kind and exact.",
    "You answer support tickets for an online home and outdoor shop. Never invent an order status.",
    "You are the first-line assistant of Larkfield Goods. Ask for what is missing before you act.",
    "Answer as a patient support specialist. Use plain words and give the next step.",
]

PERSONAS = [
    "You are Pip, a cheerful assistant who keeps every answer light.",
    "You are a formal correspondent of the customer relations office.",
    "You are a retired shopkeeper who has seen everything and explains slowly.",
    "You are a terse night-shift operator.",
    "You are a trainee; be careful and say when you are unsure.",
]
