# A newcomer's two commands: make run, make test. All others: make help.
PYTHON ?= python3
VENV = .venv/bin/python
YES_OPTION = $(if $(YES),--yes)
.DEFAULT_GOAL := help
.PHONY: help environment dev catalogues run stop status reset backup restore elasticsearch elasticsearch-stop test messages format lint locks

help:
	@echo "make run             the portal on this machine: PORT, DATABASE_URL … as docs/operations.md lists"
	@echo "make stop | status   stop it | say what runs"
	@echo "make backup          database and files into one archive under var/backups"
	@echo "make restore FILE    put such an archive in the place of what is here"
	@echo "make reset           forget everything but the backups"
	@echo "make elasticsearch   an Elasticsearch on this machine, to try search on one; elasticsearch-stop ends it"
	@echo "make test            everything that is checked"
	@echo "make messages        bring the translations up to date with the code"
	@echo "make format | lint   lay the code out | look at it"

environment:
	@$(PYTHON) site/imperia/environment.py

dev:
	@$(PYTHON) site/imperia/environment.py --dev

catalogues:
	@cd site && ../$(VENV) -m imperia.catalogue compile

run: environment catalogues
	@$(VENV) manage.py portal run

stop status backup: environment catalogues
	@$(VENV) manage.py portal $@

reset: environment catalogues
	@$(VENV) manage.py portal reset $(YES_OPTION)

# `make restore FILE`: the word after `restore` is the archive and no target of its own.
ifeq (restore,$(firstword $(MAKECMDGOALS)))
ifneq (,$(word 2,$(MAKECMDGOALS)))
FILE ?= $(word 2,$(MAKECMDGOALS))
.PHONY: $(word 2,$(MAKECMDGOALS))
$(word 2,$(MAKECMDGOALS)): restore
	@:
endif
endif
restore: environment catalogues
	@test -n "$(FILE)" || { echo "Which archive? make restore FILE=var/backups/imperia-….tar.gz"; exit 2; }
	@$(VENV) manage.py portal restore "$(FILE)" $(YES_OPTION)

elasticsearch: environment catalogues
	@$(VENV) manage.py elasticsearch start $(if $(ELASTICSEARCH_PORT),--port $(ELASTICSEARCH_PORT))

elasticsearch-stop: environment catalogues
	@$(VENV) manage.py elasticsearch stop

test: dev catalogues
	@$(VENV) -m pytest -n $${PYTEST_WORKERS:-2} --dist loadgroup $(ARGS)

messages: dev
	@cd site && ../$(VENV) -m imperia.catalogue update
	@cd site && ../$(VENV) -m imperia.catalogue check

format: dev
	@$(VENV) -m ruff format .
	@$(VENV) -m ruff check --fix .

lint: dev
	@$(VENV) -m pytest tests/test_house.py

locks:
	uv pip compile pyproject.toml --all-extras --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements.lock
	uv pip compile pyproject.toml --all-extras --group dev -c requirements.lock --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements-dev.lock
