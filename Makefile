# Two commands do everything on a fresh machine: `make demo` and `make test`. They need Python ≥ 3.11, make and a C compiler.
PYTHON ?= python3
BIN := .venv/bin
SERVE ?= 1
PORT ?= 8001

.PHONY: demo test check quality train serve lock clean help

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: .venv/ready  ## the whole job on the bundled, invented web; then the site on http://127.0.0.1:8001 (SERVE=0 ends before)
	$(BIN)/docketwire demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

test: .venv/ready-dev  ## all tests, offline
	$(BIN)/pytest $(ARGS)

check: .venv/ready-dev  ## style, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

quality: .venv/ready-dev  ## how well it reads: floors that may only rise (skips, visibly, without ../shared)
	$(BIN)/pytest -rs tests/quality $(ARGS)

train: .venv/ready  ## the summarizer's head again, from ../shared/summaries: the same papers, seeds and machine give the same weights
	$(BIN)/python -m summarize.train ../shared/summaries $(ARGS)

serve: .venv/ready  ## the site of ./data
	$(BIN)/docketwire serve --port $(PORT)

# Torch comes first and alone: whatever asks for it later is then content with the build that is here.
.venv/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "docketwire needs Python 3.11 or newer: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up .venv: about 2 GB on disk, a few minutes."
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --disable-pip-version-check --progress-bar on torch==2.13.0
	$(BIN)/pip install --disable-pip-version-check --progress-bar on -c constraints.txt -e .
	@touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/pip install --disable-pip-version-check --progress-bar on -c constraints.txt -e '.[dev]'
	@touch $@

lock: .venv/ready-dev  ## write constraints.txt from what is installed
	{ echo "# Written by make lock: every version that is installed and tested. Torch is pinned in pyproject.toml."; \
	  $(BIN)/pip freeze --exclude-editable --exclude torch; } > constraints.txt

clean:  ## remove the environment and the demonstration's data; live data stays
	rm -rf .venv data/demo-run
