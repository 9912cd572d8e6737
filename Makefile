# One environment for everything: `make demo` and `make test` are all a newcomer needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SOURCES := src tests benchmarks training

.PHONY: demo test chromium lint types floors accept laws bench docs lock clean

$(STAMP): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(STAMP)
	$(BIN)/chancery demo

test: chromium lint types floors
	$(BIN)/python -m pytest

# The browser tests need Debian's chromium. Where it may not be installed they are left out.
chromium:
	@command -v chromium >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	     && { apt-get install -qq -y chromium >/dev/null 2>&1 \
	          || { apt-get update -qq && apt-get install -qq -y chromium >/dev/null; }; }; } \
	|| echo "no chromium: the browser tests are left out"

lint: $(STAMP)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)

types: $(STAMP)
	$(BIN)/mypy

floors: $(STAMP)
	$(BIN)/lint-imports

# Rewrites the expected lines of tests/cases and the printed examples of README.md and the tour;
# the difference is what a reviewer reads.
accept: docs
	CHANCERY_ACCEPT=1 $(BIN)/python -m pytest tests/read/test_cases.py tests/test_docs.py

# The laws with 10,000 cases each, and the other slow checks.
laws: $(STAMP)
	HYPOTHESIS_PROFILE=laws $(BIN)/python -m pytest -m "slow or not slow" --override-ini addopts="-q --import-mode=importlib"

bench: $(STAMP)
	for file in benchmarks/bench_*.py; do $(BIN)/python $$file; done

docs: $(STAMP)
	$(BIN)/python -m chancery.cli.docs > docs/cli.md

# Hashes without addresses; `uv` is needed here only.
lock:
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 --all-extras --group test pyproject.toml requirements/build.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
