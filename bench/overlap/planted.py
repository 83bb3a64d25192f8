#!/usr/bin/env python3
"""Builds a haystack with planted eval items and the truth beside it.

    planted.py DATA OUT [--seed N] [--per-class N]

DATA is a folder with `evals/`, `sft/`, `support/`, `perf/` as ../shared/data has them; nothing of it is kept in the
project. OUT gets `train.jsonl` (chat rows), `truth.jsonl` ({row, class, set, item}) and the eval sets as JSONL
with an `id`. The classes and what must be found are in score.py.
"""
import argparse
import gzip
import html
import io
import json
import os
import random
import re
import subprocess

SYNONYMS = {
    "big": "large", "make": "produce", "makes": "produces", "find": "determine", "many": "numerous", "get": "obtain",
    "buy": "purchase", "bought": "purchased", "each": "every", "money": "cash", "house": "home", "car": "vehicle",
    "kids": "children", "begin": "start", "following": "subsequent", "correct": "right", "most": "chiefly",
    "likely": "probable", "function": "routine", "given": "supplied", "number": "count", "list": "sequence",
    "how": "in what way", "total": "overall", "also": "too", "people": "persons", "spend": "pay", "spends": "pays",
    "eat": "consume", "eats": "consumes", "work": "labour", "works": "labours", "per": "a", "write": "compose",
}
CHAT = [
    "Thanks, I have that so far. Go on, please.", "Understood, what comes next?", "Okay, noted. Please continue.",
    "Let me write that down first.", "Right, and then?", "One moment, my screen froze. Could you carry on?",
]
OPENERS = [
    "Hi there, I am putting together material for a small workshop next week.\n\n",
    "My nephew brought this home from school and we could not agree on it.\n\n",
    "Here is something from my notes, sorry about the formatting.\n\n",
]
CLOSERS = [
    "\n\nThat is all I have. No hurry at all, tomorrow is fine as well.",
    "\n\nLet me know if anything about it looks odd to you.",
    "\n\nPS: the printer on the second floor is broken again.",
]


def read(path):
    if path.endswith(".gz"):
        text = gzip.open(path, "rt", encoding="utf-8")
    elif path.endswith(".zst"):
        out = subprocess.run(["zstd", "-dc", path], stdout=subprocess.PIPE, check=True).stdout
        text = io.StringIO(out.decode("utf-8"))
    else:
        text = open(path, encoding="utf-8")
    return [json.loads(line) for line in text if line.strip()]


def load_sets(data):
    evals = os.path.join(data, "evals")
    sets = {}
    sets["gsm8k"] = [{"question": r["question"], "answer": r["answer"]} for r in read(f"{evals}/gsm8k_test.jsonl")]
    sets["arc"] = [
        {"question": r["query"].removeprefix("Question: "), "choices": r["choices"], "answer": r["choices"][r["gold"]]}
        for r in read(f"{evals}/llmfoundry_arc_challenge.jsonl.zst")]
    sets["truthfulqa"] = [
        {"question": r["Question"], "answer": r["Best Answer"]} for r in read(f"{evals}/truthfulqa.jsonl.zst")]
    sets["mtbench"] = [{"turns": r["turns"]} for r in read(f"{evals}/mt_bench_question.jsonl")]
    sets["humaneval"] = [
        {"question": r["prompt"], "answer": r["canonical_solution"]} for r in read(f"{evals}/HumanEval.jsonl.gz")]
    seen, mmlu = set(), []
    for r in read(f"{evals}/decon_mmlu_validation-1.jsonl.gz"):
        if r["is_correct"] and r["question"] not in seen:
            seen.add(r["question"])
            mmlu.append({"question": r["question"], "answer": r["answer"]})
    sets["mmlu"] = mmlu
    for name, items in sets.items():
        for place, item in enumerate(items):
            item["id"] = f"{name}-{place}"
    return sets


