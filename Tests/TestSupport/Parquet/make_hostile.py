"""Makes Parquet files that cost more than they seem to, or whose footer lies.

    make_hostile.py FOLDER
"""

import struct
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

# Types of Thrift's compact protocol.
I32, I64, BINARY, LIST, STRUCT = 5, 6, 8, 9, 12
INT32, BYTE_ARRAY = 1, 6
UTF8 = 0


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def number(value):
    return varint(value << 1 if value >= 0 else (-value << 1) - 1)


def record(*fields):
    """A struct of (id, type, bytes), ids ascending by less than 16."""
    out, last = b"", 0
    for identifier, kind, payload in fields:
        out += bytes([identifier - last << 4 | kind]) + payload
        last = identifier
    return out + b"\0"


def records(count, payload):
    """A list of structs of which the bytes are given."""
    return b"\xfc" + varint(count) + payload


def element(name, kind=None, children=None, converted=None):
    fields = [(1, I32, number(kind))] if kind is not None else []
    fields += [(3, I32, number(0)), (4, BINARY, varint(len(name)) + name)]
    if children is not None:
        fields.append((5, I32, number(children)))
    if converted is not None:
        fields.append((6, I32, number(converted)))
    return record(*fields)


def footer(columns, rows=0, groups=(0, b"")):
    schema = element(b"root", children=len(columns)) + b"".join(columns)
    return record(
        (1, I32, number(1)), (2, LIST, records(len(columns) + 1, schema)), (3, I64, number(rows)),
        (4, LIST, records(*groups)))


def write(path, data):
    path.write_bytes(b"PAR1" + data + struct.pack("<I", len(data)) + b"PAR1")


def make_footers(folder):
    text = element(b"text", BYTE_ARRAY, converted=UTF8)
    write(folder / "wide.parquet", footer([element(b"c%d" % i, INT32) for i in range(900_000)]))
    empty = record((1, LIST, records(0, b"")), (2, I64, number(0)), (3, I64, number(0)))
    write(folder / "groups.parquet", footer([text], groups=(2_000_000, empty * 2_000_000)))
    chunk = record((2, I64, number(4)))
    group = record((1, LIST, records(1000, chunk * 1000)), (2, I64, number(0)), (3, I64, number(0)))
    write(folder / "chunks.parquet", footer([text], groups=(3000, group * 3000)))
    # A list that says it holds numbers, where Arrow reads structs whatever it says.
    disguised = footer([text]).replace(b"\x19\xfc", b"\x19\xf5", 1)
    write(folder / "disguised.parquet", disguised)
    write(folder / "nogroups.parquet", footer([text], rows=1000))
    # Rows of no column, more than can be given.
    group = record((1, LIST, records(0, b"")), (2, I64, number(0)), (3, I64, number(1 << 50)))
    write(folder / "nothing.parquet", footer([], groups=(1, group)))


def make_claims(folder):
    """Row groups of 1,000 rows in all, and a footer that says otherwise."""
    path = folder / "claims1000.parquet"
    pq.write_table(pa.table({"text": [f"row {i} of some text" for i in range(1000)]}), path, row_group_size=100)
    data = path.read_bytes()
    start = len(data) - 8 - struct.unpack("<I", data[-8:-4])[0]
    # The third field of the footer, behind the schema: a number of 64 bits.
    own = b"\x16" + number(1000)
    for claim in [3000, 500]:
        at = data.index(own, start)
        other = b"\x16" + number(claim)
        assert len(other) == len(own)
        (folder / f"claims{claim}.parquet").write_bytes(data[:at] + other + data[at + len(own):])


def make_large(folder):
    """Few bytes that stand for many rows, none of which is UTF-8; and many columns that are read all the same."""
    rows = [b"caf\xe9 number %d " % i + b"x" * 1000 for i in range(60_000)]
    table = pa.table({"text": pa.array(rows, type=pa.binary()).view(pa.string())})
    pq.write_table(table, folder / "latin.parquet", compression="zstd", row_group_size=20_000)
    names = [f"c{i}" for i in range(20_000)]
    pq.write_table(
        pa.table({name: pa.array([1, 2, 3], type=pa.int32()) for name in names}),
        folder / "columns20000.parquet", use_dictionary=False)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    make_footers(folder)
    make_claims(folder)
    make_large(folder)


main()
