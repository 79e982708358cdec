# make            build the environment, run the workflow, name the files it wrote
# make test       the tests          make check     format, lint, types, tests: what .ci/run runs
# make test-office, test-page, test-r    the tests that need LibreOffice, Chromium, R
# make test-long    what repeats one check over every key, room, figure and fault; before a release
# make test-faults    kills, full disks, two runs at once and the like, done on purpose; some minutes
# make test-ways    one study by make, snakemake, conda (a stand-in), as a module and from the wheel; some minutes
# make test-slurm     series on a cluster set up on this machine, as root; some minutes (SERIES=n of them)
# make mutants         faults put into scripts/derive one at a time, which the tests must notice; an hour (MUTANTS=n of them)
# make fuzz       5,000 series of times drawn at random, through every analysis (SERIES_DRAWN=n)
# make template   an empty entry workbook (SERIES=name OUT=file.xlsx)
# make validate FILE=cases.xlsx    check a workbook, or a folder of CSV files, before any run (PROFILE=profile.yaml)
# make new NAME=my-series DRUG=examplumab EVENT="blue rash"    a new study in studies/my-series (DIR=elsewhere, LIKE=a starter profile)
# make map FILE=cases.csv    propose a column map for a table with a row per patient (SHEET=name of a workbook's sheet)
# make figure NAME=onset WIDTH=84 FORMAT=tiff    one figure with caption, alt text and data (FONT=Arial: your face)
# make accept WHO="A. Reviewer"    keep this run; the next report says what differs from it (WHEN=2026-01-31 REMARK="...")
# make case ID=C-7    how a patient compares with the others, and what the numbers would be without them
# make many LIST=series.csv CONFIG=base.yaml    a run for every line of the list, and an overview: results/overview.html beside it
# make store ADD="q1.zip q2.zip"    convert public extracts once; a source whose path is the store is a query (STORE=folder)
# make verify    whether results are as their run wrote them, and of today's data, config and program
# make share KIND=pseudonymous    figures, tables and dataset without names, dates, places and words of sources (KIND=public: counts)
# make compare BASE=HEAD~1    every product of both series made by that commit and by the working tree: what differs
# make CONFIG=/path/to/study.yaml    run a study kept outside this folder
# make template SERIES=my-series     an empty entry workbook, my-series.xlsx
PYTHON ?= python3
CONFIG ?= config/config.yaml
CORES  ?= 2
SERIES ?= my-series
SERIES_DRAWN ?= 5000
V := .venv
PY := $(V)/bin/python
# Rules call `python`: the environment's must come first on PATH, or the system's would run them.
export PATH := $(CURDIR)/$(V)/bin:$(PATH)
export PYTHONPATH := $(CURDIR)
export MPLCONFIGDIR := $(CURDIR)/$(V)/matplotlib
export OPENBLAS_NUM_THREADS := 1
unexport PYTHONDONTWRITEBYTECODE

.PHONY: all many new template map validate figure accept verify store case share test test-office test-page test-r test-long test-faults test-slurm test-ways mutants fuzz check format lock environment dictionary requirements readme bench compare simulate clean
all: $(V)/.ok
	@$(PY) -m workflow.run --config "$(CONFIG)" --cores $(CORES)

SERIES ?= my-series
SERIES_DRAWN ?= 5000
OUT    ?= $(SERIES).xlsx
template: $(V)/.ok
	@$(PY) -m scripts.ingest template --series "$(SERIES)" --out "$(OUT)"

DIR  ?=
LIKE ?=
new: $(V)/.ok
	@$(PY) -m workflow.new_study --name "$(NAME)" --drug "$(DRUG)" --event "$(EVENT)" $(if $(DIR),--folder "$(DIR)") $(if $(LIKE),--like "$(LIKE)")

SHEET ?=
map: $(V)/.ok
	@$(PY) -m scripts.ingest map "$(FILE)" $(if $(SHEET),--sheet "$(SHEET)")

PROFILE ?=
validate: $(V)/.ok
	@$(PY) -m scripts.validate "$(FILE)" $(if $(PROFILE),--profile "$(PROFILE)")

WIDTH  ?=
FONT   ?=
FORMAT ?= pdf
figure: $(V)/.ok
	@$(PY) -m workflow.figure --config "$(CONFIG)" --name "$(NAME)" --width "$(WIDTH)" --format "$(FORMAT)" --font "$(FONT)"

LIST   ?=
many: $(V)/.ok
	@$(PY) -m workflow.many "$(LIST)" --config "$(CONFIG)" --cores $(CORES)

