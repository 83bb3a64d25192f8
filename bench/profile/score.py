#!/usr/bin/env python3
"""Scores flagged types against the gold list: score.py FORMS... where a file is misspellings.jsonl(.zst) or one type a
line. Exit 1 where the first file misses a bar (precision .95, recall .90 by type)."""
import json
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).parent


def lines(name):
    text = (here / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def flagged(path):
    if path.endswith(".zst"):
        text = subprocess.run(["zstd", "-qdc", path], check=True, capture_output=True).stdout.decode()
        forms = [json.loads(line) for line in text.splitlines()]
        return {form["wrong"]: form["right"] for form in forms if form["kind"] != "variant"}
    return {line.strip().lower(): "" for line in open(path, encoding="utf-8") if line.strip()}


gold = dict(line.split("->") for line in lines("gold.txt"))
accepted = set(lines("accepted.txt"))
failed = False
for number, path in enumerate(sys.argv[1:]):
    forms = {wrong: right for wrong, right in flagged(path).items() if wrong not in accepted}
    hits = set(forms) & set(gold)
    precision, recall = len(hits) / max(1, len(forms)), len(hits) / len(gold)
    print(f"{path}: {len(forms)} types, precision {precision:.3f}, recall {recall:.3f}")
    if number == 0:
        print("  wrong:", " ".join(f"{w}->{r}" for w, r in sorted(forms.items()) if w not in gold))
        print("  missed:", " ".join(sorted(set(gold) - set(forms))))
        print("  other right form:", " ".join(
            f"{w}->{forms[w]} ({gold[w]})" for w in sorted(hits) if forms[w] and forms[w] != gold[w]))
        failed = precision < 0.95 or recall < 0.90
sys.exit(1 if failed else 0)
