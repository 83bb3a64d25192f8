"""Planted groups: hard examples, macro replies, repeated requests, templates, contained rows, exports."""

from . import grouptexts, values
from .corpus import CLEARLY_APART, CLEARLY_NEAR, CONTAINED
from .grammar import Slots, paragraph
from .pairs import long_ticket, reworded
from .rows import TONES, message, weighted
from .similarity import containment, similarity


def hostile_row(writer, template, tone, words):
    """One row of a complaint template; `words` are its opening, middle and end."""
    opening, middle, end = words
    text = template["prompt"].replace("<opening>", opening).replace("<middle>", middle).replace("<end>", end)
    chat = [message("user", text), message("assistant", template["reply"])]
    return writer.row("refunds", tone, writer.rng.choice(values.AGENTS), chat)


def plant_refund_reversals(corpus, writer):
    """11 hostile rows on refund reversals in two templates that polite rows share; one of each stays.

    The longest hostile row of a template comes first in the corpus, so that it is the keeper by rarity of its
    tone, by length and by order alike.
    """
    for template in grouptexts.REVERSALS:
        hostile = [hostile_row(writer, template, "hostile", words) for words in template["hostile"]]
        polite = [hostile_row(writer, template, "polite", words) for words in template["polite"]]
        keeper, *rest = sorted(hostile, key=lambda row: -len(row.user_text()))
        corpus.add(keeper, *(rest + polite))
        corpus.first.append((0, keeper))
        for row in rest:
            corpus.plant("hard group: refund reversal", row, keeper, "near", "wording")
        for row in polite:
            corpus.plant("polite twin of a refund reversal", row, keeper, "near", "wording")


def plant_probate_letters(corpus, writer):
    """12 rows on probate letters in ordinary queues and tones: two templates, one row of each stays."""
    for template in grouptexts.PROBATE:
        rows = []
        for index, words in enumerate(template["words"]):
            text = template["prompt"].replace("<who>", words[0]).replace("<how>", words[1])
            chat = [message("user", text), message("assistant", template["reply"])]
            queue, tone = ("account", "billing", "refunds", "subscriptions")[index % 4], TONES[index % 3]
            rows.append(corpus.add(writer.row(queue, tone, writer.rng.choice(values.AGENTS), chat)))
        for row in rows[1:]:
            corpus.plant("hard group: probate letter", row, rows[0], "near", "wording")
        if min(similarity(a.fields, b.fields) for a in rows for b in rows) < CLEARLY_NEAR:
            raise ValueError("the probate rows of one template are no clique")


def plant_hostile_others(corpus, writer):
    """37 angry tickets on anything, so that the tone alone does not name the refund reversals."""
    for _ in range(37):
        corpus.add(writer.ticket(tone="hostile"))


def plant_macro_reply(corpus, writer):
    """60 different complaints under one macro reply, half of them in the JSON array."""
    first = None
    for index in range(60):
        row = writer.ticket(plain=True)
        row.fields["messages"][-1]["content"] = grouptexts.MACRO_REPLY
        first = first or row
        corpus.add(row)
        corpus.plant("one macro reply, other requests", row, None if row is first else first, "kept")
        if index % 2:
            corpus.macros.append(row)


def plant_same_requests(corpus, writer):
    """Eight requests with five replies each."""
    for _ in range(8):
        group = [long_ticket(writer)]
        queue = group[0].fields["queue"]
        while len(group) < 5:
            row = writer.restamped(group[0])
            slots = Slots(writer.rng, queue)
            row.fields["messages"][-1]["content"] = writer.agent_turn(slots, row.fields["agent"])
            if max(similarity(row.fields, other.fields) for other in group) < CLEARLY_APART:
                group.append(row)
        corpus.add(*group)
        for row in group:
            corpus.plant("one request, other replies", row, group[0] if row is not group[0] else None, "kept")


