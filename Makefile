# Sets up what is missing, then does the job. `make` alone prints what there is.
# Every step leaves a stamp under .venv/ or build/, so that a second run is quick.

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

# Any Python 3.11 or newer; `make PYTHON=python3.12 test` names another.
PYTHON ?=
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
COMPLIANCE := $(BIN)/compliance

# The invented clinic, its identity and its report all stay under build/.
DEMO_AUDITOR := Dana Whitfield
DEMO := --profile examples/sunrise/clinic.yaml --answers examples/sunrise/answers.yaml \
	--as-of 2026-11-23 --auditor "$(DEMO_AUDITOR)" --role "Compliance officer" \
	--sign-as "$(DEMO_AUDITOR)"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help audit demo test check docs bench lock clean anew

help: ## print these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' Makefile

audit: build/system/audit .venv/.runtime ## set up, then audit your clinic in my-clinic/ (without a terminal: the demo)
	@if [ -t 0 ] && [ -t 1 ]; then $(COMPLIANCE) audit my-clinic; else $(MAKE) --no-print-directory demo; fi

demo: export COMPLIANCE_HOME = build/identities
demo: export COMPLIANCE_PASSPHRASE = the demo signs for nobody
demo: build/system/audit .venv/.runtime ## audit the example clinic and sign its report
	@rm -rf build/demo build/identities
	@$(COMPLIANCE) identity new "$(DEMO_AUDITOR)"
	@$(COMPLIANCE) audit build/demo $(DEMO)

test: build/system/$(if $(SLOW),slow,test) .venv/.dev ## run the tests; SLOW=1 runs the slow ones too
	@$(BIN)/python -m pytest -n auto $(if $(SLOW),,-m "not slow")

# AS_OF=2026-11-23 lints as of that day: CI gives the last commit's, so that time alone never fails it.
check: .venv/.dev ## run ruff, mypy, the import contract, the lint and the scenarios of the checklists
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(COMPLIANCE) lint checklists --strict $(if $(AS_OF),--as-of $(AS_OF))
	$(COMPLIANCE) test checklists --strict

docs: .venv/.dev ## write the pages and schemas that are made from the code
	@$(BIN)/python tools/write_docs.py

bench: build/system/audit .venv/.dev ## measure against peers
	@$(BIN)/python benchmarks/run.py

lock: .venv/pyvenv.cfg ## pin the newest packages that pyproject.toml allows
	@$(PIP) install --upgrade --target build/uv uv==0.13.9
	@$(LOCK) --group build -o requirements.txt
	@$(LOCK) --group dev -c requirements.txt -o requirements-dev.txt

# Universal: one file for every Python from 3.11 on Linux, macOS and Windows.
LOCK = PYTHONPATH=build/uv UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/python -m uv --quiet \
	pip compile --universal --python-version 3.11 --generate-hashes --upgrade pyproject.toml

clean: ## remove all that make built; my-clinic/ stays
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What no Python package brings: each stamp is named after the job that needs it.
NEEDS_audit := venv pango
NEEDS_test := venv pango poppler
NEEDS_slow := $(NEEDS_test) java softhsm chromium

build/system/%: tools/system-packages.sh tools/loads.py tools/python.sh
	@python=$$(sh tools/python.sh $(PYTHON)) && sh tools/system-packages.sh "$$python" $(NEEDS_$*)
	@mkdir -p $(@D) && touch $@

# Made anew when its Python does not start, as after an upgrade that removed the one it points to.
.venv/pyvenv.cfg: $(shell $(BIN)/python -c '' 2>/dev/null || echo anew)
	@python=$$(sh tools/python.sh $(PYTHON)) && sh tools/system-packages.sh "$$python" venv && \
		"$$python" -m venv --clear .venv

# The package itself, built by the pinned hatchling: nothing unpinned is fetched.
EDITABLE = $(PIP) install --no-deps --no-build-isolation --editable .

.venv/.runtime: requirements.txt pyproject.toml .venv/pyvenv.cfg
	@echo "Installing the pinned packages into .venv (once, about a minute)."
	@$(PIP) install -r requirements.txt
	@$(EDITABLE)
	@touch $@

.venv/.dev: requirements-dev.txt pyproject.toml .venv/pyvenv.cfg
	@echo "Installing the pinned packages and developers' tools into .venv (once, about a minute)."
	@$(PIP) install -r requirements-dev.txt
	@$(EDITABLE)
	@touch .venv/.runtime $@
