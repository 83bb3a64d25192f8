"""Expansion of phrases: `[a|b]` picks an alternative, `{slot}` inserts a value, fixed in a ticket."""

import re

from . import prompts, values

CHOICE = re.compile(r"\[([^\[\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")


class Slots:
    """The values of one ticket, drawn when first asked for."""

    def __init__(self, rng, queue):
        self.rng = rng
        self.drawn = {"queue": queue}

    def value(self, name):
        """The value of slot `name`; raises KeyError for a name that no rule draws."""
        if name not in self.drawn:
            self.drawn[name] = self._draw(name)
        return self.drawn[name]

    def _draw(self, name):
        rng = self.rng
        pools = {
            "brand": values.BRANDS, "item": values.GOODS, "colour": values.COLOURS, "city": values.CITIES,
            "first": values.FIRST_NAMES, "last": values.LAST_NAMES, "day": values.DAYS,
            "month": values.MONTHS, "when": values.WHEN, "carrier": values.CARRIERS,
            "device": values.DEVICES, "plan": values.PLANS,
            "who": values.WHO, "event": values.EVENTS, "part": values.PARTS, "symptom": values.SYMPTOMS,
        }
        if name in pools:
            return rng.choice(pools[name])
        if name == "follow":
            return rng.choice(prompts.FOLLOW)
        if name == "product":
            return self.value("brand") + " " + self.value("item")
        if name == "person":
            return self.value("first") + " " + self.value("last")
        if name == "email":
            return "%s.%s@example.com" % (self.value("first").lower(), self.value("last").lower())
        if name == "order":
            return "ORD-%06d" % rng.randrange(100000, 1000000)
        if name == "phone":
            return "+1-202-555-01%02d" % rng.randrange(100)
        if name == "amount":
            return "$%d.%02d" % (rng.randrange(8, 490), rng.choice((0, 50, 95, 99)))
        raise KeyError(name)

    def expand(self, phrase):
        """`phrase` with every choice made and every slot filled."""
        while True:
            match = CHOICE.search(phrase)
            if match:
                chosen = self.rng.choice(match.group(1).split("|"))
            else:
                match = SLOT.search(phrase)
                if not match:
                    return phrase
                chosen = self.value(match.group(1))
            phrase = phrase[:match.start()] + chosen + phrase[match.end():]

    def sentence(self, pool):
        """One expanded phrase of `pool` with a capital at its head; may be empty."""
        text = self.expand(self.rng.choice(pool)).strip()
        text = re.sub(r"\s+([,?.!;:])", r"\1", re.sub(r" {2,}", " ", text))
        return re.sub(r"(^|[.?!] )([a-z])", lambda m: m.group(1) + m.group(2).upper(), text)


def paragraph(sentences):
    """The non-empty sentences in one line, each ended by a mark."""
    ended = [s if s[-1] in ".?!,:" else s + "." for s in sentences if s]
    return " ".join(ended)
