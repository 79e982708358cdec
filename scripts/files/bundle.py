"""All that products are made from: profile, conventions, derived tables, reported tables and books, each read once.

A table is found by the name of its contract, which is the name of its file: `bundle.derived["patients"]`,
`bundle.series["reactions"]`, `bundle.books["ledger"]`. It is read when it is first asked for, so that a room opens only
the files it prints, and numbers come as its contract says. A contract that is added is readable without a word here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from schemas.config import Settings
from schemas.derived import DERIVED
from schemas.endpoints import COUNTED_INSIDE, MAIN_SET, MOTHERS, ONSET_AGAIN, ONSETS, OWN_SETS, UNSTATED, WORSENED
from schemas.ledger import NOT_READ
from schemas.plain_rows import plain_rows
from schemas.profile import Profile
from schemas.reported import TABLES
from schemas.results import Conventions, conventions
from scripts.clock.pooling import as_not_resolved, origins, pooled
from scripts.files.facts import Facts, facts
from scripts.files.files_read import Files
from scripts.words.lead import by_matter
from scripts.words.patients_told import died_inside
from scripts.words.results import result_rows

Tables = Mapping[str, pd.DataFrame]
BESIDE_THE_SERIES = ("ledger", "membership", "stages", "withheld", "corrections_applied", "conflicts")
OF_RESULTS = ("results", "curves", "populations")


@dataclass(frozen=True)
class Bundle:
    """All inputs of a product or an analysis. Numbers are numbers, everything else is text with blanks for nothing.

    derived  the tables of `derive`, by the names of schemas.derived
    series   the reported tables of the series, by the names of schemas.reported
    books    findings, results and what `assemble` keeps account of, by the names of schemas.books
    """

    profile: Profile
    declared: Conventions
    derived: Tables = field(default_factory=dict)
    series: Tables = field(default_factory=dict)
    books: Tables = field(default_factory=dict)

    @cached_property
    def conventions(self) -> Conventions:
        """The declared conventions with the clock of the headline: the declared one, unless all onsets that have a time are
        of one stratum that is told apart (origin not stated, a worsening, a child exposed through the mother). Then that
        stratum is the headline, named as such."""
        onsets = self.main_times(self.declared.onset)
        onsets = onsets[onsets["state"] == "observed"]
        (clock, *others) = [*dict.fromkeys(onsets["clock"]), ""]
        apart = clock in (UNSTATED, WORSENED, MOTHERS) and others == [""]
        return self.declared.model_copy(update={"clock": clock}) if apart else self.declared

    @property
    def cases(self) -> pd.DataFrame:
        """One row per case."""
        return self.derived["patients"]

    @cached_property
    def times(self) -> pd.DataFrame:
        """The times of the index episodes by set, of which every headline speaks: those that sets are counted by."""
        every = self.derived["times"]
        return every[(every["of_index"] == "yes") & (every["set"] != COUNTED_INSIDE)].reset_index(drop=True)

    @cached_property
    def own_times(self) -> pd.DataFrame:
        """The times of every patient, of whatever episode: what is told of them one by one."""
        return self.derived["times"][self.derived["times"]["set"].isin(OWN_SETS)].reset_index(drop=True)

    @cached_property
    def onset_pairs(self) -> pd.DataFrame:
        """Onsets on re-exposure, of every membership set: each with its time, and that of the first episode (columns `first_...`)."""
        every, same = self.derived["times"], ["set", "case_id", "endpoint"]
        onsets = every[(every["endpoint"] == self.declared.onset) & (every["clock"] == "first_dose")]
        first = onsets.add_prefix("first_").rename(columns={f"first_{column}": column for column in same})
        pairs = (
            self.derived["onset_pairs"].merge(onsets, on=[*same, "episode"]).merge(first, on=[*same, "first_episode"])
        )
        return pairs[pairs["set"] != COUNTED_INSIDE]

    @cached_property
    def onsets(self) -> dict[tuple[str, str], dict]:
        """(case, endpoint) -> the onset of the index episode as every product tells it of the patient: on the clock of the headline."""
        index_times = self.own_times[
            (self.own_times["of_index"] == "yes") & (self.own_times["clock"] == self.conventions.clock)
        ]
        rows = index_times[index_times["endpoint"].isin(ONSETS)].drop_duplicates(["case_id", "endpoint"])
        return {(row["case_id"], row["endpoint"]): row for row in plain_rows(rows)}

    @cached_property
    def ends(self) -> dict[str, dict]:
        """case -> the primary resolution of its index episode, as every product tells it of the patient."""
        index_times = self.own_times[self.own_times["of_index"] == "yes"]
        rows = index_times[index_times["endpoint"] == self.conventions.resolution].drop_duplicates("case_id")
        return {row["case_id"]: row for row in plain_rows(rows)}

    @property
    def rechallenges(self) -> pd.DataFrame:
        return self.derived["rechallenges"]

    @property
    def tests(self) -> pd.DataFrame:
        """The derived test results; as reported they are `series["tests"]`."""
        return self.derived["test_results"]

    @property
    def ledger(self) -> pd.DataFrame:
        """Where every record went; what elements of the sources were not read stands in the published ledger only."""
        lines = self.books["ledger"]
        return lines[lines["decision"] != NOT_READ]

    @property
    def findings(self) -> pd.DataFrame:
        return self.books["findings"]

    @cached_property
    def results(self) -> pd.DataFrame:
        """The results, each with `line`: the line of results.csv on which it stands, the header being line 1."""
        book = self.books["results"]
        return book.assign(line=range(2, len(book) + 2))

    @property
    def data_lock(self) -> str:
        return self.declared.data_lock

    main_set = MAIN_SET

    def unit(self, endpoint: str) -> str:
        """The unit in which every product shows the times of an endpoint; days where it has none."""
        return self._units.get(self.declared.onset if endpoint == ONSET_AGAIN else endpoint, "d")

    @cached_property
    def _units(self) -> dict[str, str]:
        shown = self.derived["times"].drop_duplicates("endpoint")
        return dict(zip(shown["endpoint"], shown["shown_in"], strict=True))

    @property
    def counted(self) -> pd.DataFrame:
        """The cases that count, each once."""
        return self.cases[self.cases["counted"] == "in"]

    @cached_property
    def groups(self) -> dict[str, int]:
        """Group -> number of its cases, in the profile's order; none where all patients are one group."""
        sizes = self.counted["group"].replace("", "no group").value_counts(sort=False).to_dict()
        order = [group for group in (*self.profile.groups, *sizes) if group in sizes]
        return {group: sizes[group] for group in order} if len(sizes) > 1 else {}

    @property
    def died_inside(self) -> list[str]:
        """Cases counted inside an aggregate, and not added, that are known to have died."""
        return died_inside(self.cases)

    @property
    def claims(self) -> list[str]:
        """What sources say of the series about rechallenge, each with its source; a claim without a number says so."""
        return list(self.derived["claims"]["told"])

    @property
    def lead(self) -> list[str]:
        """The first sentences of every product (scripts.words.lead)."""
        return list(self.lead_by_matter.values())

    @cached_property
    def lead_by_matter(self) -> dict[str, str]:
        """The same, each by the analysis that it rests on."""
        facts, words = self.facts, self.derived["claims"]["words"]
        called = {fact: getattr(facts, fact) for fact in ("drug", "event", "sentinel", "onset", "clock", "resolution")}
        return by_matter(self.results, self.cases, self.profile.abbreviations | called, self._units, words)

    @cached_property
    def facts(self) -> Facts:
        """Names and conventions, in a few words."""
        return facts(self.profile, self.conventions)

    def main_times(self, endpoint: str, clock: str | None = None) -> pd.DataFrame:
        """Times of the main set for one endpoint (and clock), in the order of the table."""
        rows = self.times[(self.times["set"] == self.main_set) & (self.times["endpoint"] == endpoint)]
        return rows if clock is None else rows[rows["clock"] == clock]

    def pooled_times(self, endpoint: str, coding: str = "") -> pd.DataFrame:
        """Times of a resolution in the main set taken together, under a coding of unclear cases (scripts.clock.pooling)."""
        rows = pooled(self.main_times(endpoint), self.conventions.poolable_origins)
        return as_not_resolved(rows) if coding == "unresolved" else rows

    def origins(self, endpoint: str) -> dict[str, int]:
        """What these times are counted from -> in how many cases, the most frequent first."""
        return origins(self.pooled_times(endpoint))

    def results_of(self, analysis: str, **wanted: str | float) -> pd.DataFrame:
        """Rows of the results of one analysis whose columns have these values; no rows where there are none."""
        rows = self._by_analysis.get(analysis, self.results.iloc[:0])
        return result_rows(rows, **wanted)

    @cached_property
    def _by_analysis(self) -> dict[str, pd.DataFrame]:
        return {str(analysis): rows for analysis, rows in self.results.groupby("analysis", sort=False)}


def read(
    profile: Profile,
    settings: Settings,
    *,
    derived: Path,
    findings: Path,
    series: Path | None = None,
    results: Path | None = None,
    ledger: Path | None = None,
) -> Bundle:
    """The bundle of the folders that the rooms before have written; a folder left out has no tables."""
    books = {"findings": findings}
    books |= {book_name: series / f"{book_name}.csv" for book_name in BESIDE_THE_SERIES} if series else {}
    books |= {book_name: results / f"{book_name}.csv" for book_name in OF_RESULTS} if results else {}
    books |= {"ledger": ledger} if ledger else {}
    return Bundle(
        profile,
        conventions(settings, profile.event),
        Files({table_name: derived / f"{table_name}.csv" for table_name in DERIVED}),
        Files({table_name: series / f"{table_name}.csv" for table_name in TABLES} if series else {}),
        Files(books),
    )
