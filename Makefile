# Everything needs only python3 (3.11 or newer) and make. `make help` lists the targets.
SHELL := /bin/sh
PYTHON ?= python3
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test check bench messages stop reset lock format

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

.PHONY: installed installed-dev
installed:
	@$(PYTHON) config/local/install.py requirements/local.txt
installed-dev:
	@$(PYTHON) config/local/install.py requirements/dev.txt

run: installed messages ## The site with the first case, on this machine: http://127.0.0.1:8000/ (PORT=…, TAMROI_STATE=…)
	@exec $(PY) -m config.local run

messages: installed ## Compile the translations
	@$(PY) -m config.messages

test: installed-dev messages ## Every test, browser tests included, with branch coverage
	@$(PY) -m tests.browser_program
	@rm -f .coverage .coverage.*
	@$(PY) -m coverage run -m pytest -n 2 --dist loadfile
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report

check: installed-dev messages ## Style, types, import contracts, templates, migrations, production settings
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m djlint --lint --quiet templates
	$(PY) -m config.local exec -- $(PY) manage.py makemigrations --check --dry-run --settings config.settings.test
	$(PY) -m config.local exec -- $(PY) manage.py lintmigrations --settings config.settings.test
	SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(64))") PUBLIC_ORIGIN=https://tamroi.example MEDIA_ROOT=/nonexistent \
		$(PY) -m config.local exec -- $(PY) manage.py check --deploy --fail-level WARNING --database default --settings config.settings.base

bench: installed-dev messages ## Measure what docs/performance.md states
	@for name in read_paths tick_cost quote_speed import_budget recheck_path; do echo "== $$name"; $(PY) -m benchmarks.$$name || exit 1; done

stop: installed ## Stop the embedded servers
	@$(PY) -m config.local down
	@$(PY) -m config.local down --test

reset: installed ## Stop the embedded servers and delete their data, after asking
	@$(PY) -m config.local reset

lock: installed-dev ## Resolve requirements/*.in into requirements/*.txt
	@cd requirements && for name in uv base local dev; do \
		../.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header $$name.in -o $$name.txt || exit 1; done

format: installed-dev ## Format the code
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix-only .
