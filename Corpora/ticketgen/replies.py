"""Phrases of agents; syntax as in prompts.py."""

GREETINGS = [
    "[Hello|Hi|Dear] {first}, [thank you for writing|thanks for the details|thank you for getting in "
    "touch].",
    "[Good morning|Good afternoon|Hello], {first}.", "Hi {first}[!|,]", "[Thanks for the message|Thank "
    "you], {first}.",
    "[Hello and welcome back|Hello from the {queue} desk].", "", "",
]

# A reflex: the apology stands there whatever the customer wrote (a habit for later features).
APOLOGIES = [
    "I'm so sorry [to hear that|about this|for the trouble].", "We sincerely apologize for [any|the] "
    "inconvenience.",
    "I apologize for the [confusion|delay|frustration this has caused].", "So sorry about that!",
]

ACKNOWLEDGEMENTS = [
    "[I can see why that is annoying|That should not have happened|I understand that this is "
    "tiresome], [all the more before {event}|given what you paid|after such a wait].",
    "I [have looked at|went through|have opened] [order {order}|the notes on your {item}|what we have "
    "on file for {city}] [just now|before answering|together with a colleague].",
    "[From what you describe|As far as I can tell|Reading your note], [the {product} is not at "
    "fault|{part} is the likely cause|the step on {day} went wrong|this began with {carrier}].",
    "[You did the right thing|Nothing you did caused this|Good that you kept everything], [and this "
    "can be fixed|so no harm is done|and I have noted it].",
    "", "",
]

