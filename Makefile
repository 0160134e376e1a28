# One front door. `make run` shows it working; `make test` is all that CI runs.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-long check proof bench parts stop clean lock system new-source new-query new-section

BIN := .venv/bin
# A machine that is told to keep no compiled Python compiles every module at every start: two seconds of each command.
unexport PYTHONDONTWRITEBYTECODE
PYTEST := $(BIN)/python -m pytest
# Tests run in two processes (PROCESSES=1 for one); each starts an engine of its own, Neo4j only one of them.
PROCESSES := 2
SHARED := -n $(PROCESSES) --dist loadscope --no-loadscope-reorder

help: ## Say what can be done here
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -e 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## Make .venv from the lock (Python 3.11 to 3.13)
	@PYTHON='$(PYTHON)' ./scripts/setup

run: setup ## Invent a partnership, load it, serve it on 127.0.0.1:8000
	@$(BIN)/missingnet demo

system: ## Install what the tests need from the system, or name it
	@./scripts/install-system

check: setup ## Format, lint, types, secrets and the house's own rules, in under a minute
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) tests/house

test: system check ## All that CI runs: both engines, a real browser
	$(PYTEST) $(SHARED)

test-long: system check ## The same with ten times the examples
	MISSINGNET_TEST_LONG=1 $(PYTEST) $(SHARED)

proof: setup ## Say what is found of what is planted, at any size: CHILDREN=1000 YEARS=1 SEED=4
	MISSINGNET_TEST_CHILDREN=$(or $(CHILDREN),1000) MISSINGNET_TEST_YEARS=$(or $(YEARS),1) \
	MISSINGNET_TEST_SEED=$(or $(SEED),4) $(PYTEST) tests/planted/test_duties_stand_as_planted.py \
	tests/planted/test_questions_find_what_was_planted.py tests/planted/test_who_is_suggested_first.py

bench: system setup ## Time it on this machine and print the table
	$(PYTEST) tests/bench -m bench -s

stop: ## End the graph engine that was started for the state folder
	@$(BIN)/missingnet stop

new-source: ## Start a source of files from the smallest good neighbour: NAME=probation_orders
	@./scripts/new-source $(NAME)

new-query: ## Start a question from the smallest good neighbour: NAME=school_refusal
	@./scripts/new-query '$(NAME)'

new-section: ## Start a section of a meeting's pack from a neighbour: NAME=taxis_and_licensing MEETING=OPERATIONAL-GROUP
	@NAME='$(NAME)' MEETING='$(MEETING)' ./scripts/new-section

parts: setup ## List every part with version, licence and hashes: dist/parts.cdx.json (CycloneDX)
	@./scripts/parts

lock: ## Pin every version and hash afresh (arguments to the resolver: LOCK=--upgrade)
	./scripts/lock $(LOCK)

clean: ## Remove the environment and every cache (not the state folder)
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
