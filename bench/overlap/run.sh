#!/bin/bash
# The whole overlap suite: planted truth, real checks, speed. run.sh DATA WORK [ASSAY]
set -euo pipefail
data=$1 work=$2 assay=${3:-.build/release/assay}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work"
python3 "$here/planted.py" "$data" "$work"
sets=()
for name in gsm8k arc truthfulqa mtbench humaneval mmlu tutor; do sets+=("$name=$work/$name.jsonl"); done
"$assay" overlap "$work/train.jsonl" --eval "${sets[@]}" --out "$work/run" --force --quiet --threads 1 >"$work/screen.txt"
python3 "$here/score.py" "$work" "$work/run" || true

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

for shard in 0 1 2 3 4 5; do zstd -qdc "$data/perf/sgd_train-0000$shard-of-00008.jsonl.zst"; done >"$work/hay.jsonl"
"$assay" overlap "$work/hay.jsonl" --threads 1 --plant 0 --quiet --force --out "$work/speed" --eval \
    "g=$evals/gsm8k_train.jsonl.zst" "gt=$evals/gsm8k_test.jsonl" "m=$evals/decon_mmlu_validation-1.jsonl.gz" \
    "d=$evals/decon_mmlu_dev-1.jsonl.gz" "a=$evals/llmfoundry_arc_challenge.jsonl.zst" \
    "p=$evals/llmfoundry_piqa.jsonl.zst" "w=$evals/llmfoundry_winogrande.jsonl.zst" \
    "t=$evals/truthfulqa.jsonl.zst" "b=$evals/mbpp.jsonl.zst" >/dev/null
python3 - "$work" <<'PY'
import json, os, sys
log = json.load(open(f"{sys.argv[1]}/speed/run.log.json"))
seconds = sum(phase["cpuSeconds"] for phase in log["phases"])
size = os.path.getsize(f"{sys.argv[1]}/hay.jsonl") / 1e6
print(f"speed: {size:.1f} MB in {seconds:.2f} CPU-seconds = {size / seconds:.0f} MB per CPU-second, "
      f"peak {log['peakMemory'] / 2**20:.0f} MiB; " + ", ".join(f"{p['name']} {p['cpuSeconds']:.2f}" for p in log["phases"]))
PY
