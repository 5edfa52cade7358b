# Two commands do their own set-up: `make serve` shows the site, `make test` checks it.
# `make help` lists the rest.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# One lock for every platform and Python from 3.11; no header and no note, so that no address gets in.
COMPILE = $(BIN)/uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 \
          --generate-hashes --no-header --no-annotate --quiet

# Both MkDocs plugins print a banner about MkDocs 2 on each build.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help serve build offline release check test audit pictures lock bench bench-tools canary generated clean
.DELETE_ON_ERROR:

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(VENV)/requirements.txt ## preview the site, and show each change as it is saved (http://127.0.0.1:8000)
	$(BIN)/mkdocs serve

build: $(VENV)/requirements.txt ## check everything and build the publishable site into site/
	$(BIN)/kb build

offline: $(VENV)/requirements.txt ## check everything and pack the site as a zip that opens from disk into dist/
	$(BIN)/kb offline

release: $(VENV)/requirements.txt ## make what a host takes, out of this commit, into dist/: source, site, zip, checksums
	$(BIN)/kb release

check: $(VENV)/requirements.txt ## find what authors should mend in data/ and docs/, without building
	$(BIN)/kb check

test: $(VENV)/requirements-dev.txt ## run the tests
	$(BIN)/pytest -n 3 --dist loadfile

audit: $(VENV)/requirements-dev.txt ## look at every page as readers meet it: accessibility, widths, requests, HTML, links, size
	$(BIN)/pytest -m slow -n 2 --dist load
	$(BIN)/python -m audit

pictures: $(VENV)/requirements-dev.txt ## take the README's pictures again, from the site as it is
	$(BIN)/python -m pictures.take

bench: $(VENV)/requirements-dev.txt ## measure how builds grow and what readers wait for, beside other generators (10 minutes)
	$(BIN)/python -m benchmarks

bench-tools: $(VENV)/requirements-dev.txt ## install Zensical and Hugo for the bench, apart from the project
	$(BIN)/python -m benchmarks --install

canary: $(VENV)/requirements.txt ## rehearse the way out: build with ProperDocs and Zensical, and compare (needs the network)
	$(BIN)/python -m canary

generated: $(VENV)/requirements.txt ## write again what is made from something else: data/schemas/, the pull request's checklist
	$(BIN)/kb generate

lock: $(VENV)/requirements-dev.txt ## renew the lock files from pyproject.toml
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --output-file requirements-dev.txt --extra dev --constraint requirements.txt

clean: ## remove what was made: .venv, caches and site
	rm -rf $(VENV) .cache site .pytest_cache .mypy_cache .ruff_cache .hypothesis

# --- set-up -----------------------------------------------------------------------------------------
# The copy of a lock file inside .venv says what is installed. It is compared by content, so that a fresh
# checkout with new file times installs nothing again, and a changed lock always does.

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; '$(PYTHON)' is not. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/%.txt: %.txt | $(VENV)/bin/python
	@if cmp -s $< $@; then touch $@; else \
	  echo "Installing from $< (hashes checked; the first time takes a minute) ..." && \
	  $(BIN)/python -m pip install --quiet --require-hashes --requirement $< && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable . && \
	  cp $< $@; fi
