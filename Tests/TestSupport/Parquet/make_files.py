"""Makes the Parquet files of the tests, with the rows that are expected of them.

    make_files.py FOLDER
"""

import base64
import datetime
import decimal
import gzip
import json
import random
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma".split()


def text(seed, length=24):
    chooser = random.Random(seed)
    return " ".join(chooser.choice(WORDS) for _ in range(length))


def escaped(value):
    return json.dumps(value, ensure_ascii=False)


# The expected JSON of each type, by another way than the reader's.
def iso(value, unit, zone):
    digits = {"s": 0, "ms": 3, "us": 6, "ns": 9}[unit]
    seconds, rest = divmod(value, 10**digits)
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    fraction = f".{rest:0{digits}d}" if digits else ""
    return f'"{moment:%Y-%m-%dT%H:%M:%S}{fraction}{"Z" if zone else ""}"'


def number(value):
    if value != value:
        return '"NaN"'
    if value in (float("inf"), float("-inf")):
        return '"Infinity"' if value > 0 else '"-Infinity"'
    return repr(value)


def rendered(value, kind):
    if value is None:
        return "null"
    if pa.types.is_dictionary(kind):
        return rendered(value, kind.value_type)
    if pa.types.is_boolean(kind):
        return "true" if value else "false"
    if pa.types.is_floating(kind):
        # The 16 and 32 bit columns hold halves and quarters alone, whose shortest text is that of 64 bits.
        return number(float(value))
    if pa.types.is_decimal(kind):
        return f'"{value:f}"'
    if pa.types.is_date(kind):
        return f'"{value.isoformat()}"'
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return f'"{base64.b64encode(value).decode()}"'
    if pa.types.is_struct(kind):
        fields = [f"{escaped(f.name)}:{rendered(value[f.name], f.type)}" for f in kind]
        return "{" + ",".join(fields) + "}"
    if pa.types.is_map(kind):
        if pa.types.is_string(kind.key_type):
            pairs = [f"{escaped(k)}:{rendered(v, kind.item_type)}" for k, v in value]
            return "{" + ",".join(pairs) + "}"
        pairs = [
            f'{{"key":{rendered(k, kind.key_type)},"value":{rendered(v, kind.item_type)}}}' for k, v in value
        ]
        return "[" + ",".join(pairs) + "]"
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return "[" + ",".join(rendered(item, kind.value_type) for item in value) + "]"
    return escaped(value)


def column_text(column):
    kind = column.type
    if pa.types.is_timestamp(kind):
        numbers = column.cast(pa.int64()).to_pylist()
        return ["null" if n is None else iso(n, kind.unit, kind.tz) for n in numbers]
    if pa.types.is_time(kind):
        numbers = column.cast(pa.int32() if kind.bit_width == 32 else pa.int64()).to_pylist()
        return ["null" if n is None else '"' + iso(n, kind.unit, None)[12:] for n in numbers]
    return [rendered(value, kind) for value in column.to_pylist()]


def table_text(table):
    columns = [column_text(table.column(i)) for i in range(table.num_columns)]
    names = [escaped(name) for name in table.schema.names]
    return ["{" + ",".join(f"{n}:{v}" for n, v in zip(names, row)) + "}" for row in zip(*columns)]


def write_lines(path, lines):
    path.write_text("".join(line + "\n" for line in lines))


