"""What customers of each queue write about, and what agents answer; syntax as in prompts.py."""

PROBLEMS = {
    "shipping": [
        "[My|The] {product} [was due on {day}|should have been here {when}] and [has not turned up|is "
        "still in transit with {carrier}|seems to be going in circles between depots].",
        "{carrier} [claims|says|insists] that they [handed the {item} to {who}|left the {item} in a "
        "safe place|tried to deliver], [which is simply not true|but I was at home all day|and nobody "
        "here saw a van].",
        "[Only one of two boxes|Half of the shipment] arrived: [the {item} is here but {part} is "
        "missing|I got the instructions without the {item}|the {colour} one came, the other did not].",
        "[I need to change the delivery address|The label has the wrong street|I typed my old "
        "postcode] for the {product}; it [should go to {city}|ought to reach {who} instead].",
        "[How come|Why is it that] [delivery to {city}|sending a {item} by {carrier}] [costs as much "
        "as the {item} itself|is not offered any more|takes two weeks longer than it did]?",
        "The {carrier} driver [dropped the {item} over the fence|left the parcel in the rain|bent "
        "{part} when unloading], [and the carton is soaked|and now it {symptom}|as my camera shows].",
    ],
    "refunds": [
        "I [sent|returned|posted] the {product} back [with {carrier}|from {city}] {when} and [the "
        "money has not reached my account|nobody has confirmed the refund|the refund page still says "
        "pending].",
        "The refund for the {item} was [paid to a card I no longer own|short of the postage|issued as "
        "store credit], [although I never asked for that|while I was promised {amount}|and I want it "
        "changed].",
        "I cancelled the {colour} {item} [before it left|within the hour|on {day}], [yet {amount} was "
        "taken|but the charge is still there|and wonder when I get my {amount}].",
        "[How long does a refund take|When will I see the refund], [given that the {item} was "
        "collected on {day}|now that {carrier} shows it as returned|if I paid through {who}]?",
        "Your store in {city} [refused to take the {item} back|told me to ask for the refund "
        "online|said the refund needs the original card].",
        "[Part of my order|The {item} alone] was [faulty|the wrong colour], so I [expected a partial "
        "refund of {amount}|asked for some of the money back], [which is not on any statement|and was "
        "turned down without a reason].",
    ],
    "technical": [
        "[My|Our] {product} {symptom} [whenever I use it for more than a few minutes|since the last "
        "update|as soon as I plug it in].",
        "The app [crashes|freezes|logs me out] [on {device}|when I open the {item} page|each time "
        "{who} joins], [and the {item} then {symptom}|so I cannot control anything|with no message].",
        "[After the firmware update|Following the reset|Since {day}], {part} [does nothing|is "
        "dead|reacts late] and the whole {item} {symptom}.",
        "I [cannot pair|fail to connect] the {product} [with {device}|to our network in {city}]; [it "
        "is found and then vanishes|the code is rejected|the light stays red].",
        "[The schedule|The timer|Night mode] of the {item} [ignores the time zone|starts at random|was "
        "wiped], [so it runs while we sleep|which drives {who} mad|and the manual is silent about it].",
        "[Search|Export|The filter list] on your site [returns nothing|takes minutes|shows an error] "
        "[when I use {device}|for anything from {brand}|if I sort by price].",
    ],
    "billing": [
        "[I was charged twice|There are two charges] for [the {product}|order {order}], [once {when} "
        "and again on {day}|each of {amount}|and only one shows up in my history].",
        "My [invoice|bill|statement] for {month} [shows {amount} I cannot place|lists a {item} I never "
        "bought|has the wrong company name on it].",
        "[Where can I find|I need|Please send] [an invoice with our tax number|a corrected invoice|all "
        "invoices from {month}] for the {product}, [our accountant insists|{who} has to sign it "
        "off|the download is broken].",
        "The price of the {colour} {item} [went up between basket and payment|was {amount} in the "
        "advert|changed after I had ordered].",
        "You [took|deducted|booked] {amount} [without any notice|for a service I ended in "
        "{month}|under the name of {brand}], [and my bank asks me what it is|which left me overdrawn].",
        "The [discount|voucher|promotion] [for {brand} products|that {who} gave me|from your "
        "newsletter] [was not applied|vanished at the last step|was refused] when I paid for the "
        "{item}.",
    ],
    "account": [
        "I [cannot sign in|am locked out] [on {device}|since {day}]: [the code never arrives|it says "
        "the password is wrong|the page just reloads].",
        "[Somebody|A stranger|Maybe {who}] [changed the e-mail of my account|ordered a {item} in my "
        "name|signed in from {city}], [and I did not allow that|which scares me|as the alert told me].",
        "I would like to [merge two accounts|move my orders to another account|rename the account of "
        "{who}], [one is under {email}|the other has the {product} on it|since we got married].",
        "[The address book|My profile|The saved cards page] [keeps showing {city}|has lost every "
        "entry|mixes me up with {person}], [even after I corrected it|whenever I buy a {item}].",
        "[How do I|Is there a button to|Help me] [switch off two-step sign-in|get a new backup "
        "code|sign out everywhere], [because I lost {device}|my old phone went to {who}|I sold the "
        "tablet with the app on it].",
        "The password reset [lands in an inbox I closed|expires before I can click|comes in the wrong "
        "language], [and {email} is my only address now|so I cannot see my {item} order].",
    ],
    "orders": [
        "I [ordered|bought|paid for] [a {colour} {item} from {brand}|the {product}] {when} [but got no "
        "confirmation|and picked the wrong size|yet my history is empty].",
        "[May I add|I forgot to add] [a second {item}|spare parts such as {part}|a gift note for "
        "{who}] to order {order} [before it is packed|without paying postage again]?",
        "Please [cancel|stop|hold] [the {product}|everything in {order}], [{who} has bought one "
        "already|I found it nearer to {city}|we changed our plans for {event}].",
        "The {brand} {item} [is shown as in stock|was promised for {day}|has been on back order since "
        "{month}], [although your colleague says otherwise|and the date moves every week].",
        "What I received [is not what I ordered|is a {item} by another maker|has {colour} where the "
        "photo shows white], [and the slip in the box names {person}|though the number on the box is "
        "right].",
        "[Can a school|Could our club|May a small shop] [order twelve of the {product}|buy the {item} "
        "on account|get a quote for the {item}], [delivered to {city}|in time for {event}]?",
    ],
    "warranty": [
        "{part} of my {product} [broke|cracked|came off] [after eight months|{when}|during normal "
        "use]; [is that covered|who repairs it|does the guarantee still run]?",
        "The {brand} {item} {symptom}, [and it is barely a year old|although it was serviced in "
        "{month}|for the second time since the repair].",
        "Your workshop [returned the {item} unrepaired|kept my {product} for six weeks|lost {part}], "
        "[and the report is blank|and says it was my fault|without a word].",
        "[I no longer have the receipt|I got it as a gift from {who}|I bought it second hand in "
        "{city}]: [can I still claim for the {item}|is there any warranty on the {product}]?",
        "[Does the guarantee|Would the warranty] [cover {part}|move with the {item} if I sell it to "
        "{who}|hold outside the country]? The leaflet of the {product} [is vague|contradicts your "
        "site|only speaks of motors].",
    ],
    "setup": [
        "I am [setting up|putting together|installing] the {product} and [{part} does not fit|one bag "
        "of screws is missing|step nine makes no sense].",
        "[The manual|The quick guide|The video] for the {item} [is for another model|skips {part}|came "
        "in a language I do not read], [so I am stuck halfway|and {who} cannot help either].",
        "[Which way round goes|Where exactly do I mount|How tight should I fix] {part} [on the "
        "{product}|of the {item}]? [The drawing is tiny|Mine looks different from the picture|I fear "
        "that it will snap].",
        "[How do I connect|I want to link] the {item} with [the {brand} hub|{device}|the old one in "
        "{city}], [so that both follow one schedule|without making a new account].",
        "[First start|Calibration|The setup wizard] of the {product} [stops at the language "
        "screen|asks for a code I was never given|fails after ten minutes], [then it {symptom}|and I "
        "have to begin again].",
    ],
    "subscriptions": [
        "I [ended|paused|cancelled] the {plan} plan [in {month}|{when}] and [it was renewed anyway|I "
        "am still billed {amount}|the app still counts it].",
        "[Can I move|I would like to move|Is it hard to move] from {plan} to [something smaller|a "
        "yearly plan|one that {who} can share], [without losing my filters for the {item}|in the "
        "middle of the month]?",
        "The refill for my {item} [comes too often|was skipped in {month}|went to {city} again], "
        "[though I set it to every ten weeks|and I have a cupboard full of them].",
        "[What is left of|What happens to] my {plan} [benefits|credit|free months] [if I stop|when I "
        "switch to the {brand} bundle|once {who} leaves the group]?",
        "[The trial|My free month] of {plan} [ended early|turned into a paid year|never began], [and "
        "the cancel button leads nowhere|which nobody mentioned when I bought the {product}].",
    ],
    "payments": [
        "[My card|The bank transfer|The wallet payment] for the {product} [was declined|hangs at the "
        "last step|went through, yet the order says unpaid], [and my bank sees no problem|although "
        "{amount} is on hold].",
        "[May I pay|Can {who} pay|Is it possible to pay] [half by card and half by voucher|by "
        "invoice|in three parts] for [the {item}|order {order}]?",
        "The [payment link|confirmation screen|bank app] [opens {device} settings instead|expired "
        "{when}|shows {amount}, which is not the price of the {item}].",
        "[Somebody at your end|The system] [took the card of {who}|used an old card|asked me to pay "
        "the {item} again], [although I chose another one|and I would like that undone].",
        "[Why do you ask|Is it normal to be asked] for [a copy of my passport|a photo of my card|a "
        "call from {city}] before a {colour} {item} can be paid?",
    ],
    "exchanges": [
        "I would like to [swap|exchange|trade] the {colour} {item} for [a larger one|another "
        "colour|the {product}]; [{part} is in the way|it was a gift for {who}|it is still sealed].",
        "The exchange for my {product} [left {city} but never came|brought me the same fault|was "
        "closed by mistake], [and the old one is already with {carrier}|so I have no {item} at all].",
        "[Do I have to pay the difference|Who covers postage|Is there a deadline] if I [exchange the "
        "{item}|bring the {product} to the shop in {city}] [after {event}|without its box]?",
        "The replacement {item} [is scratched|{symptom} just like the first|lacks {part}], [so I want "
        "the original model back|and a third swap feels silly].",
    ],
    "claims": [
        "I filed a claim for the {product} [after it fell from a shelf|when a pipe burst in "
        "{city}|because {part} failed at {event}] and [the form keeps timing out|nobody has come back "
        "to me|it was closed as a duplicate].",
        "The assessor [never came on {day}|valued my {item} at {amount}|asked for pictures I sent "
        "{when}], [which cannot be right|and the case is stuck|so please tell me what is missing].",
        "[Does the protection plan|Would my cover] [pay for accidental damage to the {item}|include "
        "theft in {city}|apply while I lend the {item} to {who}]?",
        "My claim about the {colour} {item} was [turned down|settled with a voucher|marked as "
        "withdrawn], [although it {symptom} in front of your own technician|with a letter meant for "
        "{person}].",
    ],
    "loyalty": [
        "[My points|The stars|My member credits] for the {product} [were never added|vanished in "
        "{month}|went to the account of {who}], [although the receipt shows my number|and the app "
        "gives no history].",
        "I [reached|should be at|lost] [gold|silver|the top] level [when I bought the {item}|{when}], "
        "[and the perks are not there|but delivery still costs money|with no explanation].",
        "[Can I give my points to {who}|Do points run out|Are points earned on {brand} sale items]? [I "
        "am saving for a {item}|The rules page for {month} is blank].",
        "The [birthday gift|referral bonus|welcome reward] [for bringing {who} along|promised at the "
        "shop in {city}] [has not come|was a {item} that {symptom}|cannot be redeemed].",
    ],
    "privacy": [
        "[Please send me|I ask for|I need] [a copy of all data you hold on me|the list of firms that "
        "got my address|the call recordings from {month}], [in a form {who} can open|as the law "
        "allows|to {email}].",
        "[Please erase|How do I delete|I want to remove] [my account and the {item} recordings|the "
        "photos my {product} took|what {who} typed on my profile], [and confirm it in writing|but "
        "keep the invoices].",
        "I [got|keep getting|received] [mail about a {item} meant for {person}|your adverts in "
        "{city}|messages from {carrier} with my name], [so where did they find my details|and I never "
        "agreed to that].",
        "[Does the {product}|Does that {brand} app] [listen when it is idle|share the location of "
        "{who}|store video of our hallway], [and can I switch that off|for how long|under whose "
        "rules]?",
    ],
}
