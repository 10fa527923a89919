# What a person does here, and what the checks on a submission do: the same commands.
BIN := .venv/bin
READY := .venv/ready
READY_TEST := .venv/ready-test
READY_MUTANTS := .venv/ready-mutants
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test tests mutants storm fuzz pictures lint format locks

help: ## this list
	@echo 'Thi đua. Start with:  make demo  (chạy thử), then open http://127.0.0.1:8080'
	@echo
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'
	@echo
	@echo '  PYTHON=python3.12 make setup    another Python      THIDUA_PORT=8081 make demo    another port'
	@echo '  make test ARGS="-k join -x"     a part of the tests'

setup: $(READY) ## install what the program needs into .venv (cài đặt)
	@echo 'Ready. Next:  make demo'

demo: $(READY) ## the whole program on this machine, with made-up villages (chạy thử)
	@$(BIN)/python .ci/port_is_free.py
	@$(BIN)/thidua demo $(ARGS)

test: $(READY_TEST) ## everything that must hold: lint, types, import contracts, tests
	@$(MAKE) --no-print-directory -j 2 lint tests

tests: $(READY_TEST)
	$(BIN)/pytest -q -rs --durations=15 -n 3 --dist worksteal $(ARGS)

mutants: $(READY_MUTANTS) ## change the rules in hundreds of ways and see which changes the tests miss
	$(BIN)/mutmut run
	$(BIN)/mutmut results

storm: $(READY_TEST) ## the long tests: hundreds of kills, thousands of conversations
	$(BIN)/pytest -q -rs --durations=15 -m storm --timeout 1200 -n 3 --dist worksteal $(ARGS)

fuzz: $(READY_TEST) ## a million texts for the reader of quantities; a quarter of an hour
	$(BIN)/pytest -q -m fuzz --timeout 1200 -n 2 --dist worksteal $(ARGS)

lint: $(READY_TEST) ## lint, formatting, types and import contracts, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.architecture.house

pictures: $(READY_TEST) ## the pictures of the README and the guides, made anew by the browser tests
	THIDUA_PICTURES=docs/pictures $(BIN)/pytest -q tests/browser -m browser -k "joining or neighbour"

format: $(READY_TEST) ## format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

locks: ## renew the lock files from pyproject.toml (needs uv)
	uv pip compile $(LOCKING) --extra build --output-file requirements.lock
	uv pip compile $(LOCKING) --extra build --extra test --constraint requirements.lock --output-file requirements-test.lock
	uv pip compile $(LOCKING) --extra build --extra test --extra mutants --constraint requirements-test.lock --output-file requirements-mutants.lock

# --universal: one lock for every platform and Python 3.11 on; names, versions and hashes, no address.
LOCKING := pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)

$(READY): requirements.lock pyproject.toml .ci/setup
	@.ci/setup requirements.lock $@

$(READY_TEST): requirements-test.lock $(READY)
	@.ci/setup requirements-test.lock $@

$(READY_MUTANTS): requirements-mutants.lock $(READY_TEST)
	@.ci/setup requirements-mutants.lock $@

# A checkout that was moved sets itself up again.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif
