# Every target makes .venv itself and redoes only what changed. Without make (Windows): see README.md.
# For another Python beside it: make test-fast PYTHON=python3.13 VENV=.scratch/python3.13
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
DEVELOPING := $(VENV)/developing
# Where uv cannot be had: make demo INSTALL=".venv/bin/python -m pip install"
INSTALL = $(BIN)/uv pip install --python $(VENV) --compile-bytecode

.PHONY: demo test test-fast test-deep lab bench mutants mutants-deep docs fuzz lint lock clean

demo: $(INSTALLED)          ## build, grade the sample class, print its table
	$(BIN)/course demo

test: lint           ## something of every kind: what CI runs
	$(BIN)/pytest --numprocesses auto

test-fast: lint      ## the short form: no browser, class, server, sandbox, training or whole build
	$(BIN)/pytest --numprocesses auto -m "not long and not deep"

test-deep: lint      ## every test, on every unit, answer and attack: before a release, and after a change of the engine
	$(BIN)/pytest --numprocesses auto -m ""

lab: $(INSTALLED)           ## study: JupyterLab on your own copy of the lessons
	$(BIN)/course lab

bench: $(DEVELOPING)        ## speed, side by side in one run
	$(BIN)/python -m benchmarks

mutants: $(DEVELOPING)      ## does the autograder find every mistake? wrong answers by hand and by machine
	$(BIN)/python -m tests.mutation

mutants-deep: $(DEVELOPING) ## 200 probe seeds, 20 of its own for each answer made by machine: is any verdict luck?
	$(BIN)/python -m tests.mutation --seeds 200 --generated-seeds 20 --seconds 3600

docs: $(DEVELOPING)         ## pages that are made: docs/misconceptions.md, reference-values.md, glossary.md
	$(BIN)/python -m autograder.exercises.page
	$(BIN)/python -m autograder.reference_values
	$(BIN)/python -m autograder.building.glossary

fuzz: $(DEVELOPING)         ## 20 000 strange answers, each in a process of its own: a verdict for every one, in time
	$(BIN)/python -m tests.fuzz

lint: $(DEVELOPING)         ## style and types
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

lock: $(DEVELOPING)         ## exact versions of everything, for Linux, macOS and Windows
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --python-version 3.11 --extra dev --upgrade pyproject.toml -o requirements.lock

clean:               ## what make made; never work/, submitted/ or a gradebook
	rm -rf .venv demo .scratch .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(INSTALLED): requirements.lock pyproject.toml   # what README's commands need
	$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else f"Python 3.11 to 3.13 is needed, this is {sys.version.split()[0]}: install one and say make PYTHON=python3.12, for example.")'
	$(PYTHON) -m venv $(VENV)
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep ^uv== requirements.lock)"
	$(INSTALL) --quiet --constraint requirements.lock --editable '.[cluster,postgresql]'
	touch $@

$(DEVELOPING): $(INSTALLED)                        # and what tests and style checks need
	$(INSTALL) --quiet --constraint requirements.lock --editable '.[dev]'
	touch $@
