# Every verb of daily work. Each one first installs what it needs into .venv; a machine needs only
# make, git, Python 3.12 or newer and a network for packages.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh
PYTHON := .venv/bin/python
DATA ?= .abacus
KILLS ?= 60
COMMANDS ?= 0
SEEDS ?= 1000
READ_SECONDS ?= 600
SEED ?= 0
# What every promise of docs/reliability.md rests on; `make test` leaves it to `make gate`.
GATE := tests/adjustments/test_crashes.py tests/authority tests/chaos \
	tests/disclosure/test_owed_canaries.py tests/drill tests/evolution tests/mutation \
	tests/recoveries/test_crashes.py tests/simulation tests/system/test_parity.py \
	tests/system/test_strangers.py tests/targets/test_region_by_file.py tests/upgrade
ELSEWHERE := tests/architecture tests/docs tests/browser tests/machine $(GATE)

# `make migrate targets`, `make migration targets "add a column"`: the words after the verb.
WORDS := $(wordlist 2,$(words $(MAKECMDGOALS)),$(MAKECMDGOALS))
WITH_WORDS := migrate migration rebuild isolate image
ifneq ($(filter $(WITH_WORDS),$(firstword $(MAKECMDGOALS))),)
Makefile: ;
%: ; @:
endif

.PHONY: help
help: ## show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ── run it ───────────────────────────────────────────────────────────────────────────────────
LOCAL := $(PYTHON) -u -m deploy.local --data $(DATA) $(if $(PORT),--port $(PORT))

.PHONY: demo
demo: .embedded ## the main job: start everything, play a year (CHECK=1 SCENARIO=path PROJECTS=n)
	@$(LOCAL) demo $(if $(CHECK),--check) $(if $(PROJECTS),--projects $(PROJECTS)) \
		$(if $(SCENARIO),--scenario "$(SCENARIO)")

.PHONY: up
up: .embedded ## start the system on this machine, with servers of its own
	@$(LOCAL) up

.PHONY: down
down: .embedded ## end what `up` or `demo` started
	@$(LOCAL) down

.PHONY: token
token: .embedded ## a bearer token (ROLE=FB_PERFORMANCE REGION=653100 UNIT=… DEPARTMENT=… NAME=…)
	@$(LOCAL) token --role "$(ROLE)" $(if $(REGION),--region "$(REGION)") \
		$(if $(UNIT),--unit "$(UNIT)") $(if $(DEPARTMENT),--department "$(DEPARTMENT)") \
		$(if $(NAME),--name "$(NAME)")

# ── work on it ───────────────────────────────────────────────────────────────────────────────
.PHONY: setup
setup: .dev ## everything a developer needs, hooks included
	@if [ -d .git ] && command -v pre-commit >/dev/null; then pre-commit install; fi

.PHONY: check
check: .dev ## what CI asks: format, lint, types, imports, architecture, contracts and docs fresh
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m docs.generate --check
	$(PYTHON) -m pytest tests/architecture tests/docs

.PHONY: test
test: .dev ## every story, on memory and on real PostgreSQL and NATS, all four services together too
	$(PYTHON) -m pytest -n auto --dist loadscope $(ELSEWHERE:%=--ignore=%) $(ARGS)

.PHONY: gate
gate: .dev ## the promises: who may do what, bad days, old data, forged tokens, strangers at every door
	$(PYTHON) -m pytest -n auto --dist loadscope $(GATE) $(ARGS)

.PHONY: drill
drill: .dev ## full disks, lost power, wrong clocks, forged images (root, mount, Debian: e2fsprogs libfaketime skopeo gnupg)
	$(PYTHON) -m pytest tests/machine $(ARGS)

.PHONY: test-fast
test-fast: .dev ## the stories that need no server: seconds
	$(PYTHON) -m pytest -m "not real" --ignore=tests/system --ignore=tests/browser $(ARGS)

.PHONY: browser
browser: .dev ## the portal in Chromium (Debian: chromium): search, keyboard, downloads, phone, axe
	$(PYTHON) -m pytest tests/browser $(ARGS)

.PHONY: fix
fix: .dev ## format, and correct what can be corrected by machine
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

.PHONY: migrate
migrate: .embedded ## make migrate <service>: bring its database up to date
	@$(PYTHON) -m services.$(firstword $(WORDS)) migrate

