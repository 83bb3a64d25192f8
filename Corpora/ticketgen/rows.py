"""Rows of ordinary tickets, in OpenAI chat format."""

import copy

from . import prompts, replies, values
from .grammar import Slots, paragraph
from .problems import PROBLEMS

TONES = ("polite", "neutral", "frustrated")
APOLOGY_RATE = 0.3
PROMISE_RATE = 0.06
SHORTHAND_RATE = 0.12
MISSPELLING_RATE = 0.4
LABEL_RATE = 0.35
SYSTEM_RATE = 0.6


class Row:
    """One row: its JSON fields, or for a bad row the raw line. Compared by identity, never by content."""

    def __init__(self, fields, raw=None, escape=False):
        self.fields = fields
        self.raw = raw
        self.escape = escape

    def user_text(self):
        """The first user turn."""
        return next(m for m in self.fields["messages"] if m["role"] == "user")["content"]


def weighted(rng, weights):
    """A key of `weights`, drawn in proportion to its value."""
    mark = rng.randrange(sum(weights.values()))
    for key, weight in weights.items():
        mark -= weight
        if mark < 0:
            return key
    raise ValueError("weights must be positive")


def message(role, content):
    """One chat message."""
    return {"role": role, "content": content}


class TicketWriter:
    """Writes tickets; each gets an identifier and a time of its own."""

    def __init__(self, rng):
        self.rng = rng
        self.written = 0

    def stamp(self):
        """(id, conversation id, time): unique and spread, from a counter alone."""
        self.written += 1
        mixed = self.written * 7919 % 1000003
        moment = (2 + mixed % 11, 1 + mixed // 11 % 28, mixed // 7 % 24, mixed // 3 % 60, mixed % 60)
        conversation = "cv-%06d" % (mixed * 31 % 1000003)
        return "tk-%06d" % mixed, conversation, "2024-%02d-%02dT%02d:%02d:%02dZ" % moment

    def user_turn(self, slots, tone, extra=""):
        """A customer's first message of about 40 to 90 words; `extra` is a sentence that must be in it."""
        rng = self.rng
        details = rng.sample(prompts.DETAILS, rng.choice((1, 2, 2, 3)))
        body = [slots.sentence(PROBLEMS[slots.value("queue")])] + [slots.sentence([d]) for d in details]
        body += [slots.sentence(prompts.TRIED), slots.sentence(prompts.IMPACT)]
        if extra:
            body.insert(1, extra)
        parts = [slots.sentence(prompts.OPENINGS[tone])] + body
        parts += [slots.sentence(prompts.ASKS), slots.sentence(prompts.CLOSINGS[tone])]
        return paragraph(parts)

    def agent_turn(self, slots, agent, extra="", greeting=True):
        """An answer with the sentence `extra` in it; apologies, promises and errors at their rates."""
        rng = self.rng
        actions = replies.ACTIONS[slots.value("queue")]
        parts = [slots.sentence(replies.GREETINGS) if greeting else ""]
        parts.append(slots.sentence(replies.APOLOGIES) if rng.random() < APOLOGY_RATE else "")
        parts += [slots.sentence(replies.ACKNOWLEDGEMENTS), slots.sentence(actions)]
        parts.append(slots.sentence(replies.PROMISES) if rng.random() < PROMISE_RATE else "")
        parts += [slots.sentence([step]) for step in rng.sample(replies.STEPS, 2)]
        parts.append(slots.sentence(replies.CLOSINGS))
        for right, wrong in values.MISSPELLING_AGENTS.get(agent, {}).items():
            if rng.random() < MISSPELLING_RATE:
                parts = [part.replace(right, wrong) for part in parts]
        return paragraph(parts[:-3] + [extra] + parts[-3:])

    def ticket(self, queue=None, tone=None, exchanges=1, user_extra="", agent_extra="", plain=False):
        """A row; `plain` leaves out shorthand and label, for rows that are to be edited."""
        rng = self.rng
        queue = queue or weighted(rng, values.QUEUE_WEIGHTS)
        tone = tone or rng.choice(TONES)
        agent = rng.choice(values.AGENTS)
        slots = Slots(rng, queue)
        system = [message("system", rng.choice(values.SYSTEM_PROMPTS))] if rng.random() < SYSTEM_RATE else []
        user = self.user_turn(slots, tone, user_extra)
        if not plain and rng.random() < SHORTHAND_RATE:
            user = shorthand(user)
        answer = self.agent_turn(slots, agent, agent_extra)
        chat = system + [message("user", user), message("assistant", answer)]
        for _ in range(exchanges - 1):
            chat += self.exchange(queue, agent)
        label = {} if plain or rng.random() >= LABEL_RATE else {"label": rng.random() < 0.8}
        return self.row(queue, tone, agent, chat, label)

    def exchange(self, queue, agent):
        """A follow-up of a customer and its answer."""
        slots = Slots(self.rng, queue)
        asked = paragraph([slots.sentence(prompts.FOLLOW_UPS), slots.sentence(prompts.DETAILS)])
        return [message("user", asked), message("assistant", self.agent_turn(slots, agent, greeting=False))]

    def row(self, queue, tone, agent, chat, extra=None):
        """A row of given turns with a fresh stamp."""
        identifier, conversation, moment = self.stamp()
        fields = {"id": identifier, "conversation_id": conversation, "queue": queue, "tone": tone,
                  "agent": agent, "created_at": moment}
        fields.update(extra or {})
        fields["messages"] = chat
        return Row(fields)

    def restamped(self, row):
        """A copy of `row` with another id, conversation and time: its text is untouched."""
        fields = copy.deepcopy(row.fields)
        fields["id"], fields["conversation_id"], fields["created_at"] = self.stamp()
        return Row(fields)

    def edited(self, row, edit, roles=("user", "assistant")):
        """A restamped copy with `edit` applied to the text of each turn of `roles`."""
        twin = self.restamped(row)
        for turn in twin.fields["messages"]:
            if turn["role"] in roles:
                turn["content"] = edit(turn["content"])
        return twin


def shorthand(text):
    """`text` as typed in a hurry."""
    for long_form, short_form in prompts.SHORTHAND:
        text = text.replace(long_form, short_form)
    return text.lower()