def haystack(data):
    rows = []
    sft = os.path.join(data, "sft")
    for r in read(f"{sft}/gpteacher_codegen-instruct.jsonl.zst"):
        rows.append([("user", r["instruction"] + ("\n" + r["input"] if r["input"] else "")), ("assistant", r["response"])])
    for r in read(f"{sft}/llamafactory_alpaca_en_demo.jsonl.gz"):
        rows.append([("user", r["instruction"] + ("\n" + r["input"] if r["input"] else "")), ("assistant", r["output"])])
    for r in read(f"{sft}/llmfoundry_dolly_hhrlhf_train_small.jsonl.zst"):
        rows.append([("user", r["prompt"]), ("assistant", r["response"])])
    for r in read(f"{data}/support/banking77_train.jsonl.zst"):
        rows.append([("user", r["text"]), ("assistant", "Let me look into that for you.")])
    for r in read(f"{data}/perf/sgd_train-00000-of-00008.jsonl.zst"):
        rows.append([("user" if t["speaker"] == "USER" else "assistant", t["utterance"]) for t in r["turns"]])
    return rows


def words(text):
    return text.split()


def typos(text, rate, rng):
    out = []
    for c in text:
        if c.isalpha() and rng.random() < rate:
            kind = rng.randrange(3)
            if kind == 0:
                out.append(rng.choice("abcdefghijklmnopqrstuvwxyz"))
            elif kind == 1:
                pass
            else:
                out.append(c + c)
        else:
            out.append(c)
    return "".join(out)


def wrap(text, width=38):
    out, column = [], 0
    for c in text:
        if column >= width and c.isalpha():
            out.append("-\n" if out and out[-1].isalpha() else "\n")
            column = 0
        out.append(c)
        column = 0 if c == "\n" else column + 1
    return "".join(out)


