# Two commands on a fresh machine: `make demo` and `make test`; each does all the set-up it needs.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PEERS := .venv-peers/.installed
# A file's tests stay in one process, which share what its fixtures made; how many processes: tests/conftest.py.
TOGETHER := -n auto --dist loadfile --no-loadscope-reorder

.PHONY: demo test coverage bench gallery peers lint lock setup system clean
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

test: $(STAMP)  ## every check and every test
	@$(MAKE) --no-print-directory -j2 system lint
	@$(BIN)/python -m pytest $(TOGETHER) $(PYTEST)

coverage: $(STAMP) system  ## every test, traced: the lines and branches that none reaches (takes half as long again)
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(TOGETHER) $(PYTEST)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --skip-covered --skip-empty

lint: $(STAMP)  ## ruff and mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(STAMP)  ## speed and memory as ratios, quality beside other programs: a report, never a test
	@$(MAKE) --no-print-directory --silent peers || echo "set-up: other programs cannot be installed here: left out" >&2
	@$(BIN)/python -m tests.bench

gallery: $(STAMP) system  ## pictures of mails and PDF pages, to look at: build/gallery/index.html (GALLERY="--stories 12 …")
	@$(BIN)/python -m tests.gallery --pdf $(GALLERY)

$(PEERS): .ci/peers.lock
	@sh .ci/setup peers "$(PYTHON)"
	@touch $@

peers: $(PEERS)  ## the programs ours is measured beside, in an environment of their own

lock: $(STAMP)  ## write the lock files anew
	@$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
		--all-extras --upgrade --quiet pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
		--upgrade --quiet .ci/peers.in -o .ci/peers.lock

clean:  ## remove what was built; never `var/`
	@rm -rf .venv .venv-peers .venv-axe build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
