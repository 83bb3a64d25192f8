#!/usr/bin/env python3
"""Makes a haystack and an eval set of any size, to see how time and memory grow.

    growth.py OUT --rows N --items N

Words are made of syllables and drawn by Zipf's law; one row in a thousand holds an item. OUT gets `train.jsonl`
and `items.jsonl`.
"""
import argparse
import bisect
import itertools
import json
import os
import random



def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--items", type=int, required=True)
    options = parser.parse_args()
    rng = random.Random(11)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "is", "ol", "un")]
    words = sorted({"".join(rng.choice(syllables) for _ in range(rng.choice((1, 2, 2, 3, 3, 4)))) for _ in range(30000)})
    rng.shuffle(words)
    sums = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))

    def text(count):
        return " ".join(words[bisect.bisect(sums, rng.random() * sums[-1])] for _ in range(count))

    os.makedirs(options.out, exist_ok=True)
    kept = []
    with open(f"{options.out}/items.jsonl", "w", encoding="utf-8") as out:
        for number in range(options.items):
            item = {"id": f"made-{number}", "question": text(rng.randrange(14, 50)) + "?", "answer": text(rng.randrange(1, 30))}
            if len(kept) < 1000:
                kept.append(item)
            out.write(json.dumps(item) + "\n")
    with open(f"{options.out}/train.jsonl", "w", encoding="utf-8") as out:
        for number in range(options.rows):
            turns = [text(rng.randrange(10, 60)), text(rng.randrange(20, 120))]
            if number % 1000 == 500:
                item = kept[number // 1000 % len(kept)]
                turns = [item["question"], item["answer"]]
            roles = ("user", "assistant")
            out.write(json.dumps({"messages": [{"role": r, "content": t} for r, t in zip(roles, turns)]}) + "\n")


if __name__ == "__main__":
    main()