def fancy(text):
    text = text.replace("'", "\u2019").replace('"', "\u201d")
    full = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)
    return "\u200b".join([full[: len(full) // 2], full[len(full) // 2:]]).swapcase()


def question(item):
    return item["question"] if "question" in item else "\n".join(item["turns"])


def answer(item):
    return item.get("answer", "Here is one way to look at it.")


def pair(q, a):
    return [("user", q), ("assistant", a)]


def positives(sets, n, rng):
    """(class, set, item, turns)"""
    long_items = {
        name: [i for i in items if len(words(question(i))) >= 16] for name, items in sets.items()}
    rich = [(s, i) for s in ("gsm8k", "mmlu", "humaneval", "mtbench", "arc") for i in long_items[s]]
    prose = [(s, i) for s in ("gsm8k", "mmlu", "mtbench", "arc") for i in long_items[s]]
    answered = [(s, i) for s, i in rich if s in ("gsm8k", "humaneval") and len(words(answer(i))) >= 24]
    short = [("truthfulqa", i) for i in sets["truthfulqa"] if 4 <= len(words(i["question"])) < 13]

    def pick(pool):
        return rng.sample(pool, min(n, len(pool)))

    plain = lambda f: (lambda s, i: pair(f(question(i)), f(answer(i))))
    yield from each("verbatim", pick(rich), plain(lambda t: t))
    yield from each("embedded", pick(rich), lambda s, i: pair(
        rng.choice(OPENERS) + question(i) + rng.choice(CLOSERS), answer(i)))
    yield from each("few-shot", pick(rich), lambda s, i: [
        ("system", "You answer like these examples.\n\nQ: " + question(i) + "\nA: " + answer(i)),
        ("user", "What is the tallest building on your street?"), ("assistant", "The old post office.")])
    # Examples of a prompt in a user turn; the last question is the row's own.
    yield from each("few-shot-user", pick(prose), lambda s, i: pair(
        "Answer in the style of these.\n\nQ: Which month has a moon festival here?\nA: September.\n\nQ: " + question(i)
        + "\nA: " + answer(i) + "\n\nQ: What is the tallest building on your street?\nA:", "The old post office."))
    yield from each("markup", pick(rich), plain(
        lambda t: "<p>" + html.escape(t, quote=True).replace("\n", "<br/>") + "</p>"))
    yield from each("json-escaped", pick(rich), lambda s, i: pair(
        "Please check this record: " + json.dumps({"q": question(i), "a": answer(i)}), "It looks fine."))
    yield from each("unicode", pick(prose), plain(fancy))
    yield from each("case", pick(prose), plain(str.upper))
    yield from each("hard-wraps", pick(prose), plain(wrap))
    yield from each("typos-7", pick(prose), plain(lambda t: typos(t, 0.07, rng)))
    yield from each("typos-20", pick(prose), plain(lambda t: typos(t, 0.20, rng)))
    for share, name in ((0.10, "drops-10"), (0.25, "drops-25")):
        yield from each(name, pick(prose), plain(
            lambda t, share=share: " ".join(w for w in words(t) if rng.random() >= share)))
    yield from each("synonyms", pick(prose), plain(
        lambda t: " ".join(SYNONYMS.get(w.lower(), w) for w in words(t))))
    choices = [("arc", i) for i in long_items["arc"]]
    yield from each("choices-shuffled", pick(choices), lambda s, i: pair(
        question(i) + "\n" + "\n".join(
            f"{'ABCDE'[k]}. {c}" for k, c in enumerate(rng.sample(i["choices"], len(i["choices"])))), answer(i)))

    def split(s, i):
        w = words(question(i))
        return [("user", " ".join(w[: len(w) // 2])), ("user", " ".join(w[len(w) // 2:])), ("assistant", answer(i))]

    yield from each("split", pick(prose), split)

    def interleaved(s, i):
        w, turns = words(question(i)), []
        step = max(8, len(w) // 3)
        for at in range(0, len(w), step):
            turns.append(("user", " ".join(w[at:at + step])))
            turns.append(("assistant", rng.choice(CHAT)))
        turns[-1] = ("assistant", answer(i))
        return turns

    yield from each("chat-interleaved", pick(prose), interleaved)
    yield from each("truncated-60", pick(prose), lambda s, i: [
        ("user", " ".join(words(question(i))[: len(words(question(i))) * 6 // 10]))])
    yield from each("question-only", pick(rich), lambda s, i: pair(question(i), "I will come back to you on this."))
    yield from each("answer-only", pick(answered), lambda s, i: pair("Could you explain the last one?", answer(i)))
    yield from each("short-with-answer", pick(short), lambda s, i: pair(question(i), answer(i)))
    yield from each("short-question", pick(short), lambda s, i: pair(
        "Hello again. " + question(i) + " Thanks!", "Give me a minute."))


def single_turns(sets, n, rng):
    """One turn of an item that has several."""
    chosen = [("mtbench", i) for i in rng.sample(sets["mtbench"], min(n, len(sets["mtbench"])))]
    yield from each("first-turn", chosen, lambda s, i: pair("Hello, please help. " + i["turns"][0], "Sure."))
    yield from each("later-turn", chosen, lambda s, i: pair(i["turns"][1], "Sure."))
    yield from each("first-turn-typos-7", chosen, lambda s, i: pair(typos(i["turns"][0], 0.07, rng), "Sure."))


def each(name, chosen, make):
    for s, i in chosen:
        yield name, s, i["id"], make(s, i)


def negatives(sets, hay, n, rng):
    texts = [question(i) for s in ("gsm8k", "mmlu", "arc") for i in sets[s] if len(words(question(i))) >= 16]
    # Boilerplate that eval prompts begin with.
    for k in range(n):
        yield "neg-boilerplate", None, None, pair(
            "The following are multiple choice questions (with answers). Answer with the letter of the correct "
            f"option only, then explain your reasoning step by step. My own note number {k} is about gardening.",
            "Gladly.")
    # Phrases of 9 to 14 words that several items share.
    grams = {}
    for t in texts:
        w = words(t)
        for size in (9, 11, 14):
            for at in range(len(w) - size + 1):
                g = " ".join(w[at:at + size])
                grams.setdefault(g, set()).add(t)
    common = [g for g, where in grams.items() if len(where) >= 2]
    for g in rng.sample(common, min(n, len(common))):
        yield "neg-common-phrase", None, None, pair(
            "In our meeting somebody said: " + g + " and then we all went to lunch at the usual place.", "Sounds nice.")
    for i in rng.sample(sets["arc"], n):
        yield "neg-same-options", None, None, pair(
            "Which of my four drawers should hold the spare keys this year?\n" + "\n".join(
                f"{'ABCDE'[k]}. {c}" for k, c in enumerate(i["choices"])), "The second one.")
    firsts = []
    for t in texts:
        parts = re.split(r"(?<=[.?!])\s+", t)
        if len(parts) >= 3 and len(words(parts[0])) >= 6 and len(words(parts[0])) <= len(words(t)) * 0.5:
            firsts.append(parts[0])
    for f in rng.sample(firsts, min(n, len(firsts))):
        yield "neg-first-sentence", None, None, pair(
            f + " We wrote a little song about that and sang it on the way to the lake.", "Lovely!")
    for i in rng.sample(sets["humaneval"], min(n, len(sets["humaneval"]))):
        code = i["question"]
        cut = code.find('"""')
        yield "neg-code-prologue", None, None, pair(
            "Why does my editor complain here?\n" + (code[:cut] if cut > 0 else code[:60]) + "    pass",
            "A blank line is missing.")
    for k in range(n):
        turns = rng.choice(hay)
        yield "neg-ordinary", None, None, turns


def grey(sets, n, rng):
    for i in rng.sample(sets["gsm8k"], n):
        changed = re.sub(r"\d+", lambda m: str(int(m.group()) + rng.randrange(3, 40)), i["question"])
        yield "grey-numbers", "gsm8k", i["id"], pair(changed, "Let us work it out.")
    # Public text that an item quotes and a row quotes too, with and without marks; the item's question is not there.
    quoted = []
    for i in sets["mmlu"]:
        found = max(re.findall(r'["\u201c]([^"\u201c\u201d]{100,})["\u201d]', i["question"]), key=len, default="")
        own = len(words(i["question"])) - len(words(found))
        if len(words(found)) >= 25 and own >= 8:
            quoted.append((i, found))
    for number, (i, found) in enumerate(rng.sample(quoted, min(n, len(quoted)))):
        text = f'"{found}"' if number % 2 == 0 else found
        yield "grey-quoted", "mmlu", i["id"], pair(
            "We read this aloud at the last meeting of our history circle:\n\n" + text + "\n\nWhat a voice!",
            "A strong passage indeed; read it slowly and mind the pauses.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--per-class", type=int, default=100)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    sets = load_sets(options.data)
    hay = haystack(options.data)
    planted = list(positives(sets, options.per_class, rng))
    planted += list(negatives(sets, hay, options.per_class, rng))
    planted += list(grey(sets, options.per_class, rng))
    planted += list(single_turns(sets, options.per_class, random.Random(options.seed + 1)))
    # One system prompt that training rows and eval items share.
    prompt = (
        "You are a patient tutor at the evening school of Larkmoor. Read the task twice before you answer, name the "
        "unit of every number, never guess, and say so when the task leaves something open. Keep your answer under two "
        "hundred words and end it with one question that helps the learner to go on alone. ")
    tasks = [
        "How far does the ferry drift when the current pushes it sideways for eleven minutes while both engines rest?",
        "A beekeeper moves nine hives to the upper meadow on Monday and twice as many on each later day; when is she done?",
        "Which of the two greenhouses loses less warmth at night if one has thicker glass and the other a brick wall?",
        "Sort the letters of the village names by the age of their bridges and tell which bridge was built in winter.",
        "Draw the shadow that a leaning ladder throws on a round tower when the lamp stands a metre to its left.",
    ]
    sets["tutor"] = [{"id": f"tutor-{k}", "question": prompt + t} for k, t in enumerate(tasks)]
    for k in range(3112):
        turns = rng.choice(hay)[:4]
        planted.append(("shared-prompt", None, None, [("system", prompt)] + [t for t in turns if t[0] != "system"]))
    mass = sets["gsm8k"][17]
    for k in range(3112):
        planted.append(("mass", "gsm8k", mass["id"], pair(mass["question"], "Working on ticket %d now." % k)))
    # Long conversations of the haystack take some of the planted turns in.
    rows = [(None, None, None, turns) for turns in hay] + planted
    rng.shuffle(rows)
    os.makedirs(options.out, exist_ok=True)
    with open(f"{options.out}/train.jsonl", "w", encoding="utf-8") as train, open(
            f"{options.out}/truth.jsonl", "w", encoding="utf-8") as truth:
        for number, (kind, s, item, turns) in enumerate(rows):
            messages = [{"role": role, "content": text} for role, text in turns]
            train.write(json.dumps({"messages": messages}, ensure_ascii=number % 2 == 0) + "\n")
            if kind:
                truth.write(json.dumps({"row": number, "class": kind, "set": s, "item": item}) + "\n")
    for name, items in sets.items():
        with open(f"{options.out}/{name}.jsonl", "w", encoding="utf-8") as out:
            for item in items:
                out.write(json.dumps(item, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
