#!/usr/bin/env python3
"""Runs a benchmark suite and keeps every sample: bench/runs/<date>/<suite>.json and .md.

usage: run.py near-duplicates CORPUS.jsonl [--truth TSV --exact NPZ --scorer EVAL.py]
           all cases, peers beside
       run.py scale CORPUS.jsonl                one large chat corpus: time, memory, disk
       run.py growth SMALL.jsonl LARGE.jsonl    the same work on two corpora: the ratio
options: --assay PATH  --runs N  --case NAME (repeatable)  --work FOLDER  --out FOLDER

Cases take turns (a, b, a, b), so that a busy minute does not fall on one alone. No row text, host name or absolute
path is kept: a corpus is named by its base name, the binary `assay`.
"""
import argparse
import dataclasses
import datetime
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import measured

BENCH = pathlib.Path(__file__).resolve().parent
PROJECT = BENCH.parent
PEER_PYTHON = PROJECT / ".deps" / "bench" / "bin" / "python"
FIELDS = ["--text", "text", "--slice", "slice"]
WORDS = ["--shingle", "word-5", "--threshold", "0.8", "--spare", "none"]


@dataclasses.dataclass
class Case:
    """A command to measure. CORPUS and OUT in `arguments` stand for the input and a fresh place for the result."""
    name: str
    tool: str  # assay, rensa or daft
    arguments: list
    corpus: pathlib.Path
    plain_bytes: int  # of the corpus, inflated: the numerator of MB per CPU-second
    is_scored: bool = False  # word-5 at 0.8, nothing spared: what the truth files know


def assay(arguments):
    return ["dedup", "CORPUS", *arguments, "--quiet", "--out", "OUT"]


def near_duplicate_cases(corpora, work):
    corpus, = corpora
    size = corpus.stat().st_size
    compressed = work / (corpus.name + ".zst")
    subprocess.run(["zstd", "-3", "-q", "-f", "-k", str(corpus), "-o", str(compressed)], check=True)
    runner = {"rensa": ["peers/rensa_dedup.py"], "daft": ["peers/daft_dedup.py"]}

    def case(name, tool, arguments, place=corpus, is_scored=True):
        return Case(name, tool, arguments, place, size, is_scored)

    def words(threads):
        return assay([*FIELDS, *WORDS, "--threads", str(threads)])

    def characters(threads):
        return assay([*FIELDS, "--threads", str(threads)])

    return [
        case("assay word-5, 1 thread", "assay", words(1)),
        case("assay word-5, 2 threads", "assay", words(2)),
        case("assay word-5, .zst, 1 thread", "assay", words(1), compressed),
        case("assay default (char-5, all policies), 1 thread", "assay", characters(1), is_scored=False),
        case("assay default (char-5, all policies), 2 threads", "assay", characters(2), is_scored=False),
        case("rensa word-5", "rensa", [*runner["rensa"], "CORPUS", "OUT"]),
        case("rensa word-5, 16 bands", "rensa", [*runner["rensa"], "CORPUS", "OUT", "--num-bands", "16"]),
        case("daft word-5", "daft", [*runner["daft"], "CORPUS", "OUT"]),
        case("daft word-5, its own normalising", "daft", [*runner["daft"], "CORPUS", "OUT", "--normalise", "native"]),
    ]


def scale_cases(corpora, work):
    return [
        Case(corpus.name, "assay", assay(["--slice", "queue", "--threads", "2"]), corpus, corpus.stat().st_size)
        for corpus in corpora]


def growth_cases(corpora, work):
    return [
        Case(corpus.name, "assay", assay(["--threads", "1"]), corpus, corpus.stat().st_size) for corpus in corpora]


SUITES = {"near-duplicates": (near_duplicate_cases, 1), "scale": (scale_cases, 1), "growth": (growth_cases, 2)}


def output_of(command):
    """First line that a command prints, or None where it cannot be run."""
    try:
        result = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return result.stdout.strip().splitlines()[0] if result.stdout.strip() else None


def tool_versions(binary):
    zstd = output_of(["zstd", "--version"])
    versions = {"assay": output_of([binary, "--version"]), "zstd": zstd and zstd.strip("* ")}
    for package in ("rensa", "daft", "numpy"):
        versions[package] = output_of(
            [PEER_PYTHON, "-c", f"import importlib.metadata as m; print(m.version('{package}'))"])
    versions["python"] = output_of([PEER_PYTHON, "--version"])
    return versions


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    with open("/proc/meminfo", encoding="utf-8") as lines:
        kibibytes = int(next(line for line in lines if line.startswith("MemTotal")).split()[1])
    return {"cpu": models[0] if models else os.uname().machine, "cores": os.cpu_count(),
            "memoryGiB": round(kibibytes / 2**20, 1), "system": os.uname().sysname}


def commit():
    name = output_of(["git", "rev-parse", "HEAD"])
    changes = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True, cwd=PROJECT).stdout
    return (name or "none") + (" with uncommitted changes" if changes.strip() else "")