def types_table(rows):
    chat = pa.list_(
        pa.struct(
            [
                ("role", pa.string()),
                ("content", pa.large_string()),
                ("tool_calls", pa.list_(pa.struct([("name", pa.string()), ("arguments", pa.string())]))),
            ]
        )
    )
    def gaps(values, every):
        return [None if i % every == 3 else v for i, v in enumerate(values)]

    n = range(rows)
    calls = [[], None, [{"name": "f", "arguments": '{"a":1}'}]]
    return pa.table(
        {
            "id": [f"r{i}" for i in n],
            "messages": pa.array(
                gaps([[{"role": "user", "content": text(i), "tool_calls": calls[i % 3]},
                       {"role": "assistant", "content": 'é "\\\n\t\x01\x7f ' + text(-i), "tool_calls": None}]
                      for i in n], 11), chat),
            "empty\"name\n": pa.array(["" for _ in n]),
            "int8": pa.array(gaps([i % 256 - 128 for i in n], 7), pa.int8()),
            "int16": pa.array([i - 300 for i in n], pa.int16()),
            "int32": pa.array([-(2**31) + i for i in n], pa.int32()),
            "int64": pa.array([-(2**63) + i for i in n], pa.int64()),
            "uint8": pa.array([i % 256 for i in n], pa.uint8()),
            "uint64": pa.array([2**64 - 1 - i for i in n], pa.uint64()),
            "double": pa.array(gaps([i / 7 for i in n], 5), pa.float64()),
            "odd": pa.array([[float("nan"), float("inf"), float("-inf"), -0.0, 5e-324, 1e300][i % 6] for i in n]),
            "float": pa.array([i / 4 for i in n], pa.float32()),
            "half": pa.array([i / 2 for i in n], pa.float16()),
            "bool": pa.array(gaps([i % 2 == 0 for i in n], 5)),
            "decimal": pa.array([decimal.Decimal(i - 5) / 100 for i in n], pa.decimal128(20, 2)),
            "long": pa.array([decimal.Decimal(i - 5) * 10**38 for i in n], pa.decimal256(60, 0)),
            "date": pa.array([datetime.date(1900 + i % 200, 2, 1 + i % 28) for i in n]),
            "seconds": pa.array([(i - 9) * 86399 for i in n], pa.timestamp("ms")),
            "micro": pa.array([(i - 9) * 10**9 + 1 for i in n], pa.timestamp("us", tz="UTC")),
            "nano": pa.array(gaps([1700000000000000000 + i for i in n], 9), pa.timestamp("ns", tz="Asia/Tokyo")),
            "clock": pa.array([i * 1001 for i in n], pa.time32("ms")),
            "clock64": pa.array([i * 1001 for i in n], pa.time64("us")),
            "binary": pa.array(gaps([bytes([i % 256, 255, 0][: i % 4]) for i in n], 6), pa.binary()),
            "large": pa.array([bytes([i % 256]) for i in n], pa.large_binary()),
            "fixed": pa.array([bytes([i % 256] * 4) for i in n], pa.binary(4)),
            "dictionary": pa.array(gaps([WORDS[i % 18] for i in n], 8)).dictionary_encode(),
            "map": pa.array(gaps([[("k", i), ("l", None)] for i in n], 4), pa.map_(pa.string(), pa.int32())),
            "numbers": pa.array([[(i, "v")] for i in n], pa.map_(pa.int32(), pa.string())),
            "lists": pa.array([[[1, None], [], None] if i % 2 else [] for i in n], pa.list_(pa.list_(pa.int32()))),
            "pair": pa.array([[i, i + 1] for i in n], pa.list_(pa.int16(), 2)),
            "nested": pa.array([{"a": i, "b": {"c": None if i % 2 else "x"}} for i in n]),
            "nothing": pa.nulls(rows),
            "view": pa.array([text(i, 1 + i % 20) for i in n], pa.string_view()),
        }
    ).replace_schema_metadata({"huggingface": '{"info":{}}', "other": "value"})


def chat_rows(rows):
    """Rows with duplicates of every kind, none of which lacks a field."""
    lines = []
    for i in range(rows):
        source = i - 1 if i % 9 == 4 else i
        request, reply = text(source), text(source + 100_000, 40)
        if i % 18 == 4:
            request = request.upper()
        elif i % 27 == 4:
            reply += " and more"
        lines.append(
            {
                "id": f"row-{i}",
                "messages": [{"role": "user", "content": request}, {"role": "assistant", "content": f"né {reply}"}],
                "meta": {"queue": WORDS[i % 4], "score": i % 5},
            }
        )
    return lines


