# The two commands of the README. Each does its whole set-up; both are safe to repeat.
.PHONY: demo test setup build lint corpora bench clean

SHELL := /bin/bash
export SWIFT_BACKTRACE := enable=no
BINARY := .build/release/assay

demo: build
	./$(BINARY) demo --write-reports

test: build
	swift test $(TEST_FLAGS)

build: setup
	swift build -c release --product assay

# Debian packages that the build and the tests stand on; a stamp makes the second run quick.
setup:
	@.ci/setup

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

# The corpora are made by their own generator; a test compares.
corpora: setup
	python3 Corpora/generate.py Corpora

bench: build
	bench/setup.sh

clean:
	rm -rf .build
