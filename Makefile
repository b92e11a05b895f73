PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv

# Each of the many processes of a test run would compile all it imports, several seconds of work, and keep nothing.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: install setup demo test unit lint format lock bench words

install: .venv/.installed ## everything the project needs, into .venv

.venv/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsdesk needs Python 3.11 or newer: make install PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	VIRTUAL_ENV=$(CURDIR)/.venv $(UV) pip sync --quiet requirements.lock
	VIRTUAL_ENV=$(CURDIR)/.venv $(UV) pip install --quiet --no-deps --editable .
	touch $@

setup: install ## ask for models and token, try each, write .env
	$(BIN)/newsdesk setup

demo: install ## index the sample articles, ask, show the cited answers
	$(BIN)/newsdesk demo

test: install ## every test; several at once, since most of them wait
	$(BIN)/pytest -n 4 --dist worksteal

unit: install ## the tests that need no embedding model
	$(BIN)/pytest -m "not slow"

lint: install ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: ## pin what pyproject.toml asks for, with hashes; what is pinned already stays (make lock UPGRADE=--upgrade)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--extra dev $(UPGRADE) pyproject.toml --output-file requirements.lock

NOBODY := '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By)/d'

words: install ## bring the catalogues of the bot's words up to date with the code (docs/discord.md)
	@mkdir -p build
	$(BIN)/pybabel -q extract --no-default-keywords -k Phrase -k Plural:1,2 -k tell -k tell_count:1,2 --no-location --omit-header -o build/newsdesk.pot bot index
	for language in bot/discord/locales/*; do \
		$(BIN)/pybabel -q update --width 110 --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
			-i build/newsdesk.pot -l $$(basename $$language) -o $$language/newsdesk.po && \
		sed -i.old -E $(NOBODY) $$language/newsdesk.po && rm $$language/newsdesk.po.old; done

bench: install ## measure speed, memory and retrieval; see docs/benchmarks.md
	$(BIN)/python -m benchmarks
