# Two commands do everything: make serve, make test. See README.md.
# Many tests run on all cores at once; `make test SHARE=` runs them one after another.
SHARE ?= -n auto --dist worksteal
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: serve test setup check lint encoder-tests browser-tests quality-tests clean

serve: $(VENV)/.installed
	@$(BIN)/python -m kb serve

test: $(VENV)/.installed-test
	@$(BIN)/python -m pytest $(SHARE) -m "not needs_model and not needs_index and not needs_browser"

setup: $(VENV)/.installed $(VENV)/.installed-test

check: lint encoder-tests browser-tests quality-tests test

lint: $(VENV)/.installed-dev
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m mypy

encoder-tests: $(VENV)/.installed-transformers
	@$(BIN)/python -m pytest -m needs_model

# Walks the site in Chromium; set CHROMIUM where the browser is not found on its own.
browser-tests: $(VENV)/.installed-browser
	@$(BIN)/python -m pytest $(SHARE) -m needs_browser

# Builds the whole index with the bundled encoder once, and holds the measured quality to its floor.
quality-tests: $(VENV)/.installed-test
	@$(BIN)/python -m pytest -m needs_index

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 serve")'
	@echo "Creating $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

# Without --no-compile, byte code that is mostly never run adds 65 MB to the install.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing (once; some minutes on a slow line) ..."
	@$(PIP) install --no-compile -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@echo "Installing what the tests need ..."
	@$(PIP) install -c constraints.txt -e '.[test]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed-test
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@

# torch comes first, by its exact version: a plain request would bring gigabytes of CUDA along.
$(VENV)/.installed-transformers: $(VENV)/.installed-test
	@$(PIP) install torch==2.13.0
	@$(PIP) install -c constraints.txt -e '.[transformers]'
	@touch $@

$(VENV)/.installed-browser: $(VENV)/.installed-test
	@$(PIP) install -c constraints.txt -e '.[browser]'
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
