#!/usr/bin/env python3
"""Near-duplicates of a JSONL corpus with rensa, as its documentation recommends.

usage: rensa_dedup.py CORPUS.jsonl REMOVED.txt [--text FIELD] [--num-bands N]

The documented way to keep unique rows is `RMinHashDeduplicator(threshold, num_perm, use_lsh=True)` fed by
`add_pairs`. rensa takes token lists, so that normalising and shingling are ours and in Python: that is what
its user writes too. Its faster "rho" batch pipeline flags every row of a group, the first included, and so
says only that a row has a partner, not which row to remove: it is not used here.

REMOVED.txt: 0-based numbers of the removed rows, one a line, ascending.
"""
import argparse
import json
import re
import unicodedata

from rensa import RMinHashDeduplicator

WORD = re.compile(r"\w+")
SHINGLE_WORDS = 5
PERMUTATIONS = 128


def shingles(text):
    """Word 5-grams of the NFKC, case-folded text; a shorter text is one shingle of all its words."""
    words = WORD.findall(text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold())
    if len(words) < SHINGLE_WORDS:
        return [" ".join(words)]
    return [" ".join(words[start:start + SHINGLE_WORDS]) for start in range(len(words) - SHINGLE_WORDS + 1)]


def keyed_rows(path, field):
    """Yields (row number, shingles): `add_pairs` consumes it row by row, so that no row is held."""
    with open(path, encoding="utf-8") as corpus:
        for number, line in enumerate(corpus):
            yield str(number), shingles(json.loads(line)[field])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("removed")
    parser.add_argument("--text", default="text")
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--num-bands", type=int, default=None, help="default: rensa's own choice (8 at 0.8)")
    options = parser.parse_args()

    deduplicator = RMinHashDeduplicator(
        threshold=options.threshold, num_perm=PERMUTATIONS, use_lsh=True, num_bands=options.num_bands)
    kept = deduplicator.add_pairs(keyed_rows(options.corpus, options.text))
    with open(options.removed, "w", encoding="ascii") as removed:
        removed.writelines(f"{number}\n" for number, is_kept in enumerate(kept) if not is_kept)


main()
