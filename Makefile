# The two commands of the README. Each does its whole set-up; both are safe to repeat.
.PHONY: demo test setup parquet build install uninstall lint corpora bench clean

SHELL := /bin/bash
export SWIFT_BACKTRACE := enable=no
BINARY := .build/release/assay

demo: build
	./$(BINARY) demo --write-reports

# Tests that make Parquet files skip, each with a line, where pyarrow cannot be had.
test: build
	@.ci/parquet --tests || echo "setup: no pyarrow; the Parquet tests are skipped; try again by: make test" >&2
	swift test $(TEST_FLAGS)

# Without Arrow everything but Parquet works, so a machine that cannot get it builds all the same.
build: setup
	@.ci/parquet || echo "setup: no Parquet plug-in; try again by: make parquet" >&2
	swift build -c release --product assay

# Debian packages that the build and the tests stand on; a stamp makes the second run quick.
setup:
	@.ci/setup

# The plug-in that reads and writes Parquet, in .deps.
parquet: setup
	@.ci/parquet

# The program, its manual pages and shell completions, under PREFIX (as root, or with a PREFIX of one's own).
PREFIX ?= /usr/local
install: build
	.ci/install "$(DESTDIR)$(PREFIX)"

uninstall:
	.ci/install --remove "$(DESTDIR)$(PREFIX)"

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

# The corpora are made by their own generator; a test compares.
corpora: setup
	python3 Corpora/generate.py Corpora

bench: build
	bench/setup.sh

clean:
	rm -rf .build
