#!/usr/bin/env python3
"""Known truth for `assay compare`: nulls, power, coverage, growth. Writes one JSON document of figures.

usage: check.py nulls   CORPUS.jsonl [--splits N]      random halves: areas, features, terms; rows two and four times
       check.py topics  CORPUS.jsonl --slice FIELD     halves of different topic mix, matched by the field
       check.py power   CORPUS.jsonl                   planted differences of known size
       check.py coverage CORPUS.jsonl --slice FIELD    eight values of the field taken from one side
       check.py pair    LEFT RIGHT                     the figures of one real pair
       check.py growth  CORPUS.jsonl --rows N          N made rows a side: seconds, peak memory
       check.py threads CORPUS.jsonl                   the same bytes for 1, 2, 4 and 8 threads
       check.py nearest CORPUS.jsonl --rows N          nearest rows of N a side against all cosines, one by one
options: --assay PATH  --work FOLDER  --text FIELD (text)  --peer PYTHON (one that has evidently, beside power)

CORPUS is JSONL with a text field. Random choices have fixed seeds. No row text is written.
"""
import argparse
import hashlib
import json
import math
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def write(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


class Bench:
    def __init__(self, arguments):
        self.arguments = arguments
        self.work = pathlib.Path(arguments.work or tempfile.mkdtemp(prefix="compare-bench-"))
        self.work.mkdir(parents=True, exist_ok=True)

    def compare(self, left, right, *options):
        """The comparison's figures of two lists of rows."""
        write(self.work / "left.jsonl", left)
        write(self.work / "right.jsonl", right)
        return self.run(self.work / "left.jsonl", self.work / "right.jsonl", *options)[0]

    def run(self, left, right, *options, out="run"):
        folder = self.work / out
        shutil.rmtree(folder, ignore_errors=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        done = subprocess.run(
            [self.arguments.assay, "compare", "--synthetic", str(left), "--production", str(right), "--text",
             self.arguments.text, "--quiet", "--out", str(folder), *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wall = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0:
            sys.exit(f"assay failed ({done.returncode}): {done.stderr}")
        figures = json.loads((folder / "summary.json").read_text())["comparison"]
        log = json.loads((folder / "run.log.json").read_text())
        cost = {"wall": round(wall, 2), "cpu": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
                "peakMiB": round(log.get("peakMemory", 0) / 2**20),
                "phases": {phase["name"]: round(phase["seconds"], 2) for phase in log.get("phases", [])}}
        return figures, cost


def areas(figures):
    return {name: figures[name]["auc"] for name in ("all", "content", "register")}


def standing(figures):
    return [feature["id"] for feature in figures["features"] if feature["stands"]]


def nulls(bench, rows):
    result = []
    for split in range(bench.arguments.splits):
        chance = random.Random(split)
        shuffled = rows[:]
        chance.shuffle(shuffled)
        half = len(shuffled) // 2
        left, right = shuffled[:half], shuffled[half:]
        for times in (1, 2, 4) if split < 3 else (1,):
            figures = bench.compare(left * times, right * times, "--seed", str(split))
            result.append({"split": split, "times": times, **areas(figures), "features": standing(figures),
                           "terms": len(figures["terms"]), "uncovered": sum(g["stands"] for g in figures["uncovered"]),
                           "missing": [s["id"] for s in figures["shapes"] if s["isMissing"]],
                           "nullLow": figures["all"]["nullLow"], "nullHigh": figures["all"]["nullHigh"]})
            print(json.dumps(result[-1]), file=sys.stderr, flush=True)
    single = [entry for entry in result if entry["times"] == 1]
    inside = sum(all(0.48 <= entry[name] <= 0.52 for name in ("all", "content", "register")) for entry in single)
    quiet = sum(not entry["features"] and not entry["terms"] for entry in single)
    return {"splits": len(single), "within .48-.52 (all three)": inside,
            "within, by test": {name: sum(0.48 <= e[name] <= 0.52 for e in single) for name in ("all", "content", "register")},
            "no feature and no term": quiet, "runs": result}


def topics(bench, rows):
    field = bench.arguments.slice
    values = sorted({row[field] for row in rows})
    result = []
    for split in range(5):
        chance = random.Random(100 + split)
        share = {value: chance.choice((0.2, 0.8)) for value in values}
        left = [row for row in rows if chance.random() < share[row[field]]]
        taken = {id(row) for row in left}
        right = [row for row in rows if id(row) not in taken]
        figures = bench.compare(left, right, "--slice", field)
        result.append({"split": split, **areas(figures),
                       "matched": {name: figures[name]["matchedAuc"] for name in ("all", "content", "register")}})
        print(json.dumps(result[-1]), file=sys.stderr, flush=True)
    return {"runs": result}


def degrade(text, chance):
    """As typed in haste: small letters, no final mark, a letter lost or doubled in some words."""
    words = []
    for word in re.sub(r"[.,!?']", "", text.lower()).split():
        if len(word) > 3 and chance.random() < 0.25:
            at = chance.randrange(1, len(word) - 1)
            word = word[:at] + chance.choice(("", word[at] * 2)) + word[at + 1:]
        words.append(word)
    return " ".join(words)


def power(bench, rows):
    name = bench.arguments.text
    chance = random.Random(7)
    shuffled = rows[:]
    chance.shuffle(shuffled)
    half = len(shuffled) // 2
    left, right = shuffled[:half], shuffled[half:]
    result = {}

    def case(title, a, b):
        figures = bench.compare(a, b)
        result[title] = {**areas(figures), "rows": [len(a), len(b)], "apart": figures["apart"],
                         "features": standing(figures)[:6], "terms": [t["term"] for t in figures["terms"][:5]]}
        if bench.arguments.peer:
            peer = subprocess.run(
                [bench.arguments.peer, str(pathlib.Path(__file__).with_name("evidently_drift.py")),
                 str(bench.work / "left.jsonl"), str(bench.work / "right.jsonl"), "--text", name],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            result[title]["evidently"] = json.loads(peer.stdout) if peer.returncode == 0 else "failed"
        print(title, json.dumps(result[title]), file=sys.stderr, flush=True)

    case("apology before every row", [{**row, name: "I'm sorry to bother you, but " + row[name]} for row in left], right)
    case("lower-cased, unpunctuated copies", [{**row, name: re.sub(r"[^\w\s]", "", row[name].lower())} for row in left], right)
    for share in (0.10, 0.05):
        few = left[:2000]
        bad = set(chance.sample(range(len(few)), int(len(few) * share)))
        mixed = [{**row, name: degrade(row[name], chance)} if at in bad else row for at, row in enumerate(few)]
        case(f"{share:.0%} degraded rows of 2,000", mixed, right[:2000])
    return result


def coverage(bench, rows):
    field = bench.arguments.slice
    values = sorted({row[field] for row in rows})
    result = []
    for split in range(5):
        chance = random.Random(200 + split)
        gone = set(chance.sample(values, 8))
        shuffled = rows[:]
        chance.shuffle(shuffled)
        half = len(shuffled) // 2
        left = [row for row in shuffled[:half] if row[field] not in gone]
        entry = {"split": split}
        for title, options in (("by slice", ["--slice", field]), ("by words", [])):
            right = shuffled[half:] if options else [{bench.arguments.text: row[bench.arguments.text]} for row in shuffled[half:]]
            own = left if options else [{bench.arguments.text: row[bench.arguments.text]} for row in left]
            figures = bench.compare(own, right, *options)
            if options:
                # By the lexical gap alone; that a slice has no row at all would be too easy a sign.
                groups = sorted(figures["uncovered"], key=lambda g: g["matchedNearest"] - g["ownNearest"])
                order = [group["value"] for group in groups]
                ranks = [order.index(value) for value in gone if value in order]
                entry["bottom 8"] = sum(rank < 8 for rank in ranks)
                entry["stand"] = [g["value"] in gone for g in groups if g["stands"]].count(True)
                entry["stand wrongly"] = [g["value"] in gone for g in groups if g["stands"]].count(False)
                # Area of the ranking: pairs of a missing and a present value in the right order.
                wrong = sum(rank - earlier for earlier, rank in enumerate(sorted(ranks)))
                absent = len(gone) - len(ranks)
                pairs = len(gone) * (len(values) - len(gone))
                entry["slice auc"] = round(1 - (wrong + absent * (len(values) - len(gone))) / pairs, 4)
            else:
                entry["uncovered share, by words"] = figures["coverage"]["uncoveredShare"]
            entry[f"truly uncovered share"] = round(sum(row[field] in gone for row in shuffled[half:]) / (len(shuffled) - half), 4)
        result.append(entry)
        print(json.dumps(entry), file=sys.stderr, flush=True)
    return {"runs": result}


def growth(bench, rows):
    name = bench.arguments.text
    words = sorted({word for row in rows for word in row[name].split()})
    texts = [row[name] for row in rows]
    paths = []
    for side in ("left", "right"):
        chance = random.Random(side)
        path = bench.work / f"grown-{side}.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            for _ in range(bench.arguments.rows):
                parts = chance.choice(texts).split()
                parts[chance.randrange(len(parts))] = chance.choice(words)
                file.write(json.dumps({name: " ".join(parts)}, ensure_ascii=False) + "\n")
        paths.append(path)
    result = []
    for _ in range(bench.arguments.runs):
        figures, cost = bench.run(*paths)
        result.append({**cost, **areas(figures)})
        print(json.dumps(result[-1]), file=sys.stderr, flush=True)
    return {"rows a side": bench.arguments.rows, "bytes": [path.stat().st_size for path in paths], "runs": result}


def threads(bench, rows):
    half = len(rows) // 2
    write(bench.work / "left.jsonl", rows[:half])
    write(bench.work / "right.jsonl", rows[half:])
    digests = {}
    for count in (1, 2, 4, 8):
        bench.run(bench.work / "left.jsonl", bench.work / "right.jsonl", "--threads", str(count), out=f"run{count}")
        folder = bench.work / f"run{count}"
        digests[count] = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())
                          if path.is_file() and path.name not in ("run.log.json",)}
    first = digests[1]
    return {"files": sorted(first), "same": all(digest == first for digest in digests.values())}


def nearest(bench, rows):
    """The nearest rows of the run against all cosines of words and pairs of words; of ASCII texts, which fold simply."""
    texts = [row for row in rows if row[bench.arguments.text].isascii()]
    chance = random.Random(11)
    chance.shuffle(texts)
    count = min(bench.arguments.rows, len(texts) // 2)
    left, right = texts[:count], texts[count:2 * count]
    bench.compare(left, right)
    packed = subprocess.run(["zstd", "-qdc", str(bench.work / "run" / "nearest.jsonl.zst")], stdout=subprocess.PIPE, check=True)
    found = {line["ordinal"]: line for line in map(json.loads, packed.stdout.decode().splitlines())}

    def features(row):
        words = re.findall(r"\w+", row[bench.arguments.text].lower())
        return set(words) | set(zip(words, words[1:]))

    sides = [[features(row) for row in side] for side in (left, right)]
    counts = {}
    for row in sides[1]:
        for feature in row:
            counts[feature] = counts.get(feature, 0) + 1
    weight = lambda feature: (math.log((count + 1) / (counts.get(feature, 0) + 1)) + 1) ** 2
    lengths = [[math.sqrt(sum(map(weight, row))) for row in side] for side in sides]
    worst = {"similarity": 0.0, "ownSimilarity": 0.0}
    wrong = 0
    for ordinal, row in enumerate(sides[1]):
        def cosines(side):
            return [sum(map(weight, row & other)) / (lengths[1][ordinal] * length) if length and row else 0
                    for other, length in zip(sides[side], lengths[side])]
        others = cosines(0)
        own = [value for place, value in enumerate(cosines(1)) if place != ordinal and value < 0.9 - 1e-6]
        line = found[ordinal]
        worst["similarity"] = max(worst["similarity"], abs(line["similarity"] - max(others)))
        worst["ownSimilarity"] = max(worst["ownSimilarity"], abs(line["ownSimilarity"] - max(own, default=0)))
        if line["nearest"] and others[line["nearest"]["ordinal"]] < max(others) - 1e-5:
            wrong += 1
    return {"rows a side": count, "largest difference": worst, "nearest rows that are not": wrong}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("suite", choices=["nulls", "topics", "power", "coverage", "pair", "growth", "threads", "nearest"])
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--assay", default=str(pathlib.Path(__file__).resolve().parents[2] / ".build/release/assay"))
    parser.add_argument("--work")
    parser.add_argument("--peer")
    parser.add_argument("--text", default="text")
    parser.add_argument("--slice")
    parser.add_argument("--splits", type=int, default=20)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    bench = Bench(arguments)
    if arguments.suite == "pair":
        figures, cost = bench.run(*arguments.corpora)
        result = {**areas(figures), "verdict": figures["verdict"], "features": standing(figures), **cost}
    else:
        suites = {"nulls": nulls, "topics": topics, "power": power, "coverage": coverage, "growth": growth, "threads": threads,
                  "nearest": nearest}
        result = suites[arguments.suite](bench, read(arguments.corpora[0]))
    print(json.dumps(result, indent=1))
    if not arguments.work:
        shutil.rmtree(bench.work)


if __name__ == "__main__":
    main()
