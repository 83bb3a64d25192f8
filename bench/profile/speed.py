#!/usr/bin/env python3
"""Speed of the language profile beside its peers: MB of text and of input per CPU-second (user and system).

usage: speed.py DATA WORK [--assay PATH] [--runs N] [--megabytes N] [--make-only] [--case NAME]

Makes in WORK an input of about N megabytes for each case, of real rows that repeat, each time with a made word behind
them, so that types grow with the square root of the rows. Cases and tools take turns, so that a busy minute does not
fall on one alone; the median of the runs is printed. codespell and typos read the same texts as one plain file; each
is left out where it is not on the PATH (pip install codespell==2.4.3 typos==1.52.0).

The second figure of assay is marginal: the CPU-seconds of the whole input less those of its first tenth, for nine
tenths of its bytes, so that loading word lists (about the same for any input) is not in it.
"""
import argparse
import gzip
import json
import math
import pathlib
import shutil
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import measured  # noqa: E402

CASES = {
    "english": [
        "sft/llamafactory_alpaca_en_demo.jsonl.gz", "sft/llmfoundry_dolly_hhrlhf_train_small.jsonl.zst",
        "sft/llamafactory_c4_demo.jsonl.zst", "sft/llamafactory_v1_sft_demo.jsonl.zst",
        "sft/llamafactory_dpo_en_demo.jsonl.zst", "sft/llamafactory_kto_en_demo.jsonl.zst",
    ],
    "queries": [
        "support/banking77_train.jsonl.zst", "support/banking77_test.jsonl", "support/nlupp_banking.jsonl.zst",
    ],
    "dialogues": [f"perf/sgd_train-0000{part}-of-00008.jsonl.zst" for part in range(4)],
    "mixed": [
        "sft/llamafactory_alpaca_zh_demo.jsonl.zst", "sft/llamafactory_identity.jsonl.zst",
        "contamination/decontaminator_sociology_test_chinese_filtered_question.jsonl.zst",
        "sft/llamafactory_v1_sft_demo.jsonl.zst",
    ],
}
SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
# Distinct made words for n repeated rows are this many times the square root of n.
GROWTH = 20


def lines(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    elif path.suffix == ".zst":
        data = subprocess.run(["zstd", "-qdc", str(path)], check=True, capture_output=True).stdout
    return [line for line in data.decode().split("\n") if line]


def made_word(number):
    """Four syllables, which few others are like: the numbers are spread over all of them."""
    rest = number * 2654435761 % 2**32
    word = ""
    for _ in range(4):
        word += SYLLABLES[rest % len(SYLLABLES)]
        rest //= len(SYLLABLES)
    return word


def texts(value):
    """The strings that a profile reads, about: those with a space in them."""
    if isinstance(value, str):
        if " " in value or any(ord(letter) > 0x2E80 for letter in value):
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def with_suffix(value, word):
    """The row with a word behind its last long text."""
    if isinstance(value, dict):
        for key in reversed(list(value)):
            changed = with_suffix(value[key], word)
            if changed is not None:
                return {**value, key: changed}
    elif isinstance(value, list):
        for at in reversed(range(len(value))):
            changed = with_suffix(value[at], word)
            if changed is not None:
                return [*value[:at], changed, *value[at + 1:]]
    elif isinstance(value, str) and next(texts(value), None):
        return f"{value} {word}"
    return None


def make(data, work, name, size):
    """Writes NAME's shards, one for each source, and the text of all; keeps what is there already."""
    folder, plain = work / name, work / f"{name}.txt"
    if not plain.exists():
        folder.mkdir(exist_ok=True)
        sources = [(path, lines(data / path)) for path in CASES[name] if (data / path).exists()]
        share = size / sum(len(row.encode()) for _, rows in sources for row in rows)
        count = 0
        with open(work / "unfinished.txt", "w", encoding="utf-8") as text:
            for path, rows in sources:
                shard = folder / (pathlib.Path(path).name.split(".jsonl")[0] + ".jsonl")
                with open(shard, "w", encoding="utf-8") as file:
                    for turn in range(max(1, math.ceil(share))):
                        for line in rows[:math.ceil(len(rows) * min(1, share - turn))]:
                            value = json.loads(line)
                            if turn > 0:
                                count += 1
                                word = made_word(count % math.ceil(GROWTH * math.sqrt(count)))
                                value = with_suffix(value, word) or value
                            file.write(json.dumps(value, ensure_ascii=False) + "\n")
                            for part in texts(value):
                                text.write(part.replace("\n", " ") + "\n")
        (work / "unfinished.txt").rename(plain)
    tenth = work / f"{name}-tenth"
    if not tenth.exists():
        tenth.mkdir()
        for shard in folder.iterdir():
            rows = shard.read_bytes().splitlines(keepends=True)
            (tenth / shard.name).write_bytes(b"".join(rows[:len(rows) // 10]))
    return folder, plain, tenth


def folder_size(folder):
    return sum(shard.stat().st_size for shard in folder.iterdir()) / 1e6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--assay", default=".build/release/assay")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--megabytes", type=float, default=60)
    parser.add_argument("--make-only", action="store_true")
    parser.add_argument("--case", action="append", choices=CASES)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    inputs = {
        name: make(options.data, options.work, name, options.megabytes * 1e6) for name in options.case or CASES}
    if options.make_only:
        return
    samples = {}
    for _ in range(options.runs):
        for name, (folder, plain, tenth) in inputs.items():
            out = options.work / "run"
            profile = ["--threads", "1", "--quiet", "--out", str(out)]
            commands = {
                "assay": [options.assay, "profile", str(folder), *profile],
                "assay, a tenth": [options.assay, "profile", str(tenth), *profile],
                "typos": ["typos", "--threads", "1", "--format", "brief", str(plain)],
                "codespell": ["codespell", str(plain)],
            }
            for tool, command in commands.items():
                if shutil.which(command[0]) is None:
                    continue
                shutil.rmtree(out, ignore_errors=True)
                sample = measured.run(command, str(options.work))
                if tool.startswith("assay") and sample.status not in (0, 3):
                    sys.exit(f"{tool}, {name}: status {sample.status}")
                samples.setdefault((name, tool), []).append(sample)
    print("| input | MB of input | MB of text | tool | CPU s | input MB / CPU s | text MB / CPU s | marginal | peak MiB |")
    print("|---|--:|--:|---|--:|--:|--:|--:|--:|")
    for name, (folder, plain, tenth) in inputs.items():
        size, text = folder_size(folder), plain.stat().st_size / 1e6
        for tool in ["assay", "typos", "codespell"]:
            if (name, tool) not in samples:
                continue
            seconds = statistics.median(sample.cpuSeconds for sample in samples[name, tool])
            peak = max(sample.peakMemoryBytes for sample in samples[name, tool]) / 2**20
            marginal = own = ""
            if tool == "assay":
                small = statistics.median(sample.cpuSeconds for sample in samples[name, "assay, a tenth"])
                marginal = f"{(size - folder_size(tenth)) / (seconds - small):.0f}"
                own = f"{size / seconds:.0f}"
            print(f"| {name} | {size:.1f} | {text:.1f} | {tool} | {seconds:.2f} | {own} | {text / seconds:.1f} "
                  f"| {marginal} | {peak:.0f} |")


main()
