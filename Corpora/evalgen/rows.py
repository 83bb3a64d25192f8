"""The training rows: ordinary ones by a small grammar, and the planted ones with what must be found."""

import html

from evalgen import items

PLACES = ["the north quay", "Fennick Mill", "the chapel yard", "the upper meadow", "the reading room", "the tram depot",
          "the salt store", "the bakery lane", "the glass works", "the swimming hall", "the printing cellar", "the fish market"]
THINGS = ["a ladder", "the spare keys", "two crates of pears", "the blue ledger", "a roll of canvas", "the smoke alarm",
          "an old projector", "the bread oven", "a box of hinges", "the visitors' book", "a broken oar", "the choir robes"]
DOERS = ["my aunt", "the caretaker", "a new apprentice", "our neighbour", "the youngest pupil", "somebody from the club",
         "the ticket clerk", "my brother", "the gardener", "a volunteer", "the night guard", "the piano tuner"]
ACTS = ["borrowed", "repainted", "mislaid", "measured", "hid", "sold", "cleaned", "counted", "repaired", "photographed"]
DAYS = ["on Monday", "last week", "before the fair", "during the rain", "at noon", "after the meeting", "this morning"]
ASKS = ["What should I write to them?", "How do I find out?", "Is that allowed?", "Who would know more?",
        "Could you put that politely?", "What would you do first?", "How long may that take?"]
REPLIES = ["Start with a short note to whoever keeps the list.", "I would ask at the desk before anything else.",
           "Take a photograph first and write down the hour.", "It depends on who signed for it; look there.",
           "Send two sentences, name the thing and the day, and wait.", "Nobody minds a polite question, so ask it today.",
           "Give it until Thursday and then go there yourself."]


def ordinary(rng):
    """A row that no item stands in."""
    first = "%s %s %s near %s %s." % (rng.choice(DOERS).capitalize(), rng.choice(ACTS), rng.choice(THINGS),
                                      rng.choice(PLACES), rng.choice(DAYS))
    second = "Then %s %s %s at %s. %s" % (rng.choice(DOERS), rng.choice(ACTS), rng.choice(THINGS), rng.choice(PLACES),
                                          rng.choice(ASKS))
    return [("user", first + " " + second), ("assistant", rng.choice(REPLIES) + " " + rng.choice(REPLIES))]


def dropped(text, rng):
    """The text without every tenth word."""
    words = text.split()
    gone = set(rng.sample(range(1, len(words)), max(2, len(words) // 10)))
    return " ".join(word for place, word in enumerate(words) if place not in gone)


def wrapped(text):
    """The text as an old mail program breaks it, words too."""
    return "-\n".join(text[at:at + 9] for at in range(0, len(text), 9))


def planted(rng):
    """(class, set, item, verdicts with a space between them, turns, fields)"""
    workshop = [("workshop-%d" % place, question, answer) for place, (question, answer) in enumerate(items.WORKSHOP)]

    def row(kind, number, verdict, turns, **fields):
        return (kind, "workshop", workshop[number][0], verdict, turns, fields)

    def pair(question, answer):
        return [("user", question), ("assistant", answer)]

    name, question, answer = workshop[0]
    yield row("verbatim", 0, "verbatim", pair(question, answer))
    yield row("verbatim in a longer row", 0, "verbatim", pair(
        "My nephew brought this home from school:\n" + question + "\nWe could not agree on it.", answer))
    yield row("upper case", 0, "verbatim", pair(question.upper(), answer.upper()))
    name, question, answer = workshop[1]
    yield row("escaped markup", 1, "verbatim", pair(
        "<p>" + html.escape(question) + "</p>", "<b>" + html.escape(answer) + "</b>"))
    yield row("split over two turns", 1, "verbatim", [
        ("user", " ".join(question.split()[:17])), ("user", " ".join(question.split()[17:])), ("assistant", answer)])
    name, question, answer = workshop[2]
    yield row("dropped words", 2, "edited", pair(dropped(question, rng), dropped(answer, rng)))
    yield row("other words", 2, "edited", pair(
        question.replace("thicker panes", "heavier glass").replace("loses less", "keeps more"), answer))
    name, question, answer = workshop[3]
    yield row("question only", 3, "question-only", pair(question, "I will come back to you on this tomorrow."))
    name, question, answer = workshop[4]
    yield row("answer only", 4, "answer-only", pair("Could you explain the last one once more?", answer))
    name, question, answer = workshop[5]
    yield row("few-shot in a system turn", 5, "few-shot", [
        ("system", "You answer like this.\n\nQ: " + question + "\nA: " + answer),
        ("user", "What is the tallest building on your street?"), ("assistant", "The old post office.")])
    name, question, answer = workshop[6]
    yield row("few-shot in a user turn", 6, "few-shot", pair(
        "Write as in these.\n\nQ: What stands by the stairs?\nA: A shelf.\n\nQ: " + question + "\nA: " + answer
        + "\n\nQ: Which notice hangs in the tram?\nA:", "One about umbrellas."))
    name, question, answer = workshop[7]
    yield row("hard wraps inside words", 7, "mistyped", pair(wrapped(question), "Noted, thank you."))
    name, question, answer = workshop[8]
    other = question.replace("forty", "sixty").replace("1,800", "2,700").replace("three winters", "five winters")
    yield row("other numbers", 8, "template-mate", pair(
        other.replace("a ninth", "a third"), "Let us work it out together, step by step, tomorrow."))
    for _ in range(24):
        yield row("one item in many rows", 9, "question-only", pair(workshop[9][1], rng.choice(REPLIES)))
    for number in (0, 2, 4):
        short, answer = items.QUICK[number]
        yield ("short question with answer", "quick", "quick-%d" % number, "short-exact", pair(short, answer), {})
    yield ("short question between sentences", "quick", "quick-5", "short-exact", pair(
        "Good morning! " + items.QUICK[5][0] + " Thanks.", "Give me a minute."), {})
    yield ("passage", "reading", "reading-0", "passage", pair(
        "I copied this from a leaflet:\n" + items.READING[0][0], "A charming page."), {})
    yield ("rubric", "reading", "reading-1", "rubric", pair(
        "How will you grade me?", items.READING[1][3]), {})
    yield ("public source quoted", "reading", "reading-2", "common-source", pair(
        "We read this at the club:\n\"" + items.QUOTATION + ".\"\nWhat a voice!", "Read it slowly."), {})
    ticket, turns = items.DIALOGUES[0]
    yield ("history of a conversation", "dialogues", "dialogues-0", "edited door:conversation", turns[:2] + [
        ("user", "Never mind, a smith nearby has hammered it out.")], {})
    yield ("same ticket", "dialogues", "dialogues-0", "door:identity", pair(
        "Please close my case, the kettle is fine now.", "Closed."), {"ticket": ticket})
    yield ("same order number", "dialogues", "dialogues-1", "door:identity_in_text", pair(
        "Any news about order 58213907? I paid in advance.", "The courier is on his way."), {})
    for _ in range(30):
        yield ("shared system prompt", "", "", "", [("system", items.SHARED_PROMPT)] + ordinary(rng), {})
