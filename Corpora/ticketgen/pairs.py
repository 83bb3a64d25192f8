"""Planted pairs: identical and exact rows, near duplicates, and one pair list a difference class."""

import copy
import re

from . import phrasepairs, values
from .corpus import CLEARLY_NEAR
from .rows import Row
from .similarity import similarity

LONG_TURN = 330  # characters; an edit of three words in a turn of this length leaves J above 0.8
EXACT_EDITS = {
    "case": [(str.upper, str), (str.lower, str), (str, str.upper), (str.title, str.title)],
    "spacing": [
        (lambda t: t.replace(". ", ".  "), str), (lambda t: t.replace(". ", ".\n"), lambda t: t + "\n"),
        (lambda t: "  " + t + " ", str), (str, lambda t: t.replace(", ", ",\t")),
    ],
    "unicode": [
        (lambda t: t.replace(" ", "\u00a0", 9), str), (lambda t: full_width(t), str),
        (lambda t: ligatures(t), lambda t: ligatures(t)), (str, lambda t: t.replace(" ", "\u2009", 5)),
    ],
}
PUNCTUATION_EDITS = [
    lambda t: t.replace(",", ""), lambda t: t.replace("'", "\u2019"), lambda t: t.replace(", ", "; ", 2),
    lambda t: t.replace(". ", "... ", 2), lambda t: t.replace(". ", ", ", 1),
]


def full_width(text):
    """`text` with its longest run of ASCII letters in full-width forms."""
    word = max(re.findall(r"[A-Za-z]+", text), key=len)
    return text.replace(word, "".join(chr(ord(c) + 0xFEE0) for c in word), 1)


def ligatures(text):
    """`text` with fi and fl as ligatures; a no-break space stands in where there are none."""
    changed = text.replace("fi", "\ufb01").replace("fl", "\ufb02")
    return changed if changed != text else text.replace(" ", "\u00a0", 1)


def long_ticket(writer, **options):
    """A plain ticket whose two sides are both at least LONG_TURN characters."""
    while True:
        row = writer.ticket(plain=True, **options)
        if all(len(m["content"]) >= LONG_TURN for m in row.fields["messages"] if m["role"] != "system"):
            return row


def plant_identical(corpus, writer):
    """Rows equal byte for byte, rows equal after decoding, rows equal but for unmapped fields."""
    for index in range(60):
        row = writer.ticket()
        twin = Row(copy.deepcopy(row.fields))
        corpus.plant_pair("byte-equal rows", twin, row, "identical", "identical")
        if index == 0:
            corpus.first.append((3, twin))
    for _ in range(6):
        row = writer.ticket(plain=True, user_extra="I paid at the caf\u00e9 on Rue de l'\u00c9toile.")
        twin = Row(copy.deepcopy(row.fields), escape=True)
        corpus.plant_pair("equal after decoding (escapes)", twin, row, "identical", "identical")
    for index in range(80):
        row = writer.ticket()
        twin = writer.restamped(row)
        if index % 4 == 0:
            twin.fields["agent"] = writer.rng.choice([a for a in values.AGENTS if a != row.fields["agent"]])
        corpus.plant_pair("equal but for id, time or agent", twin, row, "identical", "fields")


def plant_personas(corpus, writer):
    """Rows equal but for the system prompt or the tool schemas, which are no compared text."""
    for index in range(20):
        row = writer.ticket(plain=True)
        chat = [m for m in row.fields["messages"] if m["role"] != "system"]
        pair = []
        for offset in (0, 1):
            twin = writer.restamped(row)
            persona = values.PERSONAS[(index + offset) % len(values.PERSONAS)]
            twin.fields["messages"] = [{"role": "system", "content": persona}] + copy.deepcopy(chat)
            pair.append(twin)
        corpus.plant_pair("persona: another system prompt", pair[1], pair[0], "exact", "fields")


def plant_exact(corpus, writer):
    """Rows of one normal form that differ in case, spacing or compatibility characters."""
    for kind, edits in EXACT_EDITS.items():
        for index in range(20):
            row = writer.ticket(plain=True)
            edit_user, edit_agent = edits[index % len(edits)]
            twin = writer.edited(writer.edited(row, edit_user, ("user",)), edit_agent, ("assistant",))
            corpus.plant_pair("exact: " + kind, twin, row, "exact", "form")
    for index in range(15):
        row = long_ticket(writer, user_extra="That's what we'd hoped for, at least.")
        twin = writer.edited(row, PUNCTUATION_EDITS[index % len(PUNCTUATION_EDITS)], ("user",))
        corpus.plant_pair("near: punctuation", twin, row, "near", "form")


def reworded(writer, row, count):
    """A copy with `count` words replaced by synonyms, or None when it has too few words of the list."""
    text = " ".join(m["content"] for m in row.fields["messages"] if m["role"] != "system")
    known = [w for w in phrasepairs.SYNONYMS if re.search(r"\b%s\b" % w, text)]
    if len(known) < count:
        return None

    chosen = writer.rng.sample(known, count)

    def edit(turn):
        for word in chosen:
            turn = re.sub(r"\b%s\b" % word, phrasepairs.SYNONYMS[word], turn, count=1)
        return turn

    return writer.edited(row, edit)


