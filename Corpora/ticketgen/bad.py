"""Planted bad rows, rows that map to no text, and what stands between rows."""

from .rows import Row
from .similarity import encode

BAD_KINDS = (
    "unterminated JSON", "invalid UTF-8", "lone surrogate escape", "NaN is no JSON number", "not JSON",
)


def bad_line(kind, line, variant):
    """The good row `line` (bytes) damaged in the way that `kind` names; `variant` picks one of two forms."""
    if kind == "unterminated JSON":
        return line[:len(line) * 2 // 3] if variant else line[:-1]
    if kind == "invalid UTF-8":
        return line.replace(b". ", b"\xff " if variant else b" \xe2\x82 ", 1)
    if kind == "lone surrogate escape":
        return line.replace(b". ", b" \\ud83d " if variant else b" \\udc00\\ud800 ", 1)
    if kind == "NaN is no JSON number":
        return line[:-1] + (b', "score": NaN}' if variant else b', "score": [1, NaN]}')
    return b"--- export resumed ---" if variant else b"id,conversation_id,queue,tone,agent"


def plant_bad_rows(corpus, writer):
    """Two rows of each kind of damage; they go to quarantine."""
    for kind in BAD_KINDS:
        for variant in (0, 1):
            line = encode(writer.ticket().fields).encode("utf-8")
            row = Row(None, raw=bad_line(kind, line, variant))
            corpus.add(row)
            corpus.plant("bad row", row, None, "quarantine:" + kind)


def plant_without_text(corpus, writer):
    """Valid rows that map to no text: they are kept and never match."""
    for fields in ({"meta": 1}, {"meta": 1}, {"messages": []}, {"queue": "billing", "agent": "mira.kessel"}):
        row = corpus.add(Row(fields))
        corpus.plant("row without text", row, None, "withoutText")


def plant_all(corpus, writer):
    """Every kind of row of this file."""
    plant_bad_rows(corpus, writer)
    plant_without_text(corpus, writer)