def command_of(case, binary, result):
    words = {"CORPUS": str(case.corpus), "OUT": str(result)}
    program = [binary] if case.tool == "assay" else [str(PEER_PYTHON)]
    arguments = [words.get(argument, argument) for argument in case.arguments]
    if case.tool != "assay":
        arguments[0] = str(BENCH / arguments[0])
    return program + arguments


def command_shown(case):
    program = "assay" if case.tool == "assay" else "python"
    words = {"CORPUS": case.corpus.name, "OUT": "RUN" if case.tool == "assay" else "REMOVED.txt"}
    return " ".join([program, *(words.get(argument, argument) for argument in case.arguments)])


def removed_rows(case, result):
    """How many rows a finished case removed; None where it left no result."""
    try:
        if case.tool == "assay":
            return json.loads((result / "summary.json").read_text(encoding="utf-8"))["rows"]["removed"]
        with open(result, encoding="ascii") as lines:
            return sum(1 for _ in lines)
    except (OSError, ValueError, KeyError):
        return None


def missing_reason(case, binary):
    """Why a case cannot run here, or None."""
    if case.tool == "assay":
        return None if os.access(binary, os.X_OK) else "no assay binary; build it or name it by --assay"
    if output_of([PEER_PYTHON, "-c", f"import {case.tool}; print(1)"]) is None:
        return f"{case.tool} is not installed; run bench/setup.sh"
    return None


def measure(case, binary, place):
    """One counted run in a fresh folder. An assay run may end with status 1: a gate failed, the run is whole."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    result = place / ("run" if case.tool == "assay" else "removed.txt")
    sample = measured.run(command_of(case, binary, result), str(place))
    removed = removed_rows(case, result)
    failed = sample.status not in ((0, 1) if case.tool == "assay" else (0,)) or removed is None
    if failed:
        log = (place / "output.log").read_text(encoding="utf-8", errors="replace").strip()
        print(f"{case.name}: status {sample.status}, removed {removed}: {log[-600:]}", file=sys.stderr)
    return dataclasses.asdict(sample) | {"removedRows": removed, "failed": failed}, result


def scores(scored, options):
    """The scorer's line for each scored result, by case name."""
    if not (options.truth and options.exact and options.scorer and scored):
        return {}
    tokens = {f"case{index}": name for index, name in enumerate(scored)}
    files = [f"{token}={scored[name]}" for token, name in tokens.items()]
    command = [str(PEER_PYTHON), options.scorer, str(options.corpora[0]), options.truth, options.exact, "0.8", *files]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    found = {}
    for line in lines:
        if line.startswith("{"):
            score = json.loads(line)
            found[tokens[score.pop("name")]] = score
    return found


def summary(case, samples):
    """Medians over the runs, the spread of CPU time and the removed rows (a list where the runs disagree).

    A case that failed once has no figures but its samples: the time of a wrong answer is no time.
    """
    def median(key):
        return statistics.median(sample[key] for sample in samples)

    head = {"name": case.name, "tool": case.tool, "command": command_shown(case), "corpus": case.corpus.name,
            "plainBytes": case.plain_bytes, "failed": any(sample["failed"] for sample in samples)}
    if head["failed"]:
        return head | {"samples": samples}
    cpu = median("cpuSeconds")
    counts = sorted({sample["removedRows"] for sample in samples})
    return head | {
        "wallSeconds": median("wallSeconds"), "cpuSeconds": cpu,
        "cpuSecondsSpread": max(s["cpuSeconds"] for s in samples) - min(s["cpuSeconds"] for s in samples),
        "megabytesPerCPUSecond": case.plain_bytes / 1e6 / cpu,
        "peakMemoryMiB": max(s["peakMemoryBytes"] for s in samples) / 2**20,
        "peakDiskMiB": max(s["peakDiskBytes"] for s in samples) / 2**20,
        "removedRows": counts[0] if len(counts) == 1 else counts, "statuses": sorted({s["status"] for s in samples}),
        "samples": samples,
    }


def ratios(cases):
    """Wall time of one thread over that of two, by case."""
    by_name = {case["name"]: case for case in cases if not case["failed"]}
    found = {}
    for name, case in by_name.items():
        pair = by_name.get(name.replace(", 1 thread", ", 2 threads"))
        if pair and pair is not case:
            found[name.replace(", 1 thread", "") + ": wall, 1 thread / 2 threads"] = (
                case["wallSeconds"] / pair["wallSeconds"])
    return found


def growth(cases):
    """Time of the second corpus over that of the first."""
    if len(cases) != 2 or any(case["failed"] for case in cases):
        return {}
    small, large = cases
    return {
        f"{large['name']} / {small['name']}: {key}": large[key] / small[key] for key in ("wallSeconds", "cpuSeconds")}


