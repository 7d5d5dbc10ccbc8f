# Two commands do everything on a fresh machine: `make serve` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE ?= kg.store
PORT ?= 8000

.PHONY: screenshots install install-dev serve test lint types format clean

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --editable . --constraint constraints.txt
	touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --editable '.[dev]' --constraint constraints.txt
	touch $@ $(VENV)/.installed

serve: install ## Build the graph from seeds/ and serve it at http://localhost:8000/
	$(BIN)/kg build --store $(STORE) seeds
	$(BIN)/kg serve --store $(STORE) --port $(PORT)

lint: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: install-dev
	$(BIN)/mypy

test: lint types ## Format, lint, types, then every test
	$(BIN)/pytest

format: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: install-dev ## Take the pictures of the README anew (needs Chromium)
	$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV) $(STORE)
