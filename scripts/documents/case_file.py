"""Everything known of one case, gathered once so that every document reads the same rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.fields import NO_VALUE
from schemas.reported import TABLES
from schemas.rows_by_case import Row
from schemas.time_columns import is_time
from scripts.documents.shelf import Shelf, Times, Withheld
from scripts.records.approximate import about
from scripts.records.assessors import Decided
from scripts.records.drugs import SUSPECT
from scripts.records.events import SIGNS
from scripts.records.extracts import of_course
from scripts.words import withheld_cells

NOT_STATED = ("derived", "assumed")


@dataclass(frozen=True)
class CaseFile:
    """One case: its id, and the shelf on which its rows stand."""

    case_id: str
    shelf: Shelf

    def rows(self, table: str) -> list[Row]:
        """Its rows of a reported table; an empty list where it has none."""
        return self.shelf.reported(table, self.case_id)

    @property
    def derived(self) -> Mapping[str, str]:
        """Its row of `patients`."""
        return self.shelf.patient(self.case_id)

    @property
    def times(self) -> Times:
        """(endpoint, clock) -> derived time of the index episode as stated by its own sources."""
        return self.shelf.times(self.case_id)

    @property
    def further_times(self) -> dict[str, Times]:
        """Episode -> the same of each further episode."""
        return self.shelf.further_times(self.case_id)

    @property
    def rechallenges(self) -> list[dict]:
        return self.shelf.derived("rechallenges", self.case_id)

    @property
    def tests(self) -> dict[str, dict]:
        """Its derived test results, by the key of the test."""
        return self.shelf.tests(self.case_id)

    @property
    def exposures(self) -> list[dict]:
        """Its exposures to the drug, in the order of time."""
        return self.shelf.derived("exposures", self.case_id)

    @property
    def episodes(self) -> list[dict]:
        """Its episodes of the event, in the order of time."""
        return self.shelf.derived("episodes", self.case_id)

    @property
    def signs(self) -> dict[tuple[str, str], dict]:
        """(kind, key) -> reaction or test with its time as it can be used."""
        return self.shelf.signs(self.case_id)

    @property
    def judgements(self) -> list[dict]:
        """Causality as judged, by method and assessor."""
        return self.shelf.derived("judgements", self.case_id)

    @property
    def appraisals(self) -> list[dict]:
        """Questions of instruments, as far as rows decide them."""
        return self.shelf.derived("appraisals", self.case_id)

    @property
    def sources(self) -> list[Row]:
        """The sources its rows name, in the order of the source list."""
        return self.shelf.sources(self.case_id)

    @property
    def aggregate(self) -> str:
        return self.shelf.aggregate(self.case_id)

    @property
    def withheld(self) -> Withheld:
        """(table, key) -> columns that a check keeps out of use and what is printed there."""
        return self.shelf.withheld(self.case_id)

    @property
    def identified(self) -> bool:
        return self.derived["identity"] == "identified"

    @property
    def inside(self) -> bool:
        """Counted inside an aggregate of the series: written, but not an additional case."""
        return self.derived["counted"] == "inside"

    @property
    def decision(self) -> str:
        """What the ledger says of it where a document tells of it."""
        return "counted_inside" if self.inside else "in"

    @property
    def report(self) -> Row:
        """The report in use; blanks where the case has none."""
        return self.rows("reports")[0] if self.rows("reports") else {}

    @property
    def patient(self) -> Row:
        return self.rows("cases")[0] if self.rows("cases") else {}

    @property
    def places_of_courses(self) -> dict[str, int]:
        """Course -> its place in the order of time: of the drug by its exposures, and others after them as typed."""
        typed = [row["course"] for row in self.rows("courses")]
        in_time = [of_course(line) for exposure in self.exposures for line in exposure["lines"].split("; ")]
        return {course: place for place, course in enumerate(dict.fromkeys([*in_time, *typed]))}

    @property
    def course(self) -> Row:
        """The index course; blanks where there is none."""
        index_course = of_course(self.derived["course"])
        return next((row for row in self.rows("courses") if row["course"] == index_course), {})

    def mark(self, table: str, row: Row, *columns: str) -> str:
        """` (derived)` or ` (assumed)` where the source does not state these cells of a row, else blank."""
        key = _key(table, row)
        told = [self.shelf.marks.get((table, key, column), "") for column in columns]
        status = "assumed" if "assumed" in told else next(filter(None, told), row["status"])
        return bracketed(status)

    def about(self, table: str, row: Row, prefix: str) -> bool:
        """Whether the source's own words for a time call it approximate."""
        return about().search(self.shelf.quotes.get((table, _key(table, row), prefix), "")) is not None

    def quote(self, table: str, row: Row, column: str) -> str:
        """The source's own words for a cell, in quotation marks; blank where none are kept."""
        words = self.shelf.quotes.get((table, _key(table, row), column), "")
        return f'"{words}"' if words else ""

    def as_printed(self, table: str, row: Row, prefix: str) -> str:
        """A time of a row that a check keeps out of use, as printed and so marked; blank where none is."""
        key = _key(table, row)
        cells = [cell for cell in self.withheld.get((table, key), []) if cell[0].rpartition("_")[0] == prefix]
        return f"{withheld_cells.as_printed(cells)} as printed, withheld" if cells else ""

    def out_of_use(self) -> list[tuple[str, str, str]]:
        """Table, column and what is printed there, of its cells that are no time and out of use."""
        return [
            (table, column, printed)
            for (table, _), cells in self.withheld.items()
            for column, printed in cells
            if not is_time(table, column.rpartition("_")[0])
        ]

    def events(self) -> list[Row]:
        """Reactions that are the index episode of the event."""
        return [row for episode in self.episodes if episode["index"] == "yes" for row in self.reactions_of(episode)]

    def reactions_of(self, episode: dict) -> list[Row]:
        """The event terms of one episode, in the order of the table."""
        reactions = set(episode["reactions"].split("; "))
        return [row for row in self.rows("reactions") if row["reaction"] in reactions]

    def answers(self, instrument: str) -> dict[str, Decided]:
        """Question -> the answer that rows give, and its ground."""
        answer_rows = [row for row in self.appraisals if row["instrument"] == instrument]
        return {row["question"]: (row["answer"], row["basis"]) for row in answer_rows}

    @property
    def further_episodes(self) -> list[dict]:
        return [episode for episode in self.episodes if episode["index"] != "yes"]

    def exposure_of(self, episode: dict) -> dict:
        """The exposure in which an episode was."""
        return next(exposure for exposure in self.exposures if exposure["exposure"] == episode["exposure"])

    def of_the_drug(self, courses: Iterable[str]) -> bool:
        """Whether any of these courses is a line of an exposure to the drug of the series."""
        lines = {of_course(line) for exposure in self.exposures for line in exposure["lines"].split("; ")}
        return not lines.isdisjoint(courses)

    def suspect_doses(self) -> list[Row]:
        """Doses of suspect and interacting drugs; those of concomitant drugs prove no exposure."""
        suspect = {row["course"] for row in self.rows("courses") if row["role"] in SUSPECT}
        return [row for row in self.rows("doses") if row["course"] in suspect]


def _key(table: str, row: Row) -> str:
    """The key of a row, as provenance names it."""
    return ";".join(row[column] for column in TABLES[table].metadata["key"])


def bracketed(status: str) -> str:
    """` (derived)`, ` (assumed)`; blank of what a source states."""
    return f" ({status})" if status in NOT_STATED else ""


def has(cell: str | None) -> bool:
    """Whether a cell holds a value rather than a blank or a reason for having none."""
    return cell is not None and cell not in NO_VALUE


def of_the_event(reaction: Row) -> bool:
    """Whether a reaction is a sign or symptom of the event rather than a reaction of its own."""
    return reaction["role"] in SIGNS