def near_copies(writer, count):
    """A long row and `count` reworded copies, every two of them clearly near and different."""
    while True:
        rows = [long_ticket(writer)]
        for _ in range(count):
            rows.append(reworded(writer, rows[0], writer.rng.choice((1, 2, 3))))
        if None in rows:
            continue
        pairs = [(a, b) for i, a in enumerate(rows) for b in rows[:i]]
        scores = [similarity(a.fields, b.fields) for a, b in pairs]
        if min(scores) >= CLEARLY_NEAR and max(scores) < 1:
            return rows


def plant_near(corpus, writer):
    """Near duplicates by one to three words, in pairs and in clusters of three and four."""
    for _ in range(150):
        row, twin = near_copies(writer, 1)
        corpus.plant_pair("near: one to three words", twin, row, "near", "wording")
    for index in range(25):
        row, *copies = near_copies(writer, 2 + index % 2)
        corpus.add(row, *copies)
        for twin in copies:
            corpus.plant("near: cluster of three or four", twin, row, "near", "wording")
    for index in range(10):
        row = long_ticket(writer)
        added = phrasepairs.EXTENSIONS[index % len(phrasepairs.EXTENSIONS)]
        twin = writer.edited(row, lambda t: t + " " + added, ("user",))
        corpus.plant_pair("near: one more sentence", twin, row, "near", "extension")


def sentence_pair(writer, role, left, right, **options):
    """Two long rows, equal but that one has the sentence `left` where the other has `right`."""
    option = {"user": "user_extra", "assistant": "agent_extra"}[role]
    while True:
        row = long_ticket(writer, **dict(options, **{option: left}))
        twin = writer.edited(row, lambda t: t.replace(left, right), (role,))
        if similarity(row.fields, twin.fields) >= CLEARLY_NEAR:
            return row, twin


def plant_differences(corpus, writer):
    """Pairs whose one difference is of a given class: spared by default, or removed."""
    spared = [("number", phrasepairs.NUMBERS, 40, None), ("number", phrasepairs.SUPERSCRIPTS, 6, None),
              ("operator", phrasepairs.OPERATORS, 16, "technical"),
              ("negation", phrasepairs.NEGATIONS, 24, None)]
    for name, pairs, count, queue in spared:
        for index in range(count):
            role, left, right = pairs[index % len(pairs)]
            row, twin = sentence_pair(writer, role, left, right, queue=queue)
            corpus.plant_pair("difference: " + name, twin, row, "spared:" + name, name)
    for index in range(60):
        role, left, right = phrasepairs.identifiers(writer.rng, index)
        row, twin = sentence_pair(writer, role, left, right)
        corpus.plant_pair("difference: identifier", twin, row, "near", "identifier")
    for index in range(30):
        role, left, right = phrasepairs.names(writer.rng, index)
        row, twin = sentence_pair(writer, role, left, right)
        corpus.plant_pair("difference: name", twin, row, "near", "name")
    for index in range(16):
        role, left, right = phrasepairs.SPELLINGS[index % len(phrasepairs.SPELLINGS)]
        row, twin = sentence_pair(writer, role, left, right)
        corpus.plant_pair("difference: spelling", twin, row, "near", "spelling")


def plant_label_conflicts(corpus, writer):
    """Equal or nearly equal texts whose labels contradict each other."""
    for index in range(20):
        row, twin = near_copies(writer, 1)
        if index < 12:
            twin = writer.restamped(row)
        for member, label in ((row, True), (twin, False)):
            chat = member.fields.pop("messages")
            member.fields.update(label=label, messages=chat)
        corpus.plant_pair("label conflict", twin, row, "spared:label-conflict", "label-conflict")


def plant_second_keepers(corpus, writer):
    """Triples: a row that is spared from one keeper by a number and still duplicates another keeper."""
    made = 0
    while made < 3:
        row, other = sentence_pair(writer, *phrasepairs.NUMBERS[made])
        twin = reworded(writer, other, 1)
        if twin is None or similarity(twin.fields, row.fields) < CLEARLY_NEAR:
            continue
        corpus.add(row, other, twin)
        corpus.plant("second keeper", other, row, "spared:number", "number")
        corpus.plant("second keeper", twin, row, "spared:number", "number")
        corpus.plant("second keeper", twin, other, "near", "wording")
        made += 1


def plant_deductible(corpus, writer):
    """48 rows with the word, one in eight misspelt; three of the misspelt rows have a right twin."""
    for index in range(45):
        sentence = phrasepairs.DEDUCTIBLE[index % len(phrasepairs.DEDUCTIBLE)]
        if index >= 42:
            sentence = sentence.replace("deductible", "deductable")
        queue = ("claims", "warranty")[index % 2]
        row = long_ticket(writer, queue=queue, user_extra=sentence)
        corpus.add(row)
        if index < 3:
            twin = writer.edited(row, lambda t: t.replace("deductible", "deductable"))
            corpus.add(twin)
            corpus.plant("misspelling: deductable", twin, row, "near", "spelling")
        elif index >= 42:
            corpus.plant("misspelling: deductable", row, None, "kept")


def plant_all(corpus, writer):
    """Every kind of pair of this file."""
    for plant in (plant_identical, plant_personas, plant_exact, plant_near, plant_differences,
                  plant_label_conflicts, plant_second_keepers, plant_deductible):
        plant(corpus, writer)