def plant_template(corpus, writer):
    """120 rows through one long template with other fillings: every two at J of about 0.6 to 0.77."""
    rows = []
    while len(rows) < 120:
        slots = Slots(writer.rng, "orders")
        chat = [message("user", slots.expand(grouptexts.TEMPLATE_PROMPT)),
                message("assistant", slots.expand(grouptexts.TEMPLATE_REPLY))]
        row = writer.row("orders", "neutral", writer.rng.choice(values.AGENTS), chat)
        if all(similarity(row.fields, other.fields) < 0.77 for other in rows):
            rows.append(corpus.add(row))
            corpus.plant("one template, other fillings", row, rows[0] if len(rows) > 1 else None, "kept")


def plant_contained(corpus, writer):
    """30 rows whose turns stand within a longer row: in longer turns, or as a later exchange."""
    made = 0
    while made < 30:
        row = writer.ticket(plain=True)
        longer = writer.ticket(plain=True)
        inner = [m["content"] for m in row.fields["messages"] if m["role"] != "system"]
        chat = longer.fields["messages"]
        if made < 24:
            chat[-2]["content"] += " " + inner[0]
            chat[-1]["content"] = inner[1] + " " + chat[-1]["content"]
        else:
            chat += [message("user", inner[0]), message("assistant", inner[1])]
        part = row if made % 4 else reworded(writer, row, 1)
        if part is None or containment(part.fields, longer.fields) < CONTAINED + 0.01:
            continue
        if similarity(part.fields, longer.fields) < CLEARLY_APART:
            corpus.plant_pair("contained in a longer row", part, longer, "contained", "")
            made += 1


def growing_chat(writer, exports):
    """The rows of one conversation, exported after each of its exchanges."""
    queue = weighted(writer.rng, values.QUEUE_WEIGHTS)
    last = long_ticket(writer, queue=queue)
    rows = [last]
    while len(rows) < exports:
        row = writer.restamped(last)
        row.fields["conversation_id"] = last.fields["conversation_id"]
        exchanges = [writer.exchange(queue, row.fields["agent"]) for _ in range(1 + len(rows) // 2)]
        asked, answered = ([e[side]["content"] for e in exchanges] for side in (0, 1))
        row.fields["messages"] += [message("user", asked[0]), message("assistant", paragraph(answered))]
        if similarity(last.fields, row.fields) < CLEARLY_APART:
            rows.append(row)
            last = row
    return rows


def plant_growing(corpus, writer):
    """Ten conversations of two to five exports: each row's turns open the next row."""
    for exports in (2, 3, 4, 5, 2, 3, 4, 5, 3, 4):
        rows = growing_chat(writer, exports)
        corpus.add(*rows)
        for row, grown in zip(rows, rows[1:]):
            corpus.plant("growing conversation", row, grown, "prefix", "")


def plant_short(corpus, writer):
    """Rows of one-word turns: 40 different ones, 15 equal ones, five equal but for case."""
    texts = [(user, agent) for agent in grouptexts.SHORT_REPLIES for user in grouptexts.SHORT_REQUESTS]
    for index, (user, agent) in enumerate(writer.rng.sample(texts, 40)):
        queue = weighted(writer.rng, values.QUEUE_WEIGHTS)
        chat = [message("user", user), message("assistant", agent)]
        row = corpus.add(writer.row(queue, "neutral", writer.rng.choice(values.AGENTS), chat))
        if index < 15:
            twin = corpus.add(writer.restamped(row))
            corpus.plant("short rows, equal", twin, row, "identical", "fields")
        elif index < 20:
            twin = corpus.add(writer.edited(row, str.upper, ("user",)))
            corpus.plant("short rows, equal", twin, row, "exact", "form")
        else:
            corpus.plant("short row, the only one of its kind", row, None, "kept")


def plant_all(corpus, writer):
    """Every kind of group of this file."""
    for plant in (plant_refund_reversals, plant_probate_letters, plant_hostile_others, plant_macro_reply,
                  plant_same_requests, plant_template, plant_contained, plant_growing, plant_short):
        plant(corpus, writer)
