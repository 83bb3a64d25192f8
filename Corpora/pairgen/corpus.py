"""A synthetic and a typed sample of one domain, with what tells them apart planted: `build()` gives files and truth."""

import json
import random
import re

from pairgen import texts

SEED = 20260606
FOLDER = "ferry-line"
SYNTHETIC_ROWS, TYPED_ROWS = 1200, 900
PERSONA_RATE = 0.1
PETS_RATE = 0.1
# How passengers type.
LOWER_RATE, NO_MARK_RATE, TYPO_RATE, TWO_RATE = 0.8, 0.7, 0.3, 0.15
TRUTH_HEAD = ("planted", "kind", "id", "synthetic_rows", "production_rows", "of_synthetic", "of_production")


def expand(rng, sentence, slots):
    """A sentence with its slots filled, each time anew."""
    return re.sub(r"\{(\w+)\}", lambda match: rng.choice(slots[match.group(1)]), sentence)


def capital(text):
    return text[:1].upper() + text[1:]


def synthetic(rng):
    """A row of the synthetic side: its intent and its text."""
    if rng.random() < PERSONA_RATE:
        return "persona", expand(rng, rng.choice(texts.PERSONA), texts.PERSONA_SLOTS)
    intent = rng.choice(sorted(texts.SYNTHETIC))
    parts = [rng.choice(texts.OPENERS), rng.choice(texts.SYNTHETIC[intent]), rng.choice(texts.REASONS),
             rng.choice(texts.CLOSERS)]
    return intent, " ".join(capital(expand(rng, part, texts.SLOTS)) for part in parts if part)


def typed(rng):
    """A row of the typed side: its intent, its text and whether it asks for two things."""
    shared = sorted(set(texts.TYPED) - {"pets"})
    intent = "pets" if rng.random() < PETS_RATE else rng.choice(shared)
    text = capital(expand(rng, rng.choice(texts.TYPED[intent]), texts.SLOTS)) + "?"
    is_double = rng.random() < TWO_RATE
    if is_double:
        text += " " + capital(expand(rng, rng.choice(texts.TYPED[rng.choice(shared)]), texts.SLOTS)) + "?"
    if rng.random() < TYPO_RATE:
        for right, wrong in sorted(texts.TYPOS.items()):
            text = re.sub(r"\b%s\b" % right, wrong, text)
    if rng.random() < LOWER_RATE:
        text = text.lower()
    return intent, text.rstrip("?") if rng.random() < NO_MARK_RATE else text


def lines(rows):
    return "".join(json.dumps({"intent": intent, "text": text}) + "\n" for intent, text in rows)


def count(rows, holds):
    return sum(1 for row in rows if holds(*row))


def build():
    """The files by name with their rows, and the truth."""
    rng = random.Random(SEED)
    left = [synthetic(rng) for _ in range(SYNTHETIC_ROWS)]
    right = [typed(rng) for _ in range(TYPED_ROWS)]
    half = TYPED_ROWS // 2
    sides = {"synthetic/rows.jsonl": left, "production/typed-0.jsonl": right[:half],
             "production/typed-1.jsonl.zst": right[half:]}
    planted = [
        ("an intent that no synthetic row covers", "uncovered", "pets", lambda intent, text: intent == "pets"),
        ("a shape that nobody types", "unseen", "persona", lambda intent, text: intent == "persona"),
        ("too clean: a capital at the head", "feature", "lower-case-start", lambda intent, text: text[0].islower()),
        ("too clean: a mark at the end", "feature", "no-final-mark", lambda intent, text: text[-1] not in ".?!"),
    ]
    truths = [(name, kind, id, count(left, holds), count(right, holds), len(left), len(right))
              for name, kind, id, holds in planted]
    return {name: (lines(rows), len(rows)) for name, rows in sides.items()}, truths
