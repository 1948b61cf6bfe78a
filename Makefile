# The commands of this project. Each makes what it needs in .venv; nothing but python3 and make has to be there.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test check corpus proof interop oracle bench look pins sbom audit schema rules-docs clean

VENV := .venv
BIN := $(VENV)/bin

# The first that is new enough; `make PYTHON=/path/to/python3 …` decides otherwise.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

# An environment is up to date when the file named after the content of its requirements exists.
stamp = $(VENV)/$(1)-$(shell cat requirements/build.txt requirements/$(1).txt pyproject.toml | cksum | cut -d' ' -f1)
DEMO := $(call stamp,demo)
DEV := $(call stamp,dev)
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet install

help:
	@echo 'make demo     the whole story on an emulated pair, in under a minute'
	@echo 'make test     every test'
	@echo 'make check    format, lint, types, layout'
	@echo 'make corpus   only the tests that read the real configurations in ../shared/corpus; what a second reader says'
	@echo 'make proof    the properties, with many more examples than `make test` takes, and mistakes that tests must notice'
	@echo 'make interop  real clients against the emulated pair, each in an environment of its own; a table of what they can do'
	@echo 'make oracle   independent readers of what the emulated pair answers and of what is rendered (about 900 MB, once)'
	@echo 'make bench    speed, side by side with other tools'
	@echo 'make look     reviews as others render them, as pictures in build/look/shown (takes npm and Chromium)'
	@echo 'make schema   write schemas/pair.json from the model'
	@echo 'make rules-docs  write docs/rules/ from the docstrings of the rules'
	@echo 'make sbom     what a user installs, as CycloneDX in build/sbom, from requirements/*.txt'
	@echo 'make audit    whether advisories are known of the pinned packages; fails where nobody can be asked'
	@echo 'make pins     write requirements/*.txt from pyproject.toml (UPGRADE=1: newest versions)'
	@echo 'make clean    remove what the other targets made'

demo: $(DEMO)
	$(BIN)/mlagkit demo

# A file of tests runs in one process, so that what its tests share is made once; which files begin, tests/conftest.py
# says. Hundreds of processes load the same modules: they are compiled once, whatever else is said where this runs.
test: export PYTHONDONTWRITEBYTECODE =
test: $(DEV)
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layout.py

corpus: $(DEV)
	$(BIN)/python -m pytest -m corpus
	$(BIN)/python bench/second_reader.py
	$(BIN)/python bench/modelled.py

proof: $(DEV)
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=proof
	$(BIN)/python -m tests.count_seeded
	$(BIN)/python -m tests.plan_rows
	$(BIN)/python -m tests.mutate
	$(BIN)/python -m tests.mutate_rules
	$(BIN)/python -m pytest -q tests/test_push_sent.py -m "not hypothesis" --hypothesis-profile=proof
	$(BIN)/python -m tests.push_faults

interop: $(DEV)
	$(BIN)/python -m pytest -m interop
	$(BIN)/python interop/run.py $(if $(STRICT),--strict)

oracle: $(DEV)
	$(BIN)/python -m oracle

bench: $(DEV)
	@test -d ../shared/bench || { echo '../shared/bench is not here: nothing to compare with.' >&2; exit 1; }
	$(BIN)/python ../shared/bench/bench_peers.py configs --peers floor,mlagkit,plan,proven --runs 7 \
		--extra 'mlagkit=$(CURDIR)/$(BIN)/python $(CURDIR)/bench/diff_worker.py' \
		--extra 'plan=$(CURDIR)/$(BIN)/python $(CURDIR)/bench/plan_worker.py' \
		--extra 'proven=$(CURDIR)/$(BIN)/python $(CURDIR)/bench/plan_worker.py --proofs'
	@missed=; for bench in plan replay steps start render rules drill import fleet review push; do \
		echo "== bench/bench_$$bench.py"; $(BIN)/python bench/bench_$$bench.py || missed="$$missed $$bench"; done; \
	test -z "$$missed" || { echo "failed, or missed a bar:$$missed" >&2; exit 1; }

look: $(DEV)
	rm -rf build/$@ && mkdir -p build/$@
	$(BIN)/python -m tests.reviews_shown build/$@
	cp bench/look_at_reviews.mjs build/$@
	cd build/$@ && npm install --silent --no-save marked markdown-it mermaid jsdom playwright-core
	cd build/$@ && node look_at_reviews.mjs .

schema: $(DEV)
	$(BIN)/python -c 'from mlagkit.intent.schema import schema_text; print(schema_text(), end="")' > $@.json
	mv $@.json schemas/pair.json

rules-docs: $(DEV)
	rm -rf $@ && mkdir $@
	$(BIN)/python -c 'from pathlib import Path; from mlagkit.explanation import explanations; \
	from mlagkit.report.rules import pages; \
	[Path("$@", name).write_text(text, "utf-8") for name, text in pages(explanations())]'
	rm -rf docs/rules && mv $@ docs/rules

pins: $(DEV)
	$(BIN)/python requirements/pin.py $(if $(UPGRADE),--upgrade)

# What a user installs: the core, and with it what reaches switches and emulates them.
SHIPPED := core demo

sbom: .interop/sbom
	rm -rf build/$@ && mkdir -p build/$@
	for name in $(SHIPPED); do .interop/sbom/bin/cyclonedx-py requirements requirements/$$name.txt \
		--pyproject pyproject.toml --output-reproducible --of JSON -o build/$@/$$name.json || exit 1; done

# --strict: a package that nobody could be asked about is no package without advisories.
audit: .interop/sbom
	for name in $(SHIPPED); do .interop/sbom/bin/pip-audit --strict --disable-pip --require-hashes \
		-r requirements/$$name.txt || exit 1; done

.interop/sbom: requirements/sbom.txt
	rm -rf $@
	$(PYTHON) -m venv $@
	$@/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	touch $@

clean:
	rm -rf $(VENV) .interop build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find mlagkit tests requirements -name __pycache__ -type d -prune -exec rm -rf {} +

# dev.txt holds everything that demo.txt does, so whoever has run the tests has the demo, too.
$(DEMO):
	@$(call install,demo)
	@touch $@

$(DEV):
	@$(call install,dev)
	@touch $(DEMO) $@

define install
	test -n '$(PYTHON)' || { echo 'mlagkit needs Python 3.11 or newer, and there is none on the path.' >&2; exit 1; }; \
	set -e; \
	echo 'installing requirements/$(1).txt into $(VENV) with $(PYTHON)'; \
	$(PYTHON) -m venv $(VENV); \
	rm -f $(VENV)/demo-* $(VENV)/dev-*; \
	$(PIP) --require-hashes -r requirements/build.txt; \
	$(PIP) --require-hashes --no-build-isolation -r requirements/$(1).txt; \
	$(PIP) --no-deps --no-build-isolation --editable .
endef
