#!/usr/bin/env python3
"""Writes N rows made from one template, any two of them at char-5 Jaccard of about 0.7 on each side.

usage: template_rows.py N OUT.jsonl [--single] [--seed S] [--check PAIRS]

All pairs are candidates of a 20 x 6 banding with probability 0.92, and none is a duplicate at 0.8: the case
that makes a pairwise scan quadratic. Without --single a row is a chat with both sides from a template, with it
a single `text` field. --check prints the distribution of exact char-5 Jaccard over sampled pairs of rows.
"""
import argparse
import json
import random

from made_words import made_word

PROMPT = (
    "Hello, I am writing about the {0} that I ordered through your online shop two weeks ago. The confirmation "
    "said that it would be packed by {1} and handed to the courier on the next working day, but the tracking page "
    "still shows nothing more than {2}. I have tried the help line several times and was told each time that {3} "
    "would call me back. Please tell me where the parcel is, and send it to {4} if that is still possible.")
RESPONSE = (
    "Thank you for getting in touch, and I am sorry that you have had to wait. I have looked into the matter and "
    "can see that the {0} left our warehouse as planned, and that the carrier {1} scanned it once. To put this "
    "right I have opened an investigation with {2} and asked them to answer within one working day. If the parcel "
    "does not arrive by then we will send a replacement by {3} at no cost to you, and I will write to you again "
    "from {4} as soon as there is any news.")


def filled(template, rng):
    """The template with made-up slot words of 9 to 13 letters: about 76 shingles of a side's 450 are its own."""
    return template.format(*(made_word(rng, rng.randint(9, 13)) for _ in range(5)))


def rows(count, single, seed):
    for number in range(count):
        rng = random.Random(seed * 1_000_003 + number)
        prompt, response = filled(PROMPT, rng), filled(RESPONSE, rng)
        if single:
            yield {"id": str(number), "text": prompt + " " + response}
        else:
            yield {"id": str(number), "messages": [
                {"role": "user", "content": prompt}, {"role": "assistant", "content": response}]}


def sides(row):
    return [row["text"]] if "text" in row else [message["content"] for message in row["messages"]]


def shingles(text):
    folded = " ".join(text.casefold().split())
    return {folded[start:start + 5] for start in range(len(folded) - 4)}


def check(count, single, seed, pair_count):
    """Prints minimum, quartiles and maximum of the Jaccard of `pair_count` pairs, for each side."""
    sample = list(rows(min(count, 2_000), single, seed))
    rng = random.Random(seed)
    pairs = [rng.sample(sample, 2) for _ in range(pair_count)]
    for side in range(len(sides(sample[0]))):
        values = []
        for left, right in pairs:
            left, right = shingles(sides(left)[side]), shingles(sides(right)[side])
            values.append(len(left & right) / len(left | right))
        values.sort()
        points = [values[min(pair_count - 1, pair_count * quarter // 4)] for quarter in range(5)]
        print(f"side {side}: minimum, quartiles, maximum", " ".join(f"{value:.3f}" for value in points))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("out")
    parser.add_argument("--single", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", type=int, default=0, metavar="PAIRS")
    options = parser.parse_args()
    with open(options.out, "w", encoding="ascii", newline="\n") as out:
        for row in rows(options.count, options.single, options.seed):
            out.write(json.dumps(row, separators=(",", ":")) + "\n")
    if options.check:
        check(options.count, options.single, options.seed, options.check)


main()
