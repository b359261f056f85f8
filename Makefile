# Two commands on a fresh machine: `make demo` and `make test`; each does all the set-up it needs.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test bench lint lock setup system clean
.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

$(STAMP): requirements.lock pyproject.toml
	@sh .ci/setup venv "$(PYTHON)"
	@touch $@

setup: $(STAMP)  ## the virtual environment, from the lock file with hashes

system:  ## what tests use of the system: PostgreSQL, Chromium, fonts (installed where we may, else said)
	@sh .ci/setup system

demo: $(STAMP)  ## the main job on the bundled newsroom: crawl, process, edition, mail
	@$(BIN)/kliping demo

test: $(STAMP) system lint  ## every check and every test
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -n auto --maxprocesses 4 --dist loadfile $(PYTEST)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --skip-covered --skip-empty

lint: $(STAMP)  ## ruff and mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(STAMP)  ## speed and memory as a report of ratios, never a test
	@$(BIN)/python -m tests.bench

lock: $(STAMP)  ## write the lock file anew
	@$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
		--all-extras --upgrade --quiet pyproject.toml -o requirements.lock

clean:  ## remove what was built; never `var/`
	@rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
