PYTHON ?= python3

.PHONY: run test check format bench clean help

help: ## list the targets
	@grep -E '^[a-z]+:.*##' Makefile

run: ## set up, fetch the models, serve the web chat on http://127.0.0.1:7860
	$(PYTHON) deploy/install.py run

test: ## set up, then run the tests
	$(PYTHON) deploy/install.py test

check: ## formatter, linter, types, import contracts, content
	$(PYTHON) deploy/install.py check

format: ## format the code
	.venv/bin/ruff format . && .venv/bin/ruff check --fix .

bench: ## print speed against the budgets
	.venv/bin/python -m evals.bench

clean: ## remove the environment, models and stored encounters
	rm -rf .venv .salama
