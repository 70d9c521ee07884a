# Every target works in the environment that `make dev` makes, or in another: make check PYTHON=python3.12
PYTHON ?= .venv/bin/python

.PHONY: help dev check slow mutants format lint types test readme

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

dev: ## Make .venv with the package (editable) and everything to develop it
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --upgrade pip
	$(PYTHON) -m pip install --quiet --editable . --group dev

check: lint types test readme ## Everything that must be green before a commit

slow: ## The tests that take longer
	$(PYTHON) -m pytest -q -m slow

mutants: ## Is each rule of judging held by a test? (an hour; by name: make mutants ONLY='verifier.judge.*')
	$(PYTHON) -m mutmut run --max-children 1 $(ONLY)
	$(PYTHON) -m mutmut results

format: ## Format the code, and mend what can be mended
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

lint: ## Is it formatted, and does it follow the rules?
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types: ## Do the types fit?
	$(PYTHON) -m mypy

test: ## The tests
	$(PYTHON) -m pytest -q

readme: ## Is the help in the README that of the command?
	@for name in check coverage explain; do \
	  $(PYTHON) -m verifier $$name --help >.help.tmp; \
	  sed -n "/^Usage: verifier $$name/,/^\`\`\`\$$/p" README.md | sed '$$d' | diff - .help.tmp \
	    || { echo "README.md: the help is not that of verifier $$name --help"; rm -f .help.tmp; exit 1; }; \
	done
	@rm -f .help.tmp
