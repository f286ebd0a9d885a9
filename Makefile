# Everything goes through .venv, which `setup` makes from the hash-locked requirements.
# On a bare Debian or Ubuntu: apt-get install make git python3, then `make demo`.

SHELL := /bin/bash
BIN := .venv/bin
PYTHON ?= python3
UV ?= uv
LOCK := $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test test-long test-rsshub lint bench setup lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

demo: .venv/.ready-run ## inspect the pretend city, June 2022, and print what was found
	$(BIN)/xunjian demo $(DEMO)

test: .venv/.ready-dev ## the tests that take seconds
	$(BIN)/pytest -m "not long" -n 2 $(TESTS)

test-long: .venv/.ready-dev ## the tests that take minutes: kill -9, fuzzing, whole months
	$(BIN)/pytest -m long -n 2 --dist loadfile --timeout 1500 $(TESTS)

test-rsshub: .venv/.ready-dev ## our reading of feeds against a real RSSHub (needs npm)
	@bash scripts/rsshub.sh
	XUNJIAN_RSSHUB=1 $(BIN)/pytest tests/rsshub -n 0 -rs $(TESTS)

lint: .venv/.ready-dev ## style, types, import contracts, dependencies
	@status=0; \
	for tool in "ruff check --output-format concise ." "ruff format --check ." mypy \
		"lint-imports --no-logo" "deptry ."; do \
		echo "== $$tool"; $(BIN)/$$tool || status=1; \
	done; exit $$status

bench: .venv/.ready-dev ## the measured goals
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.corpus_round
	$(BIN)/python -m benchmarks.rendering
	$(BIN)/python -m benchmarks.crawl

setup: .venv/.ready-dev ## install everything, tools of the developers too

.venv/.ready-run: requirements.txt pyproject.toml scripts/setup.sh
	@PYTHON=$(PYTHON) bash scripts/setup.sh requirements.txt
	@touch $@

.venv/.ready-dev: requirements-dev.txt .venv/.ready-run
	@PYTHON=$(PYTHON) bash scripts/setup.sh requirements-dev.txt
	@touch $@

lock: ## pin every dependency by hash again (needs uv)
	$(LOCK) --group build -o requirements.txt
	$(LOCK) --group build --group dev -c requirements.txt -o requirements-dev.txt

clean: ## remove what was installed and built; workspaces stay
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
