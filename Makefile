# The commands of this project. `make` alone lists them.

PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help play test e2e check build build-static bench screens wheel lock clean

help: ## list these commands
	@echo "Resus Crew. The first run of each command sets up what it needs; later runs are quick."
	@echo
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

play: ## build the client and start a server: make play PORT=9000 for another port
	@tools/setup.sh python node client
	@$(BIN)/resus serve --port $(PORT)

test: ## check the code and run all tests, the last ones in a real browser
	@tools/setup.sh python node client browser
	@tools/test.sh

e2e: ## run every test in a real browser, also those that take minutes
	@tools/setup.sh python node client browser
	@mkdir -p build/artefacts
	@CHROMIUM="$$(tools/find_chromium.sh)" $(BIN)/python -m pytest tests/e2e

check: ## lint, formatting, types and import contracts
	@tools/setup.sh python
	@tools/check.sh

build: ## pack the browser client into build/web
	@tools/setup.sh python node client

build-static: ## make build/static: practice alone, for any web host and without a server
	@tools/setup.sh python node
	@$(BIN)/python -m web.static

bench: ## measure, print a table and write build/bench.json
	@tools/setup.sh python node client browser
	@CHROMIUM="$$(tools/find_chromium.sh)" $(BIN)/python -m tests.bench

screens: ## render every player screen into build/screens: make screens DESIGNS=DIR tiles each over its design
	@tools/setup.sh python
	@$(BIN)/python -m tests.ui $(if $(DESIGNS),--designs "$(DESIGNS)") $(if $(GOLDEN),--golden)

wheel: ## make dist/resus_crew-*.whl, which carries the built client
	@tools/setup.sh python node client
	@$(BIN)/python -m build --wheel --no-isolation

lock: ## renew the lock files from pyproject.toml (needs the network)
	@tools/setup.sh python
	@tools/lock.sh

clean: ## remove everything that was built; keeps .venv, node_modules and data
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find game server web lab tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
