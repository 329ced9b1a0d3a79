# Needs Python 3.11 or later with pip, and make. Everything is installed into .venv; nothing outside this folder changes.
# Another Python: make report PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: report test check docs constraints clean

report: $(VENV)/installed  ## code a sample audit and the one before it, make their reports
	$(BIN)/audit run neglect-2017 neglect-2018
	@echo "The report: $(CURDIR)/outputs/index.html"

test: $(VENV)/installed-for-tests  ## every test, and every notebook from top to bottom
	$(BIN)/audit code $(notdir $(patsubst %/,%,$(wildcard data/raw/*/)))  # what the notebooks show by default
	$(BIN)/python -m pytest --nbval-lax tests notebooks

check: $(VENV)/installed-for-tests  ## style, types, which module may import which, notebooks without outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/nbstripout --verify --keep-id $(wildcard notebooks/*.ipynb)

docs: $(VENV)/installed  ## write docs/reference/ anew from the code
	$(BIN)/python docs/generate_reference.py

constraints: $(VENV)/installed  ## the newest versions that pyproject.toml allows
	$(PIP) uv
	UV_CUSTOM_COMPILE_COMMAND="make constraints" $(BIN)/uv pip compile --quiet --system-certs --upgrade --universal \
		--python-version 3.11 --all-extras --no-annotate --output-file constraints.txt pyproject.toml

clean:  ## remove what was made here and the environment; data/raw is left alone
	rm -rf $(VENV) outputs/* data/processed/* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/installed: pyproject.toml constraints.txt
	@echo "Setting up $(VENV): some minutes the first time"
	$(PYTHON) -m venv $(VENV)
	$(PIP) --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed
	$(PIP) --constraint constraints.txt --editable ".[test]"
	@touch $@
