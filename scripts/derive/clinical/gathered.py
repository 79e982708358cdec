"""What the decisions on patients rest on, gathered once as rows by case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from schemas.codes import SERIOUSNESS
from schemas.derived_course import EXPOSURES
from schemas.profile import Profile
from schemas.rows_by_case import Row, RowsByCase
from scripts.derive.clinical.class_members import member_courses
from scripts.derive.clinical.seen_alive import seen_alive
from scripts.words import quantities


@dataclass(frozen=True)
class Rows:
    """Everything decisions rest on, as rows by case: reported tables after placing, and derived tables before these."""

    reported: dict[str, RowsByCase]
    exposures: RowsByCase
    episodes: RowsByCase
    signs: dict[tuple[str, str, str], list]
    verdicts: dict[tuple[str, str], str]
    days: dict[tuple[str, str], list[int]]
    kinds: dict[str, str]
    profile: Profile
    begins: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    latest: dict[tuple[str, str], float] = field(default_factory=dict)
    alive: Mapping[str, list[Row]] = field(default_factory=dict)
    members: Mapping[str, list[Row]] = field(default_factory=dict)
    died: dict[str, list[str]] = field(default_factory=dict)
    window: float = np.nan
    expected: frozenset[str] = field(default_factory=frozenset)

    def of_case(self, table: str, case: str) -> list[Row]:
        return self.reported[table].of(case)


NEEDED = {
    "cases": ["discharged_alive"],
    "reports": ["serious", *(f"serious_{criterion}" for criterion in SERIOUSNESS)],
    "reactions": [
        "reaction",
        "course",
        "term",
        "term_translated",
        "term_code",
        "other_terms",
        "role",
        "occurred",
        "outcome",
        "attribution",
        "exposure",
        *SERIOUSNESS,
    ],
    "tests": ["result", "test", "reading", "exposure"],
    "deaths": ["relatedness"],
    "doses": ["course", "dose", "exposure", "given", "form", "route"],
    "assessments": ["reaction", "other_drug", "rechallenge", "dechallenge", "source_id"],
    "courses": ["course", "role", "drug", "substance", "action_taken"],
    "history": ["item", "kind", "term", "reaction"],
}


NOT_ASKED = ("case_id", "ordinal", "drug", "substance", "indication", "start_date")
OF_EXPOSURES = [column for column in EXPOSURES.columns if column not in NOT_ASKED]


def rows_of(
    tables: dict[str, pd.DataFrame],
    exposures: pd.DataFrame,
    episodes: pd.DataFrame,
    signs: pd.DataFrame,
    results: pd.DataFrame,
    days: dict[tuple[str, str], list[int]],
    profile: Profile,
) -> Rows:
    """The rows of every case, gathered once."""
    reported = {table_name: RowsByCase(tables[table_name], columns) for table_name, columns in NEEDED.items()}
    again = signs["lower"].notna() & (signs["exposure"] != "1")
    timed = signs.loc[again, ["case_id", "kind", "key", "lower", "upper", "origin"]]
    return Rows(
        reported=reported,
        exposures=RowsByCase(exposures, OF_EXPOSURES),
        episodes=RowsByCase(episodes),
        signs={(case, kind, key): time for case, kind, key, *time in timed.itertuples(index=False)},
        verdicts=dict(zip(zip(results["case_id"], results["result"], strict=True), results["verdict"], strict=True)),
        days=days,
        alive=seen_alive(tables, signs, episodes),
        members=RowsByCase(member_courses(tables, profile.drug)),
        kinds=dict(zip(tables["sources"]["source_id"], tables["sources"]["kind"], strict=True)),
        profile=profile,
        window=risk_window(episodes, profile),
        expected=frozenset(
            quantities.analyte(analyte_name) for analyte_name, analyte in profile.analytes.items() if analyte.expected
        ),
    )


def risk_window(episodes: pd.DataFrame, profile: Profile) -> float:
    """Days within which a recurrence would be expected: the profile's, else the greatest finite index onset; nan for none."""
    if profile.event.risk_window:
        return profile.event.risk_window.days
    upper = episodes.loc[episodes["index"] == "yes", "onset_upper"]
    finite = upper[np.isfinite(upper)]
    return float(finite.max()) if len(finite) else np.nan
