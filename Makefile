# Two commands do everything: `make run` starts Journeyman, `make test` passes its tests.
# Where uv is there it sets up in seconds; otherwise Python's own venv and pip do.
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.journeyman-installed
PYTHON ?= python3
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
FRONTEND := $(shell find frontend -type f 2>/dev/null) package.json package-lock.json

.PHONY: help setup run test test-slow test-browser lint content clean lock
.DEFAULT_GOAL := help

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## prepare .venv with the program in it

$(STAMP): pyproject.toml requirements.lock $(FRONTEND)
	@echo "Setting up Journeyman in $(VENV) (about a minute the first time)"
ifeq ($(UV),uv)
	@test -x $(BIN)/python || uv venv --quiet --python '>=3.11' $(VENV)
	@echo "  1/2 libraries"; uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@echo "  2/2 Journeyman and its pages"; uv pip install --quiet --python $(BIN)/python --no-deps -e .
else
	@$(PYTHON) -c 'import sys; sys.exit("Journeyman needs Python 3.11 or newer; say which with: make run PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "  1/2 libraries"; $(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --quiet --require-hashes -r requirements.lock
	@echo "  2/2 Journeyman and its pages"; $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps -e .
endif
	@touch $@

run: setup ## start Journeyman and open it in the browser
	@$(BIN)/journeyman run

test: setup ## the default tests (a few minutes)
	$(BIN)/python -m pytest -n 2

test-slow: setup ## the tests that take minutes: hostile submissions, kill -9, the whole curriculum
	$(BIN)/python -m pytest -m slow -n 2

test-browser: setup ## the tests that drive Chromium
	$(BIN)/python -m pytest -m browser

lint: setup ## ruff, mypy --strict and the layers of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

content: setup ## every rule on every curriculum entry
	$(BIN)/journeyman content check

lock: ## make requirements.lock anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra test -o requirements.lock pyproject.toml

clean: ## remove what setup made
	rm -rf $(VENV) node_modules src/journeyman/web/static/dist