def make_chat(folder):
    rows = chat_rows(1500)
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    content = "".join(line + "\n" for line in lines).encode()
    (folder / "chat.jsonl").write_bytes(content)
    (folder / "chat.jsonl.gz").write_bytes(gzip.compress(content))
    (folder / "chat.jsonl.zst").write_bytes(pa.compress(content, codec="zstd", asbytes=True))
    table = pa.Table.from_pylist(rows)
    pq.write_table(table, folder / "chat.parquet", row_group_size=400)


def make_damaged(folder):
    table = pa.table({"text": [text(i) for i in range(3000)]})
    path = folder / "whole.parquet"
    pq.write_table(
        table, path, row_group_size=1000, compression="none", use_dictionary=False, write_page_checksum=True
    )
    content = bytearray(path.read_bytes())
    chunk = pq.ParquetFile(path).metadata.row_group(1).column(0)
    content[chunk.data_page_offset + chunk.total_compressed_size // 2] ^= 1
    (folder / "flipped.parquet").write_bytes(content)


def make_odd(folder):
    pq.write_table(
        pa.table({"text": pa.array([b"fine", b"\xff\xfe bad", None, b"fine too"]), "n": [0, 1, 2, 3]}),
        folder / "unmarked.parquet", row_group_size=2)
    pq.write_table(
        pa.table({"name": ["a", "b"], "image": pa.array([b"\xff\xd8", b"text"])}), folder / "marked.parquet")
    bad = pa.StringArray.from_buffers(
        3, pa.py_buffer(b"\0\0\0\0\4\0\0\0\7\0\0\0\x0a\0\0\0"), pa.py_buffer(b"good\xed\xa0\x80end"))
    pq.write_table(pa.table({"text": bad}), folder / "invalid.parquet", store_schema=False)
    pq.write_table(pa.table({"text": ["a" * 10, "b" * 5000, "c" * 10]}), folder / "long.parquet", row_group_size=2)
    pq.write_table(
        pa.table({"text": ["y" * (1 << 20)] * 450}), folder / "repeated.parquet", compression="zstd",
        dictionary_pagesize_limit=4 << 20)
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), folder / "empty.parquet")
    pq.write_table(pa.table({"n": [1, 2, 3]}), folder / "numbers.parquet")


def make_card(folder):
    def table(rows):
        return pa.table({"text": [text(i) for i in rows]})

    for name in ["data", "en"]:
        (folder / "hub" / name).mkdir(parents=True)
    pq.write_table(table(range(0, 40)), folder / "hub/data/train-00000-of-00002.parquet")
    pq.write_table(table(range(40, 80)), folder / "hub/data/train-00001-of-00002.parquet")
    pq.write_table(table(range(60, 90)), folder / "hub/data/test-00000-of-00001.parquet")
    pq.write_table(table(range(200, 240)), folder / "hub/en/part.parquet")
    (folder / "hub/README.md").write_text(
        "---\nlicense: mit\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n"
        "    path: data/train-*\n  - split: test\n    path: data/test-*\n- config_name: en\n  data_files:\n"
        "    train:\n    - en/*.parquet\n---\n# A card\n")


def make_latin(folder):
    rows = [b"caf\xe9 number %d " % i + b"x" * 100 for i in range(2000)]
    column = pa.array(rows, type=pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": column}), folder / "latin.parquet", row_group_size=700)


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    table = types_table(600)
    pq.write_table(table, folder / "types.parquet", row_group_size=170, compression="zstd")
    write_lines(folder / "types.jsonl", table_text(pq.read_table(folder / "types.parquet")))
    pq.write_table(
        table.slice(0, 50), folder / "types-v2.parquet", compression="snappy", use_dictionary=False,
        write_page_index=True, data_page_version="2.0", write_page_checksum=True)
    make_chat(folder)
    make_damaged(folder)
    make_odd(folder)
    make_card(folder)
    make_latin(folder)


main()
