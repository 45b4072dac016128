# Every target says what it does; `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PY := .venv/bin/python
RUN_PACKAGES := libsqlite3-mod-spatialite libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core
TEST_PACKAGES := $(RUN_PACKAGES) postgresql postgresql-postgis libreoffice-calc-nogui python3-qgis poppler-utils
PYTEST := $(PY) -m tests.postgres $(PY) -m pytest
# Some machines forbid it, and each of the tests' many processes would compile the program again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run demo test lint style types check coverage bench screenshots translations assets lock clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{printf "  make %-14s %s\n", $$1, $$2}'

run: .venv/run.stamp ## Install what is missing and serve the demonstration region on 127.0.0.1:8000
	@$(PY) -m outreach.run

demo: .venv/run.stamp ## Load the demonstration region into the embedded database
	@$(PY) -m outreach.run --prepare-only

test: ## Everything CI runs: lint, types, import rules, all tests on both databases
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint assets translations
	@$(MAKE) --no-print-directory check

check: .venv/test.stamp assets translations ## All tests, in two processes
	@$(PYTEST) -n 2 --dist loadgroup --no-loadscope-reorder -q $(ARGS)

coverage: .venv/test.stamp assets translations ## All tests, with branch coverage
	@$(PYTEST) -n 2 --dist loadgroup --no-loadscope-reorder --cov --cov-report=term:skip-covered -q $(ARGS)

lint: types style ## Style, templates, types and import rules

style: .venv/test.stamp
	@mkdir -p .cache
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check -q .
	@.venv/bin/lint-imports --no-cache > .cache/imports.log 2>&1 || { cat .cache/imports.log; exit 1; }
	@.venv/bin/djlint templates --lint --quiet

types: .venv/test.stamp ## Types
	@.venv/bin/mypy

bench: .venv/bench.stamp assets translations ## Our benchmarks, as ratios against floors in the same run
	@bin/need wrk
	@$(PY) -m tests.postgres $(PY) -m bench $(ARGS)
	@$(PY) -m bench.addresses

screenshots: .venv/test.stamp assets translations ## The README's pictures, from the browser tests' script
	@$(PY) -m tests.browser.screenshots

translations: .venv/run.stamp ## Compile the Swedish catalogue
	@$(PY) -m outreach.translations

assets: .venv/run.stamp ## Build the front end
	@$(PY) -m outreach.assets

lock: ## Compile the locks from pyproject.toml
	@$(PY) -m pip install -q uv
	@.venv/bin/uv pip compile -q $(COMPILE) pyproject.toml -o requirements.txt
	@.venv/bin/uv pip compile -q $(COMPILE) pyproject.toml --group test -o requirements-dev.txt
	@.venv/bin/uv pip compile -q $(COMPILE) pyproject.toml --group test --group bench -o requirements-bench.txt

COMPILE := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --no-emit-index-url --no-emit-find-links

clean: ## Remove everything that was made here
	@rm -rf .venv node_modules static/build instance .cache

# A recipe of its own for the environment, so that a second `make run` starts at once.
.venv/bin/python:
	@bin/choose-python >/dev/null 2>&1 || bin/need python3-venv
	@bin/need $(RUN_PACKAGES)
	@python=$$(bin/choose-python) && $$python -m venv .venv
	@mkdir -p .cache

.venv/run.stamp: requirements.txt | .venv/bin/python
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	@bin/need $(TEST_PACKAGES) $$(bin/chromium-package)
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@[ -x /usr/bin/chromium ] || $(PY) -m playwright install --with-deps chromium
	@touch $@

.venv/bench.stamp: requirements-bench.txt .venv/test.stamp
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.txt
	@touch $@
