#!/usr/bin/env python3
"""Near-duplicates of a JSONL corpus with daft, after its MinHash tutorial.

usage: daft_dedup.py CORPUS.jsonl REMOVED.txt [--text FIELD] [--normalise native|nfkc]

The tutorial's steps: normalise, `minhash` over word 5-grams with xxhash, bands by `optimal_param`, explode,
group by (band number, band), edges to each group's smallest row, connected components, keep each component's
smallest row. Two changes, both in daft's favour: the band number comes from a literal, not from a Python
function called for each row; the components from a union-find over the edges, not from repeated joins.

Candidates are not verified, as in the tutorial. A text shorter than a shingle is one shingle (daft's own rule).
`--normalise nfkc` costs a Python function; `native` is the tutorial's normalising and the faster of the two.

REMOVED.txt: 0-based numbers of the removed rows, one a line, ascending.
"""
import argparse
import re
import unicodedata

import daft
from daft import DataType, col
from daft.functions import minhash, monotonically_increasing_id, normalize

SHINGLE_WORDS = 5
# The tutorial's `optimal_param(0.8, 128)` (equal weights): 9 bands of 13 rows; the other 11 of the 128
# permutations would never be read, and are not computed.
BANDS, ROWS_PER_BAND = 9, 13
WORD = re.compile(r"\w+")


@daft.func.batch(return_dtype=DataType.string())
def folded_words(texts):
    """The words (runs of `\\w`) of the NFKC, case-folded texts, one space between two."""
    return [
        " ".join(WORD.findall(text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()))
        for text in texts.to_pylist()
    ]


def edges(path, field, normal_form):
    """Candidate pairs (smallest row of a band's group, another row of it), repeats removed."""
    rows = daft.read_json(path).select(col(field).alias("text"))
    rows = rows.with_column("row", monotonically_increasing_id())
    # Materialised here: where nothing downstream needs an order, daft numbers rows in the order in which its
    # parallel stages finish, and the numbers would not be the corpus's.
    rows = rows.collect()
    last = rows.agg(col("row").max()).to_pydict()["row"][0]
    if last != len(rows) - 1:
        raise SystemExit(f"rows are numbered to {last}, but there are {len(rows)}: the corpus was read in parts")
    rows = rows.with_column("text", normal_form(col("text")))
    signature = minhash(
        col("text"), num_hashes=BANDS * ROWS_PER_BAND, ngram_size=SHINGLE_WORDS, seed=42, hash_function="xxhash")
    bands = (
        rows.select("row", signature.alias("signature"))
        .select("row", col("signature").chunk(ROWS_PER_BAND).alias("band"),
                daft.lit(list(range(BANDS))).alias("band_number"))
        .explode("band", "band_number"))
    groups = bands.groupby("band_number", "band").agg(col("row").list_agg().alias("rows"))
    groups = groups.where(col("rows").list_count() > 1)
    pairs = (
        groups.with_column("smallest", col("rows").list_min())
        .explode("rows")
        .select("smallest", "rows")
        .where(col("smallest") != col("rows"))
        .distinct())
    return pairs.to_pydict()


def components(smaller, larger):
    """Root of every row that an edge names; a root is its component's smallest row."""
    parent = {}

    def root(row):
        while (above := parent.setdefault(row, row)) != row:
            parent[row] = parent[above]
            row = above
        return row

    for left, right in zip(smaller, larger):
        left, right = root(left), root(right)
        if left != right:
            parent[max(left, right)] = min(left, right)
    return {row: root(row) for row in parent}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus")
    parser.add_argument("removed")
    parser.add_argument("--text", default="text")
    parser.add_argument("--normalise", choices=("native", "nfkc"), default="nfkc",
                        help="nfkc: as the other runners; native: daft's own, which drops punctuation")
    options = parser.parse_args()

    if options.normalise == "nfkc":
        normal_form = folded_words
    else:
        def normal_form(text):
            return normalize(text, remove_punct=True, lowercase=True, nfd_unicode=True, white_space=True)
    daft.set_runner_native()
    found = edges(options.corpus, options.text, normal_form)
    roots = components(found["smallest"], found["rows"])
    with open(options.removed, "w", encoding="ascii") as removed:
        removed.writelines(f"{row}\n" for row in sorted(row for row, root in roots.items() if root != row))


main()