.PHONY: migration
migration: .dev ## make migration <service> "sentence": a new step of its tables
	@$(PYTHON) -m deploy.local migration $(firstword $(WORDS)) "$(wordlist 2,$(words $(WORDS)),$(WORDS))"

.PHONY: rebuild
rebuild: .embedded ## make rebuild <service> <projection>: replay into a shadow, then swap
	@$(PYTHON) -m services.$(firstword $(WORDS)) rebuild $(word 2,$(WORDS))

.PHONY: contracts
contracts: .dev ## write the schemas of the public events and say what changed
	@$(PYTHON) -m docs.generate --contracts $(if $(BREAKING),--breaking)

.PHONY: docs
docs: .dev ## write docs/reference from the four manifests
	@$(PYTHON) -m docs.generate

.PHONY: docs-serve
docs-serve: .embedded ## show the documentation in a browser, on this machine only
	@[ -x .venv/site/bin/zensical ] || { .venv/bin/uv venv --quiet --python $(PYTHON) .venv/site && \
		.venv/bin/uv pip sync --quiet --python .venv/site/bin/python --require-hashes requirements/site.txt; }
	@.venv/site/bin/zensical serve --config-file mkdocs.yml

.PHONY: bench
bench: .dev ## our kernel and HTTP path beside the bare limits, as ratios of one run
	$(PYTHON) -m tests.bench

.PHONY: duplicates
duplicates: .dev ## precision and recall of overlapping and fragmented programmes, on planted ones
	$(PYTHON) -m tests.evaluation.duplicate_names

.PHONY: chaos
chaos: .dev ## kill processes and servers under load, then prove that nothing is lost (KILLS=60 COMMANDS=0 PROJECTS=26)
	$(PYTHON) -m tests.chaos --kills $(KILLS) --commands $(COMMANDS) \
		$(if $(PROJECTS),--projects $(PROJECTS))

.PHONY: chaos-gate
chaos-gate: .dev ## the same, short: every kind of fault once or twice, and the judge
	$(PYTHON) -m tests.chaos --kills 16 --seed $(SEED)

.PHONY: upgrade
upgrade: .dev ## the previous release's data and processes beside this one under load, then the judge (FROM=)
	$(PYTHON) -m tests.upgrade $(if $(FROM),--from $(FROM)) --seed $(SEED)

.PHONY: simulate
simulate: .dev ## simulated bad days in virtual time (SEEDS=1000 SEED=0); a failed seed is played again
	$(PYTHON) -m tests.simulation --seeds $(SEEDS) --seed $(SEED)

.PHONY: contract
contract: .dev ## schemathesis reads the four documents: every check and phase (READ_SECONDS=600 SEED=0)
	$(PYTHON) -m tests.contract --seconds $(READ_SECONDS) --seed $(SEED)

.PHONY: mutants
mutants: .dev ## plant mistakes in the rules: do the tests notice? (MODULES="…" or SAMPLE=200 SEED=0)
	nice $(PYTHON) -m tests.mutation --modules "$(MODULES)" --sample $(or $(SAMPLE),0) --seed $(SEED)

.PHONY: audit
audit: .dev ## known holes of what is pinned; 3 where the advisories cannot be read from here
	deploy/supply/audit.sh holes

.PHONY: parts
parts: .dev ## a CycloneDX list of parts per service, in .abacus/parts; and every licence
	deploy/supply/audit.sh parts $(DATA)/parts
	$(PYTHON) -m deploy.supply

.PHONY: clients
clients: .dev ## TypeScript and Python clients from the committed documents, compiled (needs the npm registry)
	deploy/clients/make.sh $(DATA)/clients

.PHONY: isolate
isolate: .dev ## make isolate <service>: prove that it stands alone with shared/
	@deploy/local/isolate.sh $(firstword $(WORDS))

.PHONY: image
image: .embedded ## make image <service>: build its image without an engine and let it answer (root)
	@$(PYTHON) -m deploy.prove_image $(WORDS)

.PHONY: lock
lock: .dev ## resolve the dependencies anew and pin them in requirements/
	@deploy/local/lock.sh --upgrade

.PHONY: .dev .embedded
.dev:
	@deploy/local/setup.sh dev
.embedded:
	@deploy/local/setup.sh embedded
