"""Puts eval sets, training rows and the truth together: `build()` gives the content of each file."""

import json
import random

from evalgen import items, rows

SEED = 20260301
FOLDER = "workshop-evals"
ORDINARY_ROWS = 400
SHARDS = ["chat-00000-of-00002.jsonl", "chat-00001-of-00002.jsonl.zst"]
TRUTH_HEAD = ("planted", "shard", "ordinal", "set", "item", "verdict")


def sets():
    """Records by the set's file."""
    workshop = [{"id": "workshop-%d" % place, "question": items.SHARED_PROMPT + question if place > 9 else question,
                 "answer": answer} for place, (question, answer) in enumerate(items.WORKSHOP)]
    workshop.append({"id": "workshop-12", "question": items.SHARED_PROMPT, "answer": "Gladly."})
    quick = [{"id": "quick-%d" % place, "prompt": question, "ideal": answer}
             for place, (question, answer) in enumerate(items.QUICK)]
    reading = [{"id": "reading-%d" % place, "passage": passage, "question": question, "answer": answer, "rubric": rubric}
               for place, (passage, question, answer, rubric) in enumerate(items.READING)]
    reading.append({"id": "reading-2", "question": items.QUOTED[0], "answer": items.QUOTED[1]})
    dialogues = [{"id": "dialogues-%d" % place, "ticket": ticket,
                  "messages": [{"role": role, "content": text} for role, text in turns]}
                 for place, (ticket, turns) in enumerate(items.DIALOGUES)]
    control = [{"id": "fresh-%d" % place, "question": question} for place, question in enumerate(items.CONTROL)]
    return {"workshop.jsonl": workshop, "quick.json": quick, "reading.jsonl": reading, "dialogues.jsonl": dialogues,
            "fresh.jsonl": control}


def build():
    """File content by path below the corpus's folder, the rows of each, and the truth."""
    rng = random.Random(SEED)
    made = [(None, rows.ordinary(rng), {}) for _ in range(ORDINARY_ROWS)]
    for kind, name, item, verdict, turns, fields in rows.planted(rng):
        made.append(((kind, name, item, verdict), turns, fields))
    rng.shuffle(made)
    files, truth = {}, []
    half = len(made) // 2
    for shard, part in zip(SHARDS, (made[:half], made[half:])):
        lines = []
        for ordinal, (planted, turns, fields) in enumerate(part):
            number = len(lines) + (0 if shard == SHARDS[0] else half)
            record = {"messages": [{"role": role, "content": text} for role, text in turns],
                      "ticket": fields.get("ticket", "T-%d" % (51000 + number)),
                      "source": "club" if number % 3 else "desk"}
            lines.append(json.dumps(record, ensure_ascii=number % 2 == 0))
            if planted:
                *what, verdicts = planted[1:]
                for verdict in verdicts.split(" "):  # a row may be found in more than one way
                    truth.append((planted[0], shard, ordinal, *what, verdict.replace("_", " ")))
        files["train/" + shard] = ("\n".join(lines) + "\n", len(part))
    for name, records in sets().items():
        if name.endswith(".json"):
            text = "[\n" + ",\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n]\n"
        else:
            text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        files["evals/" + name] = (text, len(records))
    files["evals/rubric.md"] = (RUBRIC, 0)
    return files, sorted(truth, key=lambda line: (line[1], line[2]))


RUBRIC = """# How replies to the workshop's items are graded

- The reply opens with the thing itself, never with "Great question".
- It says "look there" or names a desk, a list or a person.
- Take a mark off for "it depends on who signed for it" without a second step.
- Nobody minds a polite question: a reply that asks one back is fine.
"""