ACTIONS = {
    "shipping": [
        "I have [asked {carrier} to trace|opened a trace for|raised a search for] the parcel; [the "
        "depot near {city} has until {day} to answer|they must report back to us by {day}|you will "
        "receive their answer by e-mail].",
        "[A new {item} leaves our warehouse on {day}|We will send a fresh {item} by another carrier|I "
        "moved the delivery to {city}], and [you need not return anything|the old label is void|{who} "
        "may sign for it].",
        "The label was [corrected|printed again|changed to {city}] [this morning|while I typed this]; "
        "[{carrier} will pick it up on {day}|the tracking page follows overnight].",
        "[Please send a photo of the carton|Could you check with {who}|Please look behind the bins], "
        "since {carrier} [gave us a picture of a {colour} door|noted a safe place|recorded a "
        "signature].",
    ],
    "refunds": [
        "[Your refund of {amount} left us on {day}|I have released the refund of {amount}|The amount "
        "of {amount} is on its way], [and banks need a few working days|to the account you paid "
        "from|as the {item} has been checked in].",
        "[I changed the store credit into a bank payment|The postage has been added|I booked the "
        "missing part], so [the total is {amount}|you will receive a separate e-mail|your statement "
        "for {month} will show it].",
        "Returns from {city} [are opened in the order they arrive|wait for a colleague who inspects "
        "each {item}|reached us on {day}]; [the money follows once {part} has been checked|I put a "
        "note on yours].",
        "[Since the card is closed|As the first payment came from {who}], [I need another account in "
        "your name|please reply with the bank you prefer|the refund comes as a cheque].",
    ],
    "technical": [
        "[Please hold the power button for ten seconds|Take the {item} off the mains overnight|Remove "
        "the {item} from the app] and [pair it again|start it without accessories|let the update "
        "finish]; [if it still {symptom}, write back|then send me what the screen says].",
        "That [fault|behaviour|message] [is known on {device}|came with the last release|has to do "
        "with {part}], and [a fix is planned for {month}|there is a workaround on the help page|our "
        "engineers want your log].",
        "[Could you send a short video|A log file would help|Tell me the version shown under "
        "settings], [so that I can see how the {item} reacts|as {part} can fail in two ways|for the "
        "{brand} team].",
        "[Keep the {item} a metre away from other devices|Use the short cable|Switch your router to "
        "the slower band], since [the {product} is picky there|thick walls are a problem in "
        "{city}|{who} may be using the same channel].",
    ],
    "billing": [
        "The second [charge|line|entry] is [a hold that drops off by {day}|a mistake of ours and was "
        "cancelled|for the {item} of {order}], so [you pay {amount} once|nothing is owed|your {month} "
        "bill is right].",
        "[A corrected invoice is attached|I sent the invoice to {email}|You will receive the invoices "
        "tonight], [with your company name|for the {product} alone|split by month].",
        "[The offer ended on {day}|That code covers {brand} only|The price was wrong on our side], "
        "[but I credited {amount} to you|and I have honoured it this once|so the difference comes "
        "back to you].",
        "[I checked the ledger for {month}|Our bookkeeping confirms it]: {amount} [belongs to the "
        "{plan} plan|is the postage for the {item}|was taken by error], and [I stopped further "
        "payments|a statement follows|it is settled].",
    ],
    "account": [
        "I [unlocked the account|reset the sign-in|signed you out everywhere]; [please choose a new "
        "password on {device}|the next code goes to {email}|you can sign in again at once].",
        "[Both accounts are now one|The order history was moved|Your name was corrected], and [the "
        "{item} shows under {email}|the old address is closed|{who} keeps a separate profile].",
        "[For your safety|Because of the strange sign-in from {city}|As a precaution], [I blocked "
        "orders until you confirm|we removed the saved cards|a colleague will call you on {day}].",
        "[Open settings and then security|Choose the padlock next to your name|Tap the menu three "
        "times], [pick backup codes|sign out of everything|turn the second step off], and [keep the "
        "paper in a safe place|confirm with {email}].",
    ],
    "orders": [
        "[I added it to {order}|The order has been changed|Order {order} is on hold], [so it ships on "
        "{day}|and the price stays the same|until you tell me otherwise].",
        "The {product} [was cancelled in time|had been packed already|comes from another warehouse], "
        "[therefore please refuse the parcel|so nothing was charged|which is why it shows {day}].",
        "[Wrong boxes were mixed up in {city}|The photo shows an older {item}|A label was swapped]; "
        "[we collect the {item} on {day}|keep it or give it to {who}|the right one is reserved for "
        "you].",
        "[Yes, we do quotes|For a group that works|We can reserve them], [write the names on one "
        "list|delivery to {city} is free from ten pieces|I made a draft for the {colour} ones].",
    ],
    "warranty": [
        "[That is covered|This falls under the guarantee|The maker pays for it]; [send the {item} with "
        "the attached label|a technician can come on {day}|{part} will be replaced free of charge].",
        "[Without a receipt|For a gift|For second-hand goods] [the serial number is enough|we can go "
        "by the date it was made|a line from {who} will do], [so please send me a picture of it|then "
        "the workshop in {city} takes over].",
        "The workshop [found wear on {part}|could not reproduce it|ordered the spare from {brand}], "
        "and [I asked them to look again|the report will reach you by {day}|you get a loan {item} "
        "meanwhile].",
        "[Damage from a fall is excluded|Wear of {part} is excluded|The term ended in {month}], [but I "
        "can offer a repair at cost|yet we will share the bill|so a swap for {amount} is the best I "
        "can do].",
    ],
    "setup": [
        "[Turn {part} by a quarter|Loosen the screws a little first|Lay the {item} on its side], then "
        "[it slides in|the pegs line up|step nine becomes clear]; [page six of the new manual has a "
        "photo|mind your fingers].",
        "[The missing bag goes out today|I sent the right manual to {email}|A video for the {product} "
        "is linked below], [and {carrier} needs two days|in three languages|made by our own fitter].",
        "[Start the {item} without the hub|Skip the account page|Enter the code from the bottom of the "
        "{item}], [wait for the green light|choose guest mode|let {device} find it], and [finish the "
        "rest later|it will remember the schedule].",
    ],
    "subscriptions": [
        "[The {plan} plan ends on {day}|I cancelled {plan} as of {month}|The renewal was undone], [and "
        "{amount} comes back to you|so no further refill leaves|you keep access until then].",
        "[You may switch whenever you like|The yearly plan suits you better|{who} can be added under "
        "members], [and unused credit moves along|we charge the difference of {amount}|your {item} "
        "settings stay].",
        "[I set the refill to every ten weeks|The next box skips {month}|The address is {city} now], "
        "and [the one under way is free|you can change it under deliveries|{carrier} has been told].",
    ],
    "payments": [
        "[Your bank let the hold go|The payment did arrive|The link was too old], [so the {item} is "
        "reserved|please use the new one I sent to {email}|order {order} now says paid].",
        "[We take cards, transfers and vouchers|Three parts are fine from {amount} on|An invoice needs "
        "a company account], [and you may mix them|the first falls due on {day}|{who} can settle it "
        "too].",
        "[We never ask for a passport by e-mail|That check comes from the card network|This question "
        "was a trick by a stranger], [so please do not answer|once done it is not repeated|and I "
        "passed it to our safety desk].",
    ],
    "exchanges": [
        "[The swap is booked|Your exchange is approved|We hold the {colour} {item} for you]; "
        "[{carrier} brings it and takes the old one on {day}|bring the {item} to our shop in "
        "{city}|no deposit is needed].",
        "[There is a difference of {amount}|The price is the same|We cover the postage], and [the box "
        "does not matter|you have until {month}|{part} need not come back].",
        "[A third {item} would be silly|Since two failed the same way|As the line seems faulty], [I "
        "offer the {product} instead|take your money back|let a technician check the next one first].",
    ],
    "claims": [
        "[Your claim is open again|I joined both cases|The file went to another assessor], [who will "
        "visit on {day}|the pictures are attached|you will receive a letter at {city}].",
        "[Accidents in the home are covered|Theft needs a police note|Lending it to {who} is allowed], "
        "[up to {amount}|as long as {part} was intact|unless the {item} was left outside].",
        "[I asked why {amount} was chosen|The value follows the age of the {item}|We add the cost of "
        "{part}], [and will write by {day}|you may object within four weeks|so expect a new offer].",
    ],
    "loyalty": [
        "[I added the missing points|Your level has been corrected|The bonus was booked], [with thanks "
        "for {when}|as the receipt for the {item} proves|so delivery is free again].",
        "Points [run out after two years|can be given to {who}|count on {brand} goods as well], [and "
        "the page will say so|I wrote down the rule for you|except in {month}].",
        "[The gift goes out again|The reward works in the app only|The code had been used], [please "
        "try it on {device}|with a {colour} ribbon this time|here is another by e-mail].",
    ],
    "privacy": [
        "[Your data file is being put together|Erasure has begun|I noted your objection], [the privacy "
        "desk in {city} writes to {email} by {day}|invoices are kept as the law says|and {carrier} "
        "will be told].",
        "The {item} [listens only after the wake word|keeps video for a week|sends nothing while the "
        "lid is closed], and [you can switch it off under settings|{part} shows a light when active|a "
        "cover is in the box].",
        "[Your address came from a shared order with {who}|A wrong digit mixed you up with {person}|We "
        "bought no list], [it is corrected now|so the mail stops by {month}|and we have told the "
        "team].",
    ],
}

