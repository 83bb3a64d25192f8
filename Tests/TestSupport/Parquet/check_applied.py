"""Holds what `apply` wrote against its source: schema, metadata, codecs, and every value of the kept rows.

    check_applied.py SOURCE-FOLDER OUTPUT-FOLDER PLAN.jsonl MAXIMUM-GROUP-BYTES SHARD...
"""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def plain(chunk):
    """Times as their numbers: Python has none of nanoseconds."""
    if pa.types.is_temporal(chunk.type):
        return chunk.view(pa.int64() if chunk.type.bit_width == 64 else pa.int32())
    return chunk


def values(column):
    return [repr(value) for chunk in column.chunks for value in plain(chunk).to_pylist()]


def check(source, output, gone, limit):
    before, after = pq.ParquetFile(source), pq.ParquetFile(output, page_checksum_verification=True)
    assert before.schema.equals(after.schema), "another Parquet schema"
    assert before.schema_arrow.equals(after.schema_arrow, check_metadata=True), "another Arrow schema"
    assert before.metadata.metadata == after.metadata.metadata, "other key-value metadata"
    for group in range(after.metadata.num_row_groups):
        found = after.metadata.row_group(group)
        assert found.total_byte_size <= limit, f"a row group of {found.total_byte_size} bytes"
        for column in range(found.num_columns):
            codec = before.metadata.row_group(0).column(column).compression
            assert found.column(column).compression == codec, "another codec"
    left, right = before.read(), after.read()
    for column in range(left.num_columns):
        wanted = [value for row, value in enumerate(values(left.column(column))) if row not in gone]
        assert wanted == values(right.column(column)), f"other values of {left.schema.names[column]}"
    return right.num_rows, after.metadata.num_row_groups


def main():
    source, output, plan, limit, *shards = sys.argv[1:]
    gone = {}
    for line in Path(plan).read_text().splitlines():
        entry = json.loads(line)
        if entry["action"] != "spare":
            gone.setdefault(entry["shard"], set()).add(entry["ordinal"])
    for shard in shards:
        rows, groups = check(Path(source) / shard, Path(output) / shard, gone.get(shard, set()), int(limit))
        print(f"{shard} {rows} {groups}")


main()