ID     ?=
case: $(V)/.ok
	@$(PY) -m workflow.case --config "$(CONFIG)" --id "$(ID)"

KIND   ?= pseudonymous
share: $(V)/.ok
	@$(PY) -m workflow.share --config "$(CONFIG)" --kind "$(KIND)"

WHO    ?=
WHEN   ?=
REMARK ?=
accept: $(V)/.ok
	@$(PY) -m workflow.accept --config "$(CONFIG)" --who "$(WHO)" --when "$(WHEN)" --remark "$(REMARK)"

STORE  ?= store
store: $(V)/.ok
	@$(PY) -m scripts.ingest store add $(ADD) --store "$(STORE)" --cores $(CORES)

verify: $(V)/.ok
	@$(PY) -m workflow.verify --config "$(CONFIG)"

# A file's tests stay in one process: what they share is made once. The order is that of tests/conftest.py: long files first.
TESTS := $(PY) -m pytest -q -n $(CORES) --dist loadfile --no-loadscope-reorder

test: $(V)/.ok
	@$(TESTS)

# What the tests above do for a few, done for all; then ten times as many series, messages and faults drawn at random.
DRAWN := tests/decisions/test_properties.py tests/decisions/test_nothing_lost.py tests/decisions/test_widening.py tests/validate/test_properties.py \
         tests/analyse/test_fuzz.py tests/ingest/test_fuzz.py tests/ingest/table/test_fuzz.py
test-long: $(V)/.ok
	@$(TESTS) -m long
	@DAHLIA_EXAMPLES=10 DAHLIA_FUZZ=60 FUZZ_EXAMPLES=400 $(TESTS) $(DRAWN)

# What needs LibreOffice, Chromium or R: refused, with the package to install, where the program is missing.
test-office test-r: test-%: $(V)/.ok
	@$(PY) -m pytest -v -m $*
# The driver of Chromium and the checker of accessibility are large, and nobody else needs them.
PAGE := playwright==1.65.2 axe-playwright-python==0.1.8
test-page: $(V)/.ok
	@$(PY) -m pip install -qq --disable-pip-version-check $(PAGE)
	@$(PY) -m pytest -v -m page

# $(call step,WHAT,COMMAND): a heading, the command and, if it fails, its name as the last line.
step = @echo; echo "== $(1): $(2)"; $(2) || { echo "make check: $(1) failed: $(2)" >&2; exit 1; }
test-faults: $(V)/.ok
	$(PY) -m tests.faults

test-ways: $(V)/.ok
	$(PY) -m tests.ways_in

test-slurm: SERIES := 20
test-slurm: $(V)/.ok
	SERIES=$(SERIES) $(PY) -m tests.slurm

mutants: $(V)/.ok
	$(PY) -m tests.mutants

fuzz: $(V)/.ok
	DAHLIA_FUZZ=$(SERIES_DRAWN) $(PY) -m pytest -q -n auto tests/analyse/test_fuzz.py

check: $(V)/.ok
	$(call step,format,ruff format --check .)
	$(call step,format of the workflow,snakefmt --check Snakefile workflow)
	$(call step,lint,ruff check .)
	$(call step,lint of the workflow,snakemake --lint)
	$(call step,types,mypy)
	$(call step,tests,$(TESTS))

format: $(V)/.ok
	ruff format . && ruff check --fix . && snakefmt Snakefile workflow

bench: $(V)/.ok
	$(PY) -m tests.bench

compare: $(V)/.ok  # what the working tree makes otherwise than a commit: make compare BASE=HEAD~1 (KEEP=folder)
	@$(PY) -m tests.compare "$(BASE)" $(if $(KEEP),--keep "$(KEEP)")

simulate: $(V)/.ok  # coverage of the printed limits, some minutes; writes docs/coverage.md
	$(PY) -m tests.simulate

environment: $(V)/.ok
	$(PY) -m workflow.environment

dictionary: $(V)/.ok
	$(PY) -m workflow.dictionary

requirements: $(V)/.ok
	$(PY) -m tests.requirements

readme: $(V)/.ok
	$(PY) -m tests.readme

lock: $(V)/.ok
	$(PY) -m pip install -q uv && uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --extra dev pyproject.toml -o requirements.lock

$(V)/.ok: requirements.lock
	@test ! -L $(V) || { echo "$(V) is a link: the environment behind it may be shared, and is left alone. Remove the link."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Dahlia needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt install python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Preparing the environment in $(V) (once, about a minute) ..."
	@$(PYTHON) -m venv --clear $(V)
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

clean:
	rm -rf $(V) .snakemake $(filter-out data/processed/accepted/,$(wildcard data/processed/*/)) results/*/