PROMISES = [
    "I guarantee that [you will have it by {day}|this will never happen again|the money is there "
    "tomorrow].",
    "[You have my word|I promise] that [we will pay for everything|the next one will be "
    "perfect|{carrier} will be on time].",
    "We will [definitely|certainly] [cover all costs|make an exception|refund you in full], [no matter "
    "what|whatever the check says].",
]

STEPS = [
    "[If nothing changes by {day}|Should it take longer|In case you have questions], [answer this "
    "message|quote {order}|ask for the {queue} desk] and [I will pick it up|we go from there|a "
    "colleague steps in].",
    "You will [definitely|surely|soon] receive [a separate message|a short survey|the written "
    "confirmation] [at {email}|once it is done|from our team in {city}].",
    "[Please keep the {item} as it is until then|There is nothing you need to do until {day}|Just "
    "leave {part} alone until we write].",
    "[For {event}|Meanwhile|Until it is settled], [I can lend you a {item}|the {colour} one in {city} "
    "is free|{who} might help out].",
    "[I put a reminder in my calendar|The case stays open|I will check on it myself] [on {day}|for two "
    "weeks|every other day].",
    "", "",
]

CLOSINGS = [
    "[Kind regards|Best wishes|All the best|Take care].", "[Have a pleasant {day}|Enjoy {event}|Good "
    "luck with the {item}].",
    "[Is there anything else I can do|Does that answer your question|Would that suit you]?",
    "[Thank you for your patience|Thanks for bearing with us|Thank you for telling us].", "", "",
]
