# The commands a contributor needs. Each creates the environment itself: .venv, pinned by requirements/dev.txt.
# Needs: make, Python 3.11 or newer with its venv module (Debian, Ubuntu: apt-get install make python3 python3-venv).

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo "$$p"; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCK := requirements/dev.txt
SITE_STAMP := $(VENV)/.installed-site
SITE_LOCK := requirements/docs.txt
# Two cases a visitor can look at in a minute: a liver injury and a neutropenia.
DEMO := anakinra-hepatitis anakinra-neutropenia-schnitzler

.PHONY: help demo test lint format bench docs site lock clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

$(STAMP): $(LOCK) pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer was not found." >&2; \
		echo "Install it (Debian, Ubuntu: apt-get install python3 python3-venv) or name one: make PYTHON=/path/to/python3.11" >&2; \
		exit 1; fi
	@if ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
		echo "$(PYTHON) cannot be run, or is older than Python 3.11." >&2; exit 1; fi
	@if ! "$(PYTHON)" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
		echo "$(PYTHON) has no venv module. Debian, Ubuntu: apt-get install python3-venv" >&2; exit 1; fi
	@if ! "$(BIN)/python" -m pip --version >/dev/null 2>&1; then "$(PYTHON)" -m venv --clear "$(VENV)"; fi
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$(LOCK)"
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@"$(BIN)/python" -m compileall -q src
	@touch "$@"

demo: $(STAMP) ## assess two published cases; the pages go to build/demo/
	@mkdir -p build/demo
	@for case in $(DEMO); do \
		"$(BIN)/dechallenge" assess "examples/$$case.txt" --html "build/demo/$$case.html"; echo; done

test: $(STAMP) ## every test, on two processes (ARGS="tests/spec -k naranjo" for some)
	"$(BIN)/python" -m pytest -n 2 --dist worksteal $(ARGS)

lint: $(STAMP) ## style, format and types
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .
	"$(BIN)/mypy" --strict src

format: $(STAMP) ## let ruff sort the imports and lay out the code
	"$(BIN)/ruff" check --fix .
	"$(BIN)/ruff" format .

bench: $(STAMP) ## measure the reader on the shared corpora, where they are present
	@for file in $$(grep -l '__name__ == "__main__"' benchmarks/*.py); do \
		echo "== $$file"; "$(BIN)/python" -m "benchmarks.$$(basename "$$file" .py)"; done

docs: $(STAMP) ## renew what is written from the code: docs/instruments/ and the example in the README
	@"$(BIN)/python" -m docs.renew

$(SITE_STAMP): $(SITE_LOCK) $(STAMP)
	"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$(SITE_LOCK)"
	@touch "$@"

site: $(SITE_STAMP) docs ## the documentation as a site in build/site; a warning is an error
	"$(BIN)/python" -m sphinx -W --keep-going -E -q -b html docs build/site

# Needs pip-tools in the environment. No address of a package index is ever written into the lock files.
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	--build-deps-for=editable

lock: $(STAMP) ## renew the pinned versions in requirements/
	"$(BIN)/python" -m pip install --quiet pip-tools
	$(COMPILE) --output-file requirements/runtime.txt pyproject.toml
	$(COMPILE) --extra dev --output-file requirements/dev.txt pyproject.toml
	$(COMPILE) --extra docs --output-file requirements/docs.txt pyproject.toml

clean: ## remove the environment and everything that was built
	rm -rf "$(VENV)" build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
