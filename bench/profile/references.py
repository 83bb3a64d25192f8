#!/usr/bin/env python3
"""Writes the reference rates: references.py ASSAY DATA > Sources/LanguageProfile/Words/references.tsv

Profiles public corpora and keeps, by feature, the rate of their turns: aggregates alone, no text."""
import json
import pathlib
import subprocess
import sys
import tempfile

assay, data = sys.argv[1], pathlib.Path(sys.argv[2])
CORPORA = [
    ("typed support queries", "user", [("support/banking77_train.jsonl.zst", "text"),
                                       ("support/restaurant8k_train_0.jsonl.zst", "userInput")]),
    ("written dialogue", "assistant", [("perf", None)]),
]

print("# Rates of features by turn: corpus, role, feature, turns, rate. Measured by bench/profile/references.py.")
print("# typed support queries: banking77 train and restaurant8k train_0, user turns (PolyAI-LDN/task-specific-datasets, "
      "CC BY 4.0).")
print("# written dialogue: the system side of SGD train (google-research-datasets/dstc8-schema-guided-dialogue, "
      "CC BY-SA 4.0).")
for name, role, sources in CORPORA:
    hits, turns = {}, 0
    for path, field in sources:
        with tempfile.TemporaryDirectory() as scratch:
            options = ["--prompt", field] if field else []
            subprocess.run([assay, "profile", str(data / path), *options, "--out", scratch + "/run", "--quiet"],
                           check=True, stdout=subprocess.DEVNULL)
            profile = json.load(open(scratch + "/run/summary.json", encoding="utf-8"))["languageProfile"]
        turns += next(item["turns"] for item in profile["lengths"] if item["role"] == role)
        for feature in profile["features"]:
            for rate in feature["roles"]:
                if rate["role"] == role:
                    hits[feature["id"]] = hits.get(feature["id"], 0) + rate["hits"]
    for feature, count in sorted(hits.items()):
        print(f"{name}\t{role}\t{feature}\t{turns}\t{count / turns:.6f}")
