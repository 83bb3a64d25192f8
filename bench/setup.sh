#!/bin/sh
# Makes the virtual environment of the benchmark's peers and generators, `.deps/bench`.
# Safe to repeat: does nothing when the pinned versions are already installed.
set -eu
cd "$(dirname "$0")/.."
environment=.deps/bench
pins=bench/peers/requirements.txt
stamp=$environment/installed-requirements.txt

if [ -x "$environment/bin/python" ] && cmp -s "$pins" "$stamp"; then
    echo "bench: $environment is up to date"
    exit 0
fi
mkdir -p .deps
[ -x "$environment/bin/python" ] || python3 -m venv "$environment"
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$pins"
"$environment/bin/python" -c 'import daft, numpy, rensa'
cp "$pins" "$stamp"
echo "bench: $environment is ready"
