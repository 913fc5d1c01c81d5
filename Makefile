# The chores; `make` alone lists them.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 3
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.DEFAULT_GOAL := help
.PHONY: help install install-dev demo run test drill lint types imports format lock wheel clean

help: ## list the chores
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

install: $(VENV)/.installed ## install the program into .venv
install-dev: $(VENV)/.installed-dev ## install the tools of development too

demo: install ## show it: a sample province on http://127.0.0.1:8080 (PORT=8090 for another), Ctrl+C stops
	$(BIN)/nhacviec demo $(if $(PORT),--port $(PORT))

run: install ## run it for real with the settings of the environment
	$(BIN)/nhacviec run

test: install-dev ## run the tests
	$(BIN)/python -m pytest -n $(WORKERS)

drill: install-dev ## break it in every way we know of, and count what was lost (QUICK=1 in a minute)
	$(BIN)/python -m benchmarks.drills $(if $(QUICK),--quick)

lint: install-dev ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev ## types
	$(BIN)/mypy

imports: install-dev ## the floors of the house
	$(BIN)/lint-imports

format: install-dev ## put the source into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## write the lock files anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate pyproject.toml requirements-build.in -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate --extra dev pyproject.toml requirements-build.in -o requirements-dev.lock

wheel: install ## build the wheel into dist/
	$(PIP) wheel --no-deps --no-build-isolation -w dist .

clean: ## remove what was built
	rm -rf dist build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
