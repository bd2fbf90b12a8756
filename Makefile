# GreenMat 绿材名录: `make run` serves the site, `make test` checks everything. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PYTHON ?= python3
PORT ?=
VENV := .venv
PY := $(VENV)/bin/python
# Two processes are as many as a small machine carries beside a browser and a database.
PYTEST := $(PY) -m pytest -n 2

.PHONY: help
help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

.PHONY: run
run: .run-ready ## Load the demonstration data once, then serve the site; PORT=8080 changes the port, 8000 otherwise
	@$(PY) -m seeds load
	exec $(PY) -m frontend.cli run $(if $(PORT),--port "$(PORT)")

.PHONY: test
test: lint ## Check style, types, layers and every suite
	$(PYTEST) -m "not full"

.PHONY: test-full
test-full: lint ## The same with the long browser and language matrix
	$(PYTEST)

.PHONY: test-postgres
test-postgres: .dev-ready ## Run what a database has a part in on the PostgreSQL of GREENMAT_TEST_POSTGRES
	@[ -n "$${GREENMAT_TEST_POSTGRES:-}" ] || { \
	  echo "Name a server that tests may create databases in: GREENMAT_TEST_POSTGRES='postgresql+psycopg://user@host/postgres'" >&2; exit 1; }
	$(PYTEST) -m "database and not full and not looks"

.PHONY: lint
lint: .dev-ready ## Check format, style, types, layers and templates
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command as check; check()'
	$(PY) -m djlint --lint frontend/templates

.PHONY: bench
bench: .dev-ready ## Measure every published bar
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(PY) -m "benchmarks.$$(basename "$$script" .py)"; done

.PHONY: seed
seed: .run-ready ## Load the demonstration data into the configured database
	$(PY) -m seeds load

.PHONY: reset
reset: ## Delete the embedded database and search index (var)
	rm -rf -- var

# The environment is built once per lock file: the copy beside it tells what is installed.
.PHONY: .run-ready .dev-ready .venv-ready
.run-ready: .venv-ready
	@cmp -s requirements.lock $(VENV)/run.lock || { $(call install,requirements.lock); cp requirements.lock $(VENV)/run.lock; }

.dev-ready: .venv-ready
	@cmp -s requirements-dev.lock $(VENV)/dev.lock || { $(call install,requirements-dev.lock); \
	  cp requirements.lock $(VENV)/run.lock; cp requirements-dev.lock $(VENV)/dev.lock; }

.venv-ready:
	@if [ ! -x $(PY) ]; then \
	  command -v "$(PYTHON)" >/dev/null || { echo "No '$(PYTHON)' found: install Python 3.11 or later, or name one: make run PYTHON=python3.12" >&2; exit 1; }; \
	  "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "$$("$(PYTHON)" --version) is too old: Python 3.11 or later is needed. Name one: make run PYTHON=python3.12" >&2; exit 1; }; \
	  "$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	    echo "$(PYTHON) has no 'venv' module: on Debian and Ubuntu, 'apt install python3-venv' brings it." >&2; exit 1; }; \
	  echo "Creating $(VENV) with $$("$(PYTHON)" --version)"; \
	  rm -rf $(VENV); "$(PYTHON)" -m venv $(VENV); \
	fi

define install
echo "Installing from $(1); the first time takes a minute or two"; \
$(PY) -m pip install --disable-pip-version-check --require-hashes --no-deps -r $(1) || { \
  echo "The installation failed. Where a package has no ready-made wheel, pysqlite3 above all, it is built" \
       "from source and needs a C compiler and the Python headers (Debian: apt install build-essential python3-dev)." >&2; \
  exit 1; }
endef
