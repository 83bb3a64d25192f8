#!/usr/bin/env python3
"""The domain classifier of evidently's text drift on two JSONL files, as its users call it.

usage: evidently_drift.py LEFT.jsonl RIGHT.jsonl [--text FIELD]    prints one JSON line
"""
import argparse
import json

import pandas
from evidently.legacy.utils.data_drift_utils import calculate_text_drift_score


def read(path, field):
    with open(path, encoding="utf-8") as file:
        return pandas.Series([json.loads(line)[field] for line in file if line.strip()])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("left")
    parser.add_argument("right")
    parser.add_argument("--text", default="text")
    arguments = parser.parse_args()
    left, right = read(arguments.left, arguments.text), read(arguments.right, arguments.text)
    # The second value says whether the area lies beyond that of a random classifier.
    score, drifted = calculate_text_drift_score(left, right, bootstrap=True)
    print(json.dumps({"auc": round(float(score), 4), "drift": bool(drifted)}))


if __name__ == "__main__":
    main()
