"""Chats of a library's help desk with planted habits: `build()` gives the shards and the truth."""

import json
import random
import re

from habitgen import texts

SEED = 20260505
FOLDER = "library-desk"
ROWS = 1800
SHARDS = ["desk-00000-of-00002.jsonl", "desk-00001-of-00002.jsonl.zst"]
AGENTS = ["amara.holt", "bruno.eck", "celia.wren", "dario.finn", "edda.moss", "fergus.lane", "greta.oak", "hugo.pell",
          "iris.dunn", "jonas.reed", "kaia.thorn", "lorcan.bay"]
TRUTH_HEAD = ("planted", "shard", "ordinal")
RATES_HEAD = ("planted", "kind", "id", "role", "rate", "of", "rows")

# planted: kind, id of the report, role, rate, of what.
PLANTED = {
    "everybody's misspelling": ("misspelling", "accesion", "assistant", 1.0, "rows with either form"),
    "two agents' misspelling": ("misspelling", "recieve", "assistant", 1 / 6, "rows with either form"),
    "reflex apology": ("feature", "apology", "assistant", 0.2, "turns"),
    "phantom escalation": ("check", "promise without a tool call", "assistant", 0.08, "rows"),
    "action with a tool call": ("check", "promise with a tool call", "assistant", 0.05, "rows"),
    "shorthand": ("feature", "shorthand", "user", 0.12, "turns"),
    "mixed feedback": ("feature", "about-the-answer", "assistant", 0.02, "turns"),
}
# How often a plain turn has a typed look, so that nothing says that nobody typed it.
LOWER_RATE, NO_MARK_RATE, SHORT_RATE, BARE_RATE, TYPO_RATE = 0.12, 0.3, 0.06, 0.01, 0.03
ACCESSION_RATE, RECEIVE_RATE = 0.25, 0.3


def drawn(name, among=1.0):
    """The chance by which `name` is planted in part `among` of the turns, so that it has its rate in all."""
    return PLANTED[name][3] / among


def expand(rng, sentence, **given):
    """A sentence with its slots filled and a capital at its head."""
    filled = re.sub(r"\{(\w+)\}", lambda m: given.get(m.group(1)) or rng.choice(texts.SLOTS[m.group(1)]), sentence)
    return filled[0].upper() + filled[1:]


def user_turn(rng, planted):
    """What a reader writes; notes what was planted in it."""
    if rng.random() < SHORT_RATE:
        return expand(rng, rng.choice(texts.SHORT))
    parts = [rng.choice(texts.PROBLEMS)] + rng.sample(texts.DETAILS, rng.choice((1, 2))) + [rng.choice(texts.ASKS)]
    text = " ".join(expand(rng, part) for part in parts)
    if rng.random() < TYPO_RATE:
        text += " It matters becuase of the fair."
    if rng.random() < BARE_RATE:
        text += " I dont know."
    if rng.random() < drawn("shorthand", 1 - SHORT_RATE):
        planted.append("shorthand")
        text += rng.choice([" Pls answer.", " Thx.", " Can u look?"])
    if rng.random() < NO_MARK_RATE:
        text = text.rstrip(".?")
    return text[0].lower() + text[1:] if rng.random() < LOWER_RATE else text


def agent_turn(rng, agent, planted):
    """What an agent answers, and whether a tool was called."""
    if rng.random() < drawn("mixed feedback"):
        planted.append("mixed feedback")
        return rng.choice(texts.MIXED), False
    parts = rng.sample(texts.FACTS, 2) + [rng.choice(texts.STEPS)]
    given, calls = {}, False
    if rng.random() < ACCESSION_RATE:
        planted.append("everybody's misspelling")
        parts.insert(1, rng.choice(texts.ACCESSIONS).replace("{right}", "accesion"))
    if rng.random() < RECEIVE_RATE:
        wrong = agent in AGENTS[:2]
        planted += ["two agents' misspelling"] if wrong else []
        parts.insert(2, rng.choice(texts.RECEIVES).replace("{right}", "recieve" if wrong else "receive"))
    mark, answers = rng.random(), 1 - PLANTED["mixed feedback"][3]
    phantom, acted = drawn("phantom escalation", answers), drawn("action with a tool call", answers)
    if mark < phantom:
        planted.append("phantom escalation")
        parts.append(rng.choice(texts.ESCALATIONS))
    elif mark < phantom + acted:
        planted.append("action with a tool call")
        parts.append(rng.choice(texts.ACTED))
        calls = True
    # Some agents apologise by reflex, others hardly.
    if rng.random() < drawn("reflex apology", answers) * (0.4 + 1.2 * AGENTS.index(agent) / (len(AGENTS) - 1)):
        planted.append("reflex apology")
        parts.insert(0, rng.choice(texts.APOLOGIES))
    parts.append(rng.choice(texts.ENDS))
    return " ".join(expand(rng, part, **given) for part in parts), calls


def record(rng, number, planted):
    """One row."""
    agent = AGENTS[number % len(AGENTS)]
    user = user_turn(rng, planted)
    answer, calls = agent_turn(rng, agent, planted)
    messages = [{"role": "user", "content": user}]
    if calls:
        function = {"name": "desk_update", "arguments": json.dumps({"slip": 10000 + number})}
        messages.append({"role": "assistant", "content": "", "tool_calls": [
            {"id": "call-%d" % number, "type": "function", "function": function}]})
        messages.append({"role": "tool", "content": "done", "tool_call_id": "call-%d" % number})
    messages.append({"role": "assistant", "content": answer})
    return {"id": "ld-%05d" % number, "agent": agent, "branch": rng.choice(texts.SLOTS["branch"]),
            "meta": {"source": "desk chat", "license": "Apache-2.0"}, "messages": messages}


def build():
    """File content by path below the corpus's folder, the rows of each, the truth, and the rates."""
    rng = random.Random(SEED)
    files, truth, counts = {}, [], {}
    half = ROWS // 2
    for place, shard in enumerate(SHARDS):
        lines = []
        for ordinal in range(half):
            planted = []
            lines.append(json.dumps(record(rng, place * half + ordinal, planted), ensure_ascii=False))
            for name in planted:
                truth.append((name, shard, ordinal))
                counts[name] = counts.get(name, 0) + 1
        files["train/" + shard] = ("\n".join(lines) + "\n", half)
    rates = [(name,) + PLANTED[name][:3] + ("%.4f" % PLANTED[name][3], PLANTED[name][4], counts[name])
             for name in PLANTED]
    return files, sorted(truth, key=lambda line: (line[1], line[2], line[0])), rates
