#!/usr/bin/env bash
# The whole overlap suite: planted truth, real checks, speed, growth. Ends with 1 where a bar is missed.
#   run.sh DATA WORK [ASSAY]
set -euo pipefail
data=$1 work=$2 assay=${3:-.build/release/assay}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work"
python3 "$here/planted.py" "$data" "$work"
sets=()
for name in gsm8k arc truthfulqa mtbench humaneval mmlu tutor; do sets+=("$name=$work/$name.jsonl"); done
"$assay" overlap "$work/train.jsonl" --eval "${sets[@]}" --out "$work/run" --force --quiet --threads 1 >"$work/screen.txt"
status=0
python3 "$here/score.py" "$work" "$work/run" || status=1

evals=$data/evals leaks=$data/contamination
check() {
    local name=$1
    shift
    "$assay" overlap "$@" --out "$work/real-$name" --force --quiet --plant 0 >"$work/real-$name.txt"
    echo "== $name"
    sed -n '1,/^$/p' "$work/real-$name.txt" | grep -E "items? =|flagged:|labels" || true
}
check gsm8k-train "$evals/gsm8k_train.jsonl.zst" --eval "gsm8k=$evals/gsm8k_test.jsonl"
check banking77 "$data/support/banking77_train.jsonl.zst" --eval "b=$data/support/banking77_test.jsonl" \
    --eval-field question=text
check humaneval-js "$leaks/decontaminator_humaneval_js.jsonl.zst" --eval "he=$evals/HumanEval.jsonl.gz"
check humaneval-rephrased "$leaks/decontaminator_humaneval_python.jsonl.zst" --eval "he=$evals/HumanEval.jsonl.gz"
check gsm8k-rephrased "$leaks/decontaminator_rephrase_gsm8k.jsonl.zst" --eval "gsm8k=$evals/gsm8k_test.jsonl"
check sociology-chinese "$leaks/decontaminator_sociology_test_chinese_filtered_question.jsonl.zst" \
    --eval "s=$leaks/decontaminator_sociology_test_original.jsonl.zst" --eval-field question=cells
check clean "$data"/sft/*.zst "$data"/sft/*.gz "$data"/sft/*.jsonl --eval "gsm8k=$evals/gsm8k_test.jsonl" \
    "mmlu=$evals/decon_mmlu_validation-1.jsonl.gz" "arc=$evals/llmfoundry_arc_challenge.jsonl.zst" \
    "truthfulqa=$evals/truthfulqa.jsonl.zst" "piqa=$evals/llmfoundry_piqa.jsonl.zst" \
    "vicuna=$evals/vicuna_bench_question.jsonl" "mtbench=$evals/mt_bench_question.jsonl"

# MB per CPU-second and peak memory of a run, by its log: measure NAME HAYSTACK RUN
measure() {
    python3 - "$@" <<'PY'
import json, os, sys
name, hay, run = sys.argv[1:4]
log = json.load(open(f"{run}/run.log.json"))
sets = json.load(open(f"{run}/summary.json"))["evalOverlap"]["sets"]
seconds = sum(phase["cpuSeconds"] for phase in log["phases"])
size = os.path.getsize(hay) / 1e6
print(f"{name}: {size:.1f} MB, {sum(s['items'] for s in sets):,} items ({sum(s['flagged'].get('verbatim', 0) for s in sets)} verbatim), "
      f"{seconds:.2f} CPU-seconds = {size / seconds:.0f} MB per CPU-second, peak {log['peakMemory'] / 2**20:.0f} MiB; "
      + ", ".join(f"{p['name']} {p['cpuSeconds']:.2f}" for p in log["phases"]))
PY
}

for shard in 0 1 2 3 4 5; do zstd -qdc "$data/perf/sgd_train-0000$shard-of-00008.jsonl.zst"; done >"$work/hay.jsonl"
many=("g=$evals/gsm8k_train.jsonl.zst" "gt=$evals/gsm8k_test.jsonl" "m=$evals/decon_mmlu_validation-1.jsonl.gz"
    "d=$evals/decon_mmlu_dev-1.jsonl.gz" "a=$evals/llmfoundry_arc_challenge.jsonl.zst" "p=$evals/llmfoundry_piqa.jsonl.zst"
    "w=$evals/llmfoundry_winogrande.jsonl.zst" "t=$evals/truthfulqa.jsonl.zst" "b=$evals/mbpp.jsonl.zst")
"$assay" overlap "$work/hay.jsonl" --threads 1 --plant 0 --quiet --force --out "$work/speed" --eval "${many[@]}" >/dev/null
measure speed "$work/hay.jsonl" "$work/speed"

# Growth with rows, 20,000 items, and with items, 100,000 rows; made text, one row in a thousand holds an item.
for rows in 10000 100000 1000000; do
    python3 "$here/growth.py" "$work/grow" --rows "$rows" --items 20000
    "$assay" overlap "$work/grow/train.jsonl" --threads 1 --plant 0 --quiet --force --out "$work/grow/run" \
        --eval "made=$work/grow/items.jsonl" >/dev/null
    measure "$rows rows" "$work/grow/train.jsonl" "$work/grow/run"
done
for items in 1000 10000 100000 1000000; do
    python3 "$here/growth.py" "$work/grow" --rows 100000 --items "$items"
    "$assay" overlap "$work/grow/train.jsonl" --threads 1 --plant 0 --quiet --force --out "$work/grow/run" \
        --eval "made=$work/grow/items.jsonl" >/dev/null
    measure "$items items" "$work/grow/train.jsonl" "$work/grow/run"
done
exit $status
