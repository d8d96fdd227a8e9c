# Mitplan: `make` starts it, `make help` lists the rest. Needs only make and Python >= 3.11.
.DEFAULT_GOAL := run

HOST ?= 127.0.0.1
PORT ?= 8000
EMPTY ?=
JOBS ?= 2
DEEP_CASES ?= 100000
FUZZ_SECONDS ?= 600

# The first Python on this machine that is new enough.
PY ?= $(firstword $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done; true))
V := .venv
BIN := $(V)/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/mitplan/locale/*/LC_MESSAGES/django.po))
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

# uv is fast and needs only to be there; where it cannot be had or cannot reach a mirror, pip does the same.
define install
@$(PIP) install --require-hashes -r requirements/uv.txt 2>/dev/null || true
@if test -x $(BIN)/uv && $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $(1) 2>/dev/null; \
	then :; else $(PIP) install --require-hashes -r $(1); fi
@touch $@
endef

run: setup ## start Mitplan with the demonstration (HOST=, PORT=; EMPTY=1 starts without it)
	@HOST='$(HOST)' PORT='$(PORT)' EMPTY='$(EMPTY)' $(BIN)/mitplan serve

setup: $(V)/ready $(CATALOGUES) ## make .venv, install what running needs, compile the translations

test: $(V)/dev setup ## the tests on SQLite (JOBS=2 at the same time)
	$(BIN)/python -m pytest -q -rs -n $(JOBS) --dist loadgroup -m 'not deep'

# Journeys start sites of their own, on files of their own; `make test` walks them.
test-pg: $(V)/dev setup ## the tests that touch the database, on a throw-away PostgreSQL cluster
	$(BIN)/python tools/with_postgres.py $(BIN)/python -m pytest -q -rs -n $(JOBS) --dist loadgroup -m 'not deep' \
		--ignore=tests/core --ignore=tests/formats --ignore=tests/journeys

deep: $(V)/dev setup ## the long generated cases: DEEP_CASES=100000 over the properties of the core, and those of the formats
	DEEP_CASES='$(DEEP_CASES)' $(BIN)/python -m pytest -q -rs -n $(JOBS) -m deep tests/core tests/formats

check: $(V)/dev setup ## style, types, direction of the rooms, templates, migrations, translations, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	MYPYPATH=src:. $(BIN)/mypy --explicit-package-bases $(wildcard tools/*.py)
	$(BIN)/lint-imports
	$(BIN)/djhtml --check --tabwidth 2 src
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --database default
	$(BIN)/python tools/messages.py check
	$(BIN)/deptry src

bench: $(V)/dev setup ## the workloads beside their rivals, in one run (WRITE=docs/reference/benchmarks.md)
	$(BIN)/python -m bench $(if $(WRITE),--write $(WRITE))

fuzz: $(V)/dev setup ## read broken Word, OpenDocument and PDF files for FUZZ_SECONDS; what shows a fault is kept in var/fuzz
	DJANGO_SETTINGS_MODULE=mitplan.config.settings PYTHONPATH=src $(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

messages: $(V)/dev ## collect the German sentences into the catalogues and compile them
	$(BIN)/python tools/messages.py update

reference: $(V)/dev setup ## write what follows from the code into docs/reference/
	$(BIN)/python -m tools.reference

lock: $(V)/dev ## renew requirements/ from pyproject.toml (UP=--upgrade takes newer versions)
	$(LOCK) $(UP) pyproject.toml --group build -o requirements/run.txt
	$(LOCK) $(UP) pyproject.toml --group build --group dev -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) $(UP) --group pyproject.toml:installer -o requirements/uv.txt
	@! grep -nE '://|--(extra-)?index-url|--find-links' requirements/*.txt

clean: ## remove what can be made again; the database and files under var/ stay
	rm -rf $(V) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis static-collected
	find src -name '*.mo' -delete
	find . -name __pycache__ -prune -exec rm -rf {} +

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

$(BIN)/python:
	@test -n '$(PY)' || { \
		echo 'Mitplan braucht Python 3.11 oder neuer; auf diesem Rechner wurde keines gefunden (make PY=/pfad/zu/python3).'; \
		echo 'Mitplan needs Python 3.11 or newer; none was found on this machine (make PY=/path/to/python3).'; exit 1; } >&2
	@$(PY) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo 'Dem Python fehlt das Modul venv. Bitte installieren: sudo apt install python3-venv'; \
		echo 'This Python lacks the module venv. Please install it: sudo apt install python3-venv'; exit 1; } >&2
	@echo 'Richte $(V) ein … (setting up, once)'
	@$(PY) -m venv $(V)

$(V)/libraries: requirements/run.txt requirements/uv.txt | $(BIN)/python
	$(call install,requirements/run.txt)

$(V)/ready: $(V)/libraries pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(V)/dev: requirements/dev.txt $(V)/libraries
	$(call install,requirements/dev.txt)

%.mo: %.po $(V)/libraries
	@$(BIN)/python tools/messages.py compile

.PHONY: run setup test test-pg deep fuzz check bench messages reference lock clean help
