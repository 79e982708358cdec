"""The steps of a run, in their order: what each follows and what it makes.

A step is one job of the workflow: a room at work on one study, `ingest` once for every source. Products are counted from
data/processed/<series>; what a reader sees is built under `build` and published as a whole by the last step.
"""

from collections.abc import Iterable
from dataclasses import dataclass

BUILD = "build"
BOOKS = ("changes.csv", "findings.csv", "candidate_pairs.csv", "ledger.csv", "stages.csv", "conflicts.csv")
REPORT = ("report.html", "CONFIDENTIAL.txt", "headlines.csv", "patients", "manifest.json", "dataset", *BOOKS)
RESULTS = ("results.csv", "populations.csv", "curves.csv")


@dataclass(frozen=True)
class Step:
    """room: the folder of scripts/ that does it. source: of `ingest`, the source's name. after: steps it builds on."""

    room: str
    after: tuple[str, ...]
    products: tuple[str, ...]
    source: str = ""

    @property
    def name(self) -> str:
        """The step's own name: `derive`, `ingest.literature`."""
        return f"{self.room}.{self.source}" if self.source else self.room


def steps(sources: Iterable[str]) -> list[Step]:
    """All steps of a study with these sources, each after those it builds on."""
    reading = [Step("ingest", (), (f"reported/{source}",), source) for source in sources]
    read = tuple(step.name for step in reading)
    return [
        *reading,
        Step("validate", read, ("findings.csv", "candidate_pairs.csv")),
        Step("assemble", ("validate",), ("series",)),
        Step("derive", ("assemble",), ("derived",)),
        Step("analyse", ("derive",), _built(RESULTS)),
        Step("tables", ("analyse",), _built(["tables"])),
        Step("figures", ("analyse",), _built(["figures"])),
        Step("documents", ("analyse", "figures"), _built(["documents"])),
        Step("report", ("tables", "figures"), _built(REPORT)),
        Step("publish", ("report", "documents"), ()),
    ]


def _built(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{BUILD}/{product}" for product in names)
