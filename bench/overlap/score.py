#!/usr/bin/env python3
"""Scores a run of `assay overlap` on planted.py's haystack: recall by class, wrong finds, right items.

    score.py OUT RUN
"""
import collections
import json
import subprocess
import sys

BARS = {
    "verbatim": 98, "embedded": 98, "few-shot": 98, "few-shot-user": 98, "markup": 98, "json-escaped": 98, "question-only": 98, "split": 98,
    "unicode": 98, "case": 98, "typos-7": 95, "drops-10": 90, "chat-interleaved": 90, "short-with-answer": 90,
    "answer-only": 90, "mass": 98, "first-turn": 98,
}
LABELS = {"template-mate", "common-source"}


def main():
    out, run = sys.argv[1:3]
    truth = {}
    for line in open(f"{out}/truth.jsonl", encoding="utf-8"):
        record = json.loads(line)
        truth[record["row"]] = record
    lines = subprocess.run(
        ["zstd", "-dc", f"{run}/overlaps.jsonl.zst"], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    found = collections.defaultdict(list)
    for line in lines:
        record = json.loads(line)
        found[record["row"]["ordinal"]].append(record)
    totals, hits, right, verdicts = (collections.Counter() for _ in range(4))
    by_class = collections.defaultdict(collections.Counter)
    labels = collections.Counter()
    right_hits = all_hits = 0
    for row, record in truth.items():
        kind = record["class"]
        totals[kind] += 1
        flagged = [f for f in found.get(row, []) if f["verdict"] not in LABELS]
        if kind == "shared-prompt":  # the turns below the prompt are ordinary rows
            flagged = [f for f in flagged if f["eval"]["set"] == "tutor"]
        labels[kind] += any(f["verdict"] in LABELS for f in found.get(row, []))
        if flagged:
            hits[kind] += 1
            by_class[kind][min(flagged, key=lambda f: f["verdict"])["verdict"]] += 1
        if record["item"]:
            items = {f["eval"]["item"] for f in flagged}
            right[kind] += record["item"] in items
            if flagged:
                all_hits += 1
                right_hits += record["item"] in items
    wrong_rows = [row for row, f in found.items() if row not in truth and any(x["verdict"] not in LABELS for x in f)]
    failed = 0
    print(f"{'class':20} {'planted':>8} {'flagged':>8} {'right':>7} {'label':>6}  bar")
    for kind in sorted(totals):
        n = totals[kind]
        share, own = 100 * hits[kind] / n, 100 * right[kind] / n
        bar = ""
        if kind in BARS:
            ok = own >= BARS[kind]
            bar = f">= {BARS[kind]} {'ok' if ok else 'MISSED'}"
            failed += not ok
        elif kind.startswith("neg-"):
            ok = share <= 2
            bar = f"<= 2 {'ok' if ok else 'MISSED'}"
            failed += not ok
        elif kind == "grey-quoted":  # a label, never a flag
            ok = share <= 2 and labels[kind] >= 0.9 * n
            bar = f"<= 2, label >= 90 {'ok' if ok else 'MISSED'}"
            failed += not ok
        elif kind == "shared-prompt":
            ok = hits[kind] == 0
            bar = f"0 rows {'ok' if ok else 'MISSED'} ({hits[kind]})"
            failed += not ok
        print(f"{kind:20} {n:8} {share:8.1f} {own:7.1f} {100 * labels[kind] / n:6.1f}  {bar}  {dict(by_class[kind].most_common(4))}")
    print(f"right item among hits: {100 * right_hits / max(1, all_hits):.2f} % (bar 98)")
    print(f"haystack rows flagged, nothing planted: {len(wrong_rows)}: {sorted(wrong_rows)[:12]}")
    sys.exit(1 if failed or right_hits < 0.98 * all_hits else 0)


if __name__ == "__main__":
    main()
