# Every verb of the house. Nothing outside this folder is changed; all of it works a second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
TESTS ?= tests
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help demo serve test quick check bench races browser messages lock clean
help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

# --- the environment: what runs the product, and what tests and checks need as well ---
$(VENV)/base.stamp: requirements/base.txt
	@echo "Memasang pustaka (sekali saja) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
ifeq ($(UV),)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar on --require-hashes -r requirements/base.txt
else
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/base.txt
endif
	@$(BIN)/python scripts/link_package.py
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/base.stamp
	@echo "Memasang pustaka pengembang (sekali saja) …"
ifeq ($(UV),)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar on --require-hashes -r requirements/dev.txt
else
	@$(UV) pip install --python $(BIN)/python --require-hashes -r requirements/dev.txt
endif
	@touch $@

demo: $(VENV)/base.stamp ## three example partnerships, carried by the product itself, then served (SERVE=0: listed only; RESET=1: anew)
	@$(BIN)/bermitra demo $(if $(filter 1,$(RESET)),--reset) $(if $(filter 0,$(SERVE)),--no-serve)

serve: $(VENV)/base.stamp ## prepare the instance and serve it on http://127.0.0.1:8000
	@$(BIN)/bermitra prepare
	@$(BIN)/bermitra serve

test: $(VENV)/dev.stamp ## everything but browsers, on SQLite (DATABASE_URL chooses another database)
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser" $(TESTS)

quick: $(VENV)/dev.stamp ## rules, forms and actions only
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser and not slow" $(TESTS)

races: $(VENV)/dev.stamp ## a thousand races of each kind (DATABASE_URL chooses another database)
	@BERMITRA_RACES=1000 $(BIN)/python -m pytest -s -n 0 tests/selection/test_races.py tests/agreements/test_races.py

browser: $(VENV)/dev.stamp ## the pages in Debian's Chromium
	@$(BIN)/python -m pytest -m browser $(TESTS)

check: $(VENV)/dev.stamp ## style, types, import order, migrations, translations, generated pages, links
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy bermitra
	@$(BIN)/lint-imports
	@$(BIN)/bermitra makemigrations --check --dry-run
	@$(BIN)/python scripts/translations.py --check
	@$(BIN)/python scripts/docs.py --check
	@$(BIN)/python scripts/links.py

bench: $(VENV)/dev.stamp ## the measured goals: make bench NAME=commands, or all of them
	@set -e; for each in $(or $(NAME),$(basename $(notdir $(wildcard bench/[a-z]*.py)))); do \
	  test $$each = common || $(BIN)/python -m bench.$$each; done

messages: $(VENV)/dev.stamp ## gather sentences for the English catalogue and compile it
	@$(BIN)/python scripts/translations.py

lock: ## make the hashed requirements anew from pyproject.toml (needs uv)
	@uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements/base.txt
	@uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --extra dev pyproject.toml -o requirements/dev.txt

clean: ## take away the environment; what the instance holds in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
