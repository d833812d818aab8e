# The two commands: `make book` builds manuscript/ into build/; `make test` runs every check. Both do all the set-up.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: book test judges setup lint format lock pictures looks reference clean

book: setup
	$(BIN)/overprint build

test: setup lint
	$(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist loadfile

# Large books in every theme before every judge; takes long. The judges come with scripts/install-judges.sh.
judges: setup
	$(BIN)/pytest -m judged

lint: setup
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo

setup: .venv/ready
	@$(BIN)/python -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('pango-1.0'))" \
	  || sh scripts/install-pango.sh

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
	  || { echo "overprint needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo "Python cannot make a virtual environment; on Debian and Ubuntu type: sudo apt-get install python3-venv"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

format: setup
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format --quiet

# The pictures of the documentation, from the example book in each theme.
pictures: setup
	$(BIN)/python scripts/pictures.py docs/pictures

# What each theme looks like, for the test that sees when it changes: look at tests/looks before you commit them.
looks: setup
	$(BIN)/pytest --quiet --store-looks tests/test_looks.py

# The pages of docs/reference, from the program itself.
reference: setup
	$(BIN)/python scripts/reference.py

# Exact versions with hashes for every Python and system we support; no index addresses.
lock: setup
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install --quiet uv
	.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --group dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
