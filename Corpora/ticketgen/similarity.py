"""Exact similarity of two rows, slow and plain: the yardstick that every planted pair is held against.

Normal form: NFKC, full case folding, white space runs to one space, ends trimmed. A side is the set of the
char-5 shingles of its turns; user and tool turns are the prompt side, assistant turns the response side.
"""

import hashlib
import json
import unicodedata

SHINGLE_LENGTH = 5


def normal_form(text):
    """The normal form of one turn."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def picture(address):
    """The compared text of an image: its type and the hash of its address."""
    return "<image_url> " + hashlib.sha256(address.encode()).hexdigest()[:16]


def turn_text(message):
    """The compared text of a message: text, parts by type and address, calls by name and arguments."""
    content = message.get("content")
    pieces = []
    if isinstance(content, str):
        pieces.append(content)
    for part in content if isinstance(content, list) else []:
        pieces.append(part["text"] if part["type"] == "text" else picture(part["image_url"]["url"]))
    for call in message.get("tool_calls", []):
        pieces.append(call["function"]["name"] + " " + call["function"]["arguments"])
    return " ".join(pieces)


def turns(fields):
    """(role, normal form) of each compared turn; system turns are left out."""
    spoken = [m for m in fields.get("messages", []) if m["role"] != "system"]
    return [(m["role"], normal_form(turn_text(m))) for m in spoken]


def shingles(fields):
    """(prompt, response): the shingle sets of a row; a turn shorter than a shingle counts as one."""
    sides = (set(), set())
    for role, text in turns(fields):
        side = sides[1 if role == "assistant" else 0]
        if text:
            side.update(text[i:i + SHINGLE_LENGTH] for i in range(max(1, len(text) - SHINGLE_LENGTH + 1)))
    return sides


def jaccard(left, right):
    """The Jaccard similarity of two sets; 1 for two empty ones."""
    union = len(left | right)
    return len(left & right) / union if union else 1.0


def similarity(left_fields, right_fields):
    """The similarity of two rows: that of the less similar side."""
    pairs = zip(shingles(left_fields), shingles(right_fields))
    return min(jaccard(left, right) for left, right in pairs)


def containment(part_fields, whole_fields):
    """The share of a row's shingles, of the less contained side, that another row has on the same side."""
    pairs = zip(shingles(part_fields), shingles(whole_fields))
    return min(len(part & whole) / max(1, len(part)) for part, whole in pairs)


def encode(fields, escape=False):
    """A row as JSON text without a line end; `escape` writes non-ASCII characters as \\u escapes."""
    return json.dumps(fields, ensure_ascii=escape)
