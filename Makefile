# A clone needs Python 3.11 to 3.13 and make; everything else goes into .venv, from uv.lock.

UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	"$$python" -c '$(FITS)' 2>/dev/null && echo "$$python" && break; done)
COMPOSE ?= $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose)

# Another active environment or a newer interpreter from elsewhere must not be picked up.
unexport VIRTUAL_ENV
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_PYTHON_DOWNLOADS := never
SYNC := $(BIN)/uv sync --frozen --inexact --quiet --extra embedded

.DEFAULT_GOAL := help
.PHONY: help setup demo run test check fmt lint types bench fuzz clean compose-up compose-down asyncapi openapi

help: ## Show these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.developer ## Install everything a developer needs into .venv

demo: $(VENV)/.program ## Post a sample story and show what a partner receives
	@$(BIN)/depesche demo $(ARGS)

run: $(VENV)/.program ## Start the three services and stay up
	@$(BIN)/depesche up --config config $(ARGS)

test: setup ## Run all tests; ARGS="-k kill" for some of them
	$(BIN)/pytest $(ARGS)

check: lint types test ## All that must pass before a commit

fmt: setup ## Format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup ## Style and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup ## mypy and pyright, both strict
	$(BIN)/mypy
	$(BIN)/pyright

fuzz: $(VENV)/.fuzz ## Fuzz the parsers for ten minutes; ARGS="nitf --seconds 60"
	@$(BIN)/python -m fuzz $(ARGS)

bench: $(VENV)/.bench ## Print the benchmark table
	@$(BIN)/python -m bench $(ARGS)

asyncapi: $(VENV)/.program ## Write docs/asyncapi.yaml and docs/openapi-*.yaml
	$(BIN)/python -m depesche.contracts

openapi: asyncapi ## The same

compose-up: ## Build the image; start Redis and the services in containers
	$(COMPOSE) up --build --detach $(ARGS)

compose-down: ## Stop the containers; their data stays
	$(COMPOSE) down $(ARGS)

clean: ## Remove the environment and all caches; never data/
	rm -rf $(VENV) .demo .fuzz dist .coverage .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.uv-$(UV_VERSION):
	@test -n "$(PYTHON)" || { echo "Depesche needs Python 3.11, 3.12 or 3.13 and found none of them on the PATH." \
		"Name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c '$(FITS)' 2>/dev/null || { echo "Depesche needs Python 3.11, 3.12 or 3.13; $(PYTHON) is" \
		"$$("$(PYTHON)" --version 2>/dev/null || echo no Python that runs)." >&2; exit 1; }
	@echo "Setting up $(VENV) with $$("$(PYTHON)" --version 2>&1) …" >&2
	@"$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# Order-only: --inexact keeps what an earlier set-up brought, so each stamp stands for itself.
$(VENV)/.program: pyproject.toml uv.lock | $(VENV)/.uv-$(UV_VERSION)
	@$(SYNC) --no-default-groups
	@touch $@

$(VENV)/.developer: pyproject.toml uv.lock | $(VENV)/.uv-$(UV_VERSION)
	@$(SYNC) --group dev
	@touch $@ $(VENV)/.program

$(VENV)/.fuzz: pyproject.toml uv.lock | $(VENV)/.uv-$(UV_VERSION)
	@$(SYNC) --group dev --group fuzz
	@touch $@ $(VENV)/.program $(VENV)/.developer

$(VENV)/.bench: pyproject.toml uv.lock | $(VENV)/.uv-$(UV_VERSION)
	@$(SYNC) --no-default-groups --group bench
	@touch $@
