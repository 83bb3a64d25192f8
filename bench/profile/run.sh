#!/bin/bash
# Gold list, peers and speed of the language profile. run.sh DATA WORK [ASSAY]
# The peers are used where they are installed: pip install codespell==2.4.3 typos==1.52.0
set -euo pipefail
data=$1 work=$2 assay=${3:-.build/release/assay}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work"
python3 - "$data" "$work" <<'PY'
import json, subprocess, sys
data, work = sys.argv[1:]
with open(f"{work}/bank.jsonl", "w") as rows, open(f"{work}/bank.txt", "w") as plain:
    for name in ["banking77_train.jsonl.zst", "banking77_test.jsonl", "nlupp_banking.jsonl.zst"]:
        command = ["zstd", "-qdc"] if name.endswith("zst") else ["cat"]
        for line in subprocess.run(command + [f"{data}/support/{name}"], check=True, capture_output=True).stdout.splitlines():
            text = json.loads(line)["text"]
            rows.write(json.dumps({"text": text}) + "\n")
            plain.write(text.replace("\n", " ") + "\n")
PY
"$assay" profile "$work/bank.jsonl" --out "$work/run" --force --quiet >"$work/screen.txt"
lists=("$work/run/misspellings.jsonl.zst")
if command -v codespell >/dev/null; then
    codespell - <"$work/bank.txt" 2>/dev/null | sed -n "s/^[[:space:]]*\([A-Za-z']*\) ==>.*/\1/p" | tr A-Z a-z | sort -u >"$work/codespell.txt" || true
    lists+=("$work/codespell.txt")
fi
if command -v typos >/dev/null; then
    (typos --format json "$work/bank.txt" || true) | sed -n 's/.*"typo":"\([^"]*\)".*/\1/p' | tr A-Z a-z | sort -u >"$work/typos.txt"
    lists+=("$work/typos.txt")
fi
python3 "$here/score.py" "${lists[@]}" || true

python3 "$here/speed.py" "$data" "$work/speed-inputs" --assay "$assay"
