# Alt som skal til, fra en maskin som bare har Python 3.11 eller nyere og make. «make help» viser listen.
# Velg en annen Python med PYTHON=/sti/til/python, en annen port med PORT=8600.

PORT ?= 8501
WORKERS ?= 3
PY = .venv/bin/python
EXAMPLE = $(CURDIR)/data/example.db
RUN = $(PY) -m strategy run --port $(PORT)
export PYTHON

.PHONY: help run example test coverage torture access pictures lint format bench translate lock install install-dev

help: ## viser denne listen
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: install ## starter løsningen på http://localhost:8501
	@exec $(RUN)

example: install ## starter den med eksempeldata (oppdiktet), ved siden av de ekte
	@$(PY) -m strategy example --database "sqlite:///$(EXAMPLE)"
	@exec $(RUN) --database "sqlite:///$(EXAMPLE)"

test: install-dev ## kjører alle tester
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

coverage: install-dev ## alle tester, og hva de ikke kom innom
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report=term-missing:skip-covered $(ARGS)

torture: install-dev ## de lange prøvene: drept midt i lagringen, mange som skriver samtidig, kopi under skriving
	@$(PY) -m bench.torture $(ARGS)

access: install-dev ## ser etter feil i universell utforming på hver side, i begge temaer og tre bredder, og med Tab
	@$(PY) -m bench.access $(ARGS)

pictures: install-dev ## tar bilder av hver side, i fire bredder, begge temaer, på veggen og på papir, i data/pictures
	@$(PY) -m bench.pictures $(ARGS)

lint: install-dev ## stil, format og typer
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

format: install-dev ## retter stil og format
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: install-dev ## måler fart og størrelse, side om side med en tom side
	@$(PY) -m bench $(ARGS)

translate: install ## henter ordene ut av koden og oppdaterer strategy/locale
	@mkdir -p strategy/locale
	@$(PY) -m babel.messages.frontend extract -k mark -k plural:1,2 --no-location --sort-output \
		-o strategy/locale/strategy.pot strategy pages
	@$(PY) -m babel.messages.frontend update --init-missing -D strategy -i strategy/locale/strategy.pot \
		-d strategy/locale -l nn
	@$(PY) -m babel.messages.frontend update --init-missing -D strategy -i strategy/locale/strategy.pot \
		-d strategy/locale -l en
	@$(PY) -m babel.messages.frontend compile -D strategy -d strategy/locale --statistics

LOCK = uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-strip-extras --no-annotate --no-header $(UPGRADE)
lock: ## låser avhengighetene i pyproject.toml (trenger uv); UPGRADE=--upgrade henter nyere
	@$(LOCK) pyproject.toml --group test -o requirements.txt
	@$(LOCK) --group dev -c requirements.txt -o tests/requirements.txt

install:
	@.ci/install requirements.txt

install-dev:
	@.ci/install requirements.txt tests/requirements.txt
