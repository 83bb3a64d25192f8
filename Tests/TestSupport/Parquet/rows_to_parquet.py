"""Writes the rows of a JSON Lines file as Parquet: rows_to_parquet.py IN.jsonl OUT.parquet"""
import json
import sys

import pyarrow as pa
import pyarrow.parquet as pq

with open(sys.argv[1], encoding="utf-8") as lines:
    pq.write_table(pa.Table.from_pylist([json.loads(line) for line in lines]), sys.argv[2])
