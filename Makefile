# Every target sets up what it needs in .venv/ first; a second call finds it ready.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN    := .venv/bin
PYTEST := $(BIN)/python -m pytest
QUIET  := --disable-pip-version-check --no-input --quiet --quiet
PIP    := $(BIN)/python -m pip $(QUIET)

# A lock file is complete, so it is installed without resolving: an older pip does not see that a pin for `name` also
# serves `name[extra]`. `pip check` then proves that nothing is missing.

# A moved or copied folder has another number, so its environment is made anew: scripts in it hold full paths.
PLACE     := $(shell pwd -P | cksum | cut -d ' ' -f 1)
READY     := .venv/ready-$(PLACE)
DEV_READY := .venv/ready-dev-$(PLACE)

export DO_NOT_TRACK := 1

.NOTPARALLEL:
.PHONY: help run test test-slow lint scores pictures screenshots lock clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: $(READY)  ## read the sample reviews in corpus/ into outputs/
	@$(BIN)/trialtrace run corpus --out outputs
	@echo
	@echo "The command is $(BIN)/trialtrace; after '. $(BIN)/activate' it is plain trialtrace."

test: $(DEV_READY)  ## all tests but the slow ones, the quickest folders first
	$(PYTEST) -m "not slow"

test-slow: $(DEV_READY)  ## the slow tests
	@$(PYTEST) -m slow || { code=$$?; [ $$code -eq 5 ] && echo "There are no slow tests yet." || exit $$code; }

lint: $(DEV_READY)  ## style, types, order of imports, layout of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -q tests/house

scores: $(DEV_READY)  ## read the annotated reviews of the optional evaluation data, write the README's tables of scores
	$(BIN)/trialtrace scores --data "$${TRIALTRACE_EVALUATION_DATA:-../shared}"
	$(BIN)/trialtrace scores --reading --data "$${TRIALTRACE_EVALUATION_DATA:-../shared}"

pictures: $(READY)  ## read the sample reviews, draw the README's picture of them anew
	@$(BIN)/trialtrace run corpus --out build/pictures
	@$(BIN)/trialtrace plot forest --db build/pictures/trialtrace.db --endpoint PFS --statistic HR --out corpus/pictures/forest.svg

screenshots: $(DEV_READY)  ## the README's pictures of the review page, taken anew (needs Chromium)
	$(BIN)/python -m tests.browser.screenshots

lock:  ## write the lock files anew from pyproject.toml (UPGRADE=--upgrade for the newest versions)
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip $(QUIET) install pip-tools==7.6.2
	$(call compile,--extra dev,requirements-dev.lock)
	cp requirements-dev.lock requirements.lock  # so that both name the same versions
	$(call compile,,requirements.lock)

clean:  ## remove .venv/, caches and what runs left in outputs/, review decisions too; corpus/ stays
	rm -rf .venv build dist ./*.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find schemas extractors pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find outputs -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(environment)
	@echo "Setting up .venv from requirements.lock (once; a minute or two)"
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check
	@touch $@

$(DEV_READY): requirements-dev.lock pyproject.toml
	@$(environment)
	@echo "Setting up .venv from requirements-dev.lock (once; a minute or two)"
	$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check
	@touch $@ $(READY)

define environment
if ! grep -qsF "$(CURDIR)/.venv/bin/" .venv/bin/pip; then \
	"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "trialtrace needs Python 3.11: make PYTHON=/path/to/python3.11 ..."; exit 1; }; \
	"$(PYTHON)" -m venv --clear .venv; \
fi
endef

compile = build/lock/bin/pip-compile --quiet --generate-hashes --unsafe-package none --strip-extras \
	--build-deps-for editable --no-header --no-annotate --no-emit-options --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links $(UPGRADE) $(1) --output-file $(2) pyproject.toml
