"""Placing rows in shards, and writing shards in their compressions."""

import gzip
import io
import subprocess

from .similarity import encode

ARRAY_SHARD = "macros.json"
SHARES = {
    "tickets-00000-of-00004.jsonl": 0.25, "tickets-00001-of-00004.jsonl.gz": 0.30,
    "tickets-00002-of-00004.jsonl.zst": 0.30, "tickets-00003-of-00004.jsonl": 0.15,
}
ARRAY_EXTRA_ROWS = 20  # ordinary rows beside the macro replies in the JSON array
BLANK_EVERY = 211  # rows between two blank lines
CRLF_ROWS = range(100, 160)  # in the first shard
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # at the head of the last shard


def place(corpus, rng):
    """Shard name -> its rows in order. `corpus.first` rows open their shards; all others are shuffled."""
    names = list(SHARES)
    heads = {name: [] for name in names}
    for shard_index, row in corpus.first:
        heads[names[shard_index]].append(row)
    placed = {id(row) for rows in heads.values() for row in rows} | {id(row) for row in corpus.macros}
    rest = [row for row in corpus.rows if id(row) not in placed]
    rng.shuffle(rest)
    array = list(corpus.macros)
    for row in list(rest):
        if len(array) == len(corpus.macros) + ARRAY_EXTRA_ROWS:
            break
        if row.fields and "conversation_id" in row.fields and not row.escape:
            array.append(row)
            rest.remove(row)
    rng.shuffle(array)
    shards = {ARRAY_SHARD: array}
    taken = 0
    for index, name in enumerate(names):
        end = len(rest) if index == len(names) - 1 else taken + round(SHARES[name] * len(rest))
        shards[name] = heads[name] + rest[taken:end]
        taken = end
    return shards


def row_bytes(row):
    """A row's line without its end."""
    return row.raw if row.raw is not None else encode(row.fields, row.escape).encode("utf-8")


def json_lines(name, rows):
    """The content of a JSONL shard, with blank lines, CRLF stretch, byte order mark, missing last newline."""
    first, last = name == list(SHARES)[0], name == list(SHARES)[-1]
    pieces = [BYTE_ORDER_MARK] if last else []
    for ordinal, row in enumerate(rows):
        end = b"\r\n" if first and ordinal in CRLF_ROWS else b"\n"
        if ordinal % BLANK_EVERY == BLANK_EVERY - 1:
            pieces.append(end)
        pieces += [row_bytes(row), end]
    return b"".join(pieces[:-1] if last else pieces)


def content(name, rows):
    """The uncompressed content of a shard."""
    if name == ARRAY_SHARD:
        return b"[\n  " + b",\n  ".join(row_bytes(row) for row in rows) + b"\n]\n"
    return json_lines(name, rows)


def gzip_member(data):
    """One gzip member without a time or a name."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as stream:
        stream.write(data)
    return buffer.getvalue()


def compressed(name, data):
    """`data` in the compression that the shard's name says; gzip in two members, zstd with a checksum."""
    if name.endswith(".gz"):
        half = len(data) // 2
        return gzip_member(data[:half]) + gzip_member(data[half:])
    if name.endswith(".zst"):
        command = ["zstd", "-3", "--no-progress", "-q", "--check", "--single-thread", "-c"]
        return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout
    return data
