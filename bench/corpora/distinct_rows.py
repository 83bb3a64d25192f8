#!/usr/bin/env python3
"""Writes N distinct rows of 74 bytes: the counterpart of as many identical rows of that length.

usage: distinct_rows.py N OUT.jsonl [--identical] [--seed S]

A row is {"id":"....","text":"51 characters"}: made-up words, so that hardly any two rows share a char-5 shingle.
--identical writes one row N times instead.
"""
import argparse
import random

from made_words import made_word

TEXT_LENGTH = 51
WORD_LENGTHS = ((6, 8, 5, 9, 7, 11), (9, 4, 10, 6, 8, 9), (5, 11, 7, 8, 6, 9), (7, 7, 6, 10, 9, 7))
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def identifier(number):
    """Four base-36 digits: they run out after 1,679,616 rows and then start again."""
    return "".join(DIGITS[number // 36 ** place % 36] for place in (3, 2, 1, 0))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("out")
    parser.add_argument("--identical", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    assert all(sum(lengths) + len(lengths) - 1 == TEXT_LENGTH for lengths in WORD_LENGTHS)
    rng = random.Random(options.seed)
    seen = set()
    line = ""
    with open(options.out, "w", encoding="ascii", newline="\n") as out:
        for number in range(options.count):
            while not (options.identical and line):
                text = " ".join(made_word(rng, length) for length in rng.choice(WORD_LENGTHS))
                if text in seen:
                    continue
                seen.add(text)
                line = f'{{"id":"{identifier(number)}","text":"{text}"}}\n'
                break
            out.write(line)


main()