def table(report):
    """The report as Markdown."""
    lines = [
        f"# {report['suite']}, {report['date']}", "",
        f"{report['machine']['cpu']}, {report['machine']['cores']} cores, {report['machine']['memoryGiB']} GiB. "
        f"Commit {report['commit']}. Medians of {report['runs']} runs; memory and disk are the largest seen. "
        "MB per CPU-second: bytes of the inflated corpus over user plus system time of all processes.", "",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in report["versions"].items() if version), "",
        "| case | MB per CPU-s | CPU s (spread) | wall s | peak MiB | disk MiB | removed rows | status |",
        "|---|---|---|---|---|---|---|---|"]
    for case in report["cases"]:
        if case["failed"]:
            lines.append(f"| {case['name']} | failed | | | | | | |")
            continue
        lines.append(
            f"| {case['name']} | {case['megabytesPerCPUSecond']:.1f} | {case['cpuSeconds']:.2f} "
            f"({case['cpuSecondsSpread']:.2f}) | {case['wallSeconds']:.2f} | {case['peakMemoryMiB']:.0f} "
            f"| {case['peakDiskMiB']:.0f} | {case['removedRows']} | {'/'.join(map(str, case['statuses']))} |")
    if report["ratios"]:
        lines += ["", "| ratio | |", "|---|---|"]
        lines += [f"| {name} | {value:.2f} |" for name, value in report["ratios"].items()]
    if report["scores"]:
        lines += ["", "| case | removed | missed | unjust | far |", "|---|---|---|---|---|"]
        lines += [
            f"| {name} | {score.get('removed')} | {score.get('missed')} | {score.get('unjust')} | {score.get('far')} |"
            for name, score in report["scores"].items()]
    lines += ["", "Commands:", ""] + [f"- {case['name']}: `{case['command']}`" for case in report["cases"]]
    lines += [f"- skipped: {name}: {reason}" for name, reason in report["skipped"].items()]
    return "\n".join(lines) + "\n"


def write(report, folder):
    """Writes JSON and Markdown under the first free name; an earlier run of the day is never overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    number, name = 1, report["suite"]
    while (folder / (name + ".json")).exists():
        number += 1
        name = f"{report['suite']}-{number}"
    (folder / (name + ".json")).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (folder / (name + ".md")).write_text(table(report), encoding="utf-8")
    print(f"{folder.name}/{name}.json, {folder.name}/{name}.md")


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", choices=SUITES)
    parser.add_argument("corpora", nargs="+", type=pathlib.Path)
    parser.add_argument("--assay", default=str(PROJECT / ".build" / "release" / "assay"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--case", action="append", help="only the cases whose name contains this")
    parser.add_argument("--work", help="folder for runs and scratch (default: a temporary one); emptied at the end")
    parser.add_argument("--out", type=pathlib.Path, default=BENCH / "runs")
    for name in ("truth", "exact", "scorer"):
        parser.add_argument("--" + name)
    options = parser.parse_args()
    options.assay = str(pathlib.Path(options.assay).resolve())
    if len(options.corpora) != SUITES[options.suite][1]:
        parser.error(f"{options.suite} takes {SUITES[options.suite][1]} corpora")
    return options


def perform(cases, options, work):
    """All counted runs, case by case in turn; returns the summaries and the last result of each scored case."""
    samples, scored = {case.name: [] for case in cases}, {}
    for number in range(options.runs):
        for index, case in enumerate(cases):
            sample, result = measure(case, options.assay, work / f"case{index}")
            samples[case.name].append(sample)
            print(f"run {number + 1}, {case.name}: {sample['cpuSeconds']:.2f} CPU s, {sample['wallSeconds']:.2f} s, "
                  f"{sample['peakMemoryBytes'] / 2**20:.0f} MiB, removed {sample['removedRows']}", flush=True)
            if case.is_scored and not sample["failed"]:
                scored[case.name] = result / "casualties.jsonl.zst" if case.tool == "assay" else result
    return [summary(case, samples[case.name]) for case in cases], scored


def main():
    options = parsed()
    with tempfile.TemporaryDirectory(prefix="assay-bench-", dir=options.work) as folder:
        work = pathlib.Path(folder)
        cases = SUITES[options.suite][0](options.corpora, work)
        if options.case:
            cases = [case for case in cases if any(part in case.name for part in options.case)]
        skipped = {case.name: reason for case in cases if (reason := missing_reason(case, options.assay))}
        for name, reason in skipped.items():
            print(f"skipped {name}: {reason}")
        cases = [case for case in cases if case.name not in skipped]
        for corpus in {case.corpus for case in cases}:  # into the page cache, for all cases alike
            with open(corpus, "rb") as data:
                while data.read(1 << 24):
                    pass
        done, scored = perform(cases, options, work)
        report = {
            "suite": options.suite, "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
            "commit": commit(), "machine": machine(), "versions": tool_versions(options.assay), "runs": options.runs,
            "cases": done, "ratios": growth(done) if options.suite == "growth" else ratios(done),
            "scores": scores(scored, options), "skipped": skipped}
    write(report, options.out / report["date"])
    return 1 if any(case["failed"] for case in done) else 0


sys.exit(main())
